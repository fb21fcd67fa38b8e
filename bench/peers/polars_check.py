"""The eleven rules in Polars: expressions over columns, counts by rule as JSON."""

import datetime
import json
import os

import rulebook

ARGUMENTS = rulebook.arguments(__doc__)
if ARGUMENTS.threads:
    # Read once, when Polars is loaded.
    os.environ["POLARS_MAX_THREADS"] = str(ARGUMENTS.threads)

import polars as pl  # noqa: E402

# Every column of the file; Polars reads those that are used.
SCHEMA = {
    "type": pl.String,
    "application_no": pl.String,
    "patent_no": pl.String,
    "publication_no": pl.String,
    "grant_no": pl.String,
    "title": pl.String,
    "owner_name": pl.String,
    "owner_uscc": pl.String,
    "application_date": pl.Date,
    "priority_date": pl.Date,
    "publication_date": pl.Date,
    "grant_date": pl.Date,
    "legal_status": pl.String,
    "status_date": pl.Date,
    "divisional_of": pl.String,
    "term_compensation": pl.String,
    "ipc_main": pl.String,
    "pct_no": pl.String,
    "decrypted": pl.String,
}

CUT_OVER = datetime.date.fromisoformat(rulebook.CUT_OVER)
INVENTION, UTILITY, DESIGN = "发明", "实用新型", "外观设计"


NUMBERS = ("application_no", "publication_no", "grant_no")


def folded(ledger):
    """The ledger with its numbers half-width, in capitals, without spaces; its rows in another order.

    Folding takes long and few numbers need it, so the rows that hold one are set apart. Conditional expressions would
    not do, for Polars computes all branches on all rows.
    """
    unusual = pl.any_horizontal(pl.col(NUMBERS).str.contains("[^0-9A-Z.]").fill_null(False))
    ledger = ledger.with_columns(unusual=unusual)
    text = pl.col(NUMBERS).str.replace_many(list(rulebook.FULL_WIDTH), list(rulebook.HALF_WIDTH))
    return pl.concat([
        ledger.filter(~pl.col("unusual")),
        ledger.filter("unusual").with_columns(text.str.replace_all(" ", "", literal=True).str.to_uppercase()),
    ])


def number_columns(frame):
    """What there is to know of the application number."""
    text = pl.col("application_no").str.strip_prefix("CN").str.strip_prefix("ZL")
    frame = frame.with_columns(number=text).with_columns(
        shape=pl.when(pl.col("number").str.contains(r"^[0-9]{12}(?:\.?[0-9X])?$"))
        .then(12)
        .when(pl.col("number").str.contains(r"^[0-9]{8}(?:\.?[0-9X])?$"))
        .then(8)
        .otherwise(0)
    )
    number, shape = pl.col("number"), pl.col("shape")
    long = shape == 12
    # Eight digits are read as twelve with zeros behind: year and kind stand elsewhere, the weights are the same.
    frame = frame.with_columns(
        n=number.str.slice(0, shape).cast(pl.Int64, strict=False) * pl.when(long).then(1).otherwise(10_000),
        written=pl.when(number.str.len_bytes() > shape).then(number.str.slice(-1)),
    )
    n = pl.col("n")
    digits = [n // 10 ** (11 - place) % 10 for place in range(12)]
    weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
    two_digits = n // 10_000_000_000
    frame = frame.with_columns(
        number_year=pl.when(long)
        .then(n // 100_000_000)
        .otherwise(two_digits + pl.when(two_digits >= 85).then(1900).otherwise(2000)),
        kind_digit=pl.when(long).then(digits[4]).otherwise(digits[2]),
        remainder=sum(digit * weight for digit, weight in zip(digits, weights)) % 11,
    )
    year = pl.col("number_year")
    return frame.with_columns(
        # How many digits a number has that can be one; 0 where it is malformed or its year impossible.
        digits=pl.when(long & year.is_between(2003, 2999) | (shape == 8) & year.is_between(1985, 2003))
        .then(shape)
        .otherwise(0)
    )


def publication_findings(name, kind):
    """PAT-007 for one of its two columns."""
    text = pl.col(name)
    right = (
        pl.when(kind == INVENTION)
        .then(text.str.contains(r"^CN1(?:[0-9]{6}|[0-9]{8})[ABC]$"))
        .when(kind == UTILITY)
        .then(text.str.contains(r"^CN2(?:[0-9]{6}|[0-9]{8})[UY]$"))
        .otherwise(text.str.contains(r"^CN3(?:[0-9]{6}|[0-9]{8})[SD]$"))
    )
    return (~right).sum()


def main():
    csv, header = rulebook.ledgers(ARGUMENTS.folder)
    cut_off, period_end = header["as_of_date"], header["period_end"]

    frame = folded(pl.scan_csv(csv, schema=SCHEMA)).with_columns(
        divisional=pl.col("divisional_of").is_not_null(),
        pct=pl.col("pct_no").is_not_null(),
        declassified=pl.col("decrypted").eq_missing("是"),
        filed_year=pl.col("application_date").dt.year(),
    )
    frame = number_columns(frame)

    kind, status, digits = pl.col("type"), pl.col("legal_status"), pl.col("digits")
    filed, granted, looked_up = pl.col("application_date"), pl.col("grant_date"), pl.col("status_date")
    priority, published = pl.col("priority_date"), pl.col("publication_date")
    divisional, pct, declassified = pl.col("divisional"), pl.col("pct"), pl.col("declassified")
    year, filed_year = pl.col("number_year"), pl.col("filed_year")
    in_force = status == "有效"

    kind_digit = pl.col("kind_digit")
    right_kind = (
        kind_digit.is_in([1, 8]) & (kind == INVENTION)
        | kind_digit.is_in([2, 9]) & (kind == UTILITY)
        | (kind_digit == 3) & (kind == DESIGN)
    )
    expected = pl.when(pl.col("remainder") == 10).then(pl.lit("X")).otherwise(pl.col("remainder").cast(pl.String))

    # The month of a day so many months later is what counts, and no calendar is needed for it.
    entry = pl.coalesce(priority, filed)
    last_entry = (entry.dt.year().cast(pl.Int32) * 12 + entry.dt.month() - 1 + rulebook.NATIONAL_PHASE_MONTHS) // 12
    year_is_wrong = (year < filed_year) | pl.when(divisional).then(False).when(pct).then(year > last_entry).otherwise(
        (year > filed_year) & ~((year == filed_year + 1) & (filed.dt.month() == 12))
    )
    year_counts = (digits == 8) & (filed < CUT_OVER) | (digits == 12) & ((filed >= CUT_OVER) | divisional | pct)

    symbol = pl.col("ipc_main").str.strip_chars()
    right_symbol = symbol.str.slice(0, 4).str.to_uppercase().is_in(rulebook.subclasses()) & symbol.str.contains(
        r"^.{4}(?:\s*0{0,3}[1-9][0-9]{0,3}/[0-9]{2,6})?$"
    )

    def over(years):
        # A day was so many years ago if it was before the same day of that year; 29 February is no cut-off.
        return filed < cut_off.replace(year=cut_off.year - years)

    term_is_over = (
        (kind == INVENTION) & over(rulebook.TERM_INVENTION) & pl.col("term_compensation").ne_missing("是")
        | (kind == UTILITY) & over(rulebook.TERM_UTILITY)
        | (kind == DESIGN) & over(rulebook.TERM_DESIGN)
    )
    oldest = cut_off - datetime.timedelta(days=rulebook.STATUS_MAX_AGE_DAYS)

    counts = frame.select(
        ((digits == 0) & ~declassified).sum().alias("PAT-001"),
        ((digits > 0) & pl.col("written").ne_missing(expected)).sum().alias("PAT-002"),
        ((digits > 0) & ~right_kind).sum().alias("PAT-003"),
        (year_counts & year_is_wrong).sum().alias("PAT-004"),
        (
            (digits > 0)
            & ~((digits == 12) & (divisional | pct))
            & (digits != pl.when(filed < CUT_OVER).then(8).otherwise(12))
        )
        .sum()
        .alias("PAT-005"),
        (pl.col("application_no").str.starts_with("ZL") & ((status == "申请中") | granted.is_null() & ~in_force))
        .sum()
        .alias("PAT-006"),
        (publication_findings("publication_no", kind) + publication_findings("grant_no", kind)).alias("PAT-007"),
        (
            (priority > filed).sum()
            + (published < filed).sum()
            + (granted.is_null() & in_force).sum()
            + (
                (granted < filed)
                | (granted == filed) & (kind == INVENTION)
                | (granted < published).fill_null(False) & ~declassified
            ).sum()
            + ((looked_up < granted) & (granted <= cut_off)).sum()
            + (looked_up > cut_off).sum()
        ).alias("PAT-008"),
        (in_force & term_is_over & (period_end >= datetime.date.fromisoformat(rulebook.TERM_RULE_FROM)))
        .sum()
        .alias("PAT-009"),
        ((kind != DESIGN) & ~right_symbol).sum().alias("PAT-012"),
        (looked_up < oldest).sum().alias("PAT-048"),
    ).collect()
    print(json.dumps(counts.row(0, named=True)))


main()
