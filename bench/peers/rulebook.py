"""What the peers need to know besides the ledger: the parameters of the rules, the subclasses, the days of the header."""

import argparse
import tomllib
from pathlib import Path

RULES = [f"PAT-{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 48)]

# The parameters, as plugins/patent-quality/plugin.toml sets them.
CUT_OVER = "2003-10-01"
NATIONAL_PHASE_MONTHS = 32
STATUS_MAX_AGE_DAYS = 90
TERM_INVENTION = 20
TERM_UTILITY = 10
TERM_DESIGN = 15
# PAT-009 reaches no period that ends earlier.
TERM_RULE_FROM = "2021-06-01"

# Full-width forms that occur in numbers, and what they stand for.
FULL_WIDTH = "０１２３４５６７８９ＡＢＣＤＬＮＳＵＸＹＺａｂｃｄｌｎｓｕｘｙｚ．\u3000"
HALF_WIDTH = "0123456789ABCDLNSUXYZabcdlnsuxyz. "


def arguments(description):
    """The folder and the number of threads; none leaves it to the program."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder as the program ledger writes it")
    parser.add_argument("--threads", type=int, help="how many threads; as many as the program likes if not given")
    return parser.parse_args()


def ledgers(folder):
    """The CSV files of a folder, as a pattern, and the header of the first submission. All must be of one year."""
    headers = sorted((folder / "报送").glob("**/header.toml"))
    if not headers:
        raise SystemExit(f"no submission in {folder}")
    header = tomllib.loads(headers[0].read_text("utf-8"))
    one = headers[0].parent.name == "报送"
    return str(folder / "报送" / ("patents.csv" if one else "*/patents.csv")), header


def subclasses():
    """The subclasses of the IPC that the rulebook knows, below a line on their source and the heading."""
    path = Path(__file__).parents[2] / "plugins/patent-quality/data/ipc_subclasses.csv"
    return [line.strip() for line in path.read_text("utf-8").splitlines()[2:] if line.strip()]
