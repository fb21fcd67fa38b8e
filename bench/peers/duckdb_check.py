"""The eleven rules in DuckDB: duckdb_check.sql over the CSV files, counts by rule as JSON."""

import json
from pathlib import Path

import duckdb
import rulebook


def main():
    arguments = rulebook.arguments(__doc__)
    csv, header = rulebook.ledgers(arguments.folder)
    connection = duckdb.connect()
    if arguments.threads:
        connection.execute(f"SET threads = {arguments.threads}")
    day = lambda text: duckdb.Value(str(text), "DATE")
    counts = connection.execute(
        Path(__file__).with_suffix(".sql").read_text("utf-8"),
        {
            "csv": csv,
            "full_width": rulebook.FULL_WIDTH,
            "half_width": rulebook.HALF_WIDTH,
            "cut_over": day(rulebook.CUT_OVER),
            "national_phase_months": rulebook.NATIONAL_PHASE_MONTHS,
            "status_max_age_days": rulebook.STATUS_MAX_AGE_DAYS,
            "term_invention": rulebook.TERM_INVENTION,
            "term_utility": rulebook.TERM_UTILITY,
            "term_design": rulebook.TERM_DESIGN,
            "term_rule_from": day(rulebook.TERM_RULE_FROM),
            "period_end": day(header["period_end"]),
            "cut_off": day(header["as_of_date"]),
            "subclasses": rulebook.subclasses(),
        },
    ).fetchone()
    print(json.dumps(dict(zip(rulebook.RULES, counts))))


main()
