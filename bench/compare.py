#!/usr/bin/env python3
"""Measures hegui against its peers, or one build of it against another, on the same data.

Every command runs as a whole process, from reading the files to the last byte written. The commands take turns, round
after round, so that what else the machine does falls on all alike. Counts by rule must agree, or the exit code is 1.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
RULES = [f"PAT-{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 48)]


class Command:
    """A program under measurement: how it is called, and how its counts are read."""

    def __init__(self, name, arguments, counts, cwd=REPOSITORY, report=None, exit_codes=(0,)):
        self.name, self.arguments, self.counts = name, [str(argument) for argument in arguments], counts
        self.cwd, self.report, self.exit_codes = cwd, report, exit_codes
        self.cpu, self.wall, self.peak, self.found = [], [], [], None

    def run(self):
        """Runs it once; what it took, unless it failed."""
        with tempfile.NamedTemporaryFile() as out:
            call = [sys.executable, "-I", "-S", REPOSITORY / "bench/measure.py", out.name, self.cwd, *self.arguments]
            told = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True).stdout
            code, cpu, wall, peak = told.split()
            if int(code) not in self.exit_codes:
                raise SystemExit(f"{self.name}: exit code {code}: {' '.join(self.arguments)}")
            found = self.counts(self.report.read_bytes() if self.report else out.read())
        if self.found not in (None, found):
            raise SystemExit(f"{self.name}: counts differ between two runs")
        self.found = found
        return float(cpu), float(wall), float(peak)

    def measure(self):
        """Runs it once and keeps what it took."""
        for kept, taken in zip((self.cpu, self.wall, self.peak), self.run()):
            kept.append(taken)


def printed(output):
    """The counts that a peer prints."""
    return json.loads(output)


def reported(output):
    """The counts in a JSON report of hegui, over all submissions. Held submissions were not checked."""
    counts = dict.fromkeys(RULES, 0)
    for submission in json.loads(output)["submissions"]:
        if submission["held"]:
            raise SystemExit("hegui held a submission; nothing of it was checked")
        for outcome in submission["outcomes"]:
            if outcome["rule"] in counts:
                counts[outcome["rule"]] += outcome["findings"]
    return counts


def offers(binary, option):
    """Whether a build of hegui knows an option of `check`."""
    shown = subprocess.run([binary, "check", "--help"], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    return option in shown.stdout


def hegui(name, binary, scratch, arguments, only, engine=None):
    """A build of hegui. It reads the rulebook of the repository, whatever rules are built in."""
    report = scratch / f"{name}.json"
    call = [binary, "check", arguments.folder / "报送", "--as-of", as_of(arguments.folder)]
    call += ["--format", "json", "-o", report, "--fail-on", "never"]
    # What an earlier round found out would be no work.
    call += ["--no-cache"] if offers(binary, "--no-cache") else []
    call += ["--only", ",".join(RULES)] if only else []
    call += ["--threads", arguments.threads] if arguments.threads else []
    call += ["--engine", engine] if engine else []
    return Command(name, call, reported, cwd=arguments.rulebook, report=report, exit_codes=(0, 1))


def as_of(folder):
    """The day of the check: the first of March after the year that the first submission reports on."""
    header = next((folder / "报送").glob("**/header.toml"), None)
    lines = header.read_text("utf-8").splitlines() if header else []
    year = next((int(line.split("=")[1]) for line in lines if line.startswith("report_year")), 2020)
    return f"{year + 1}-03-01"


def peers(arguments, scratch):
    """hegui, the floor, DuckDB and Polars."""
    only = not arguments.all_rules and offers(arguments.hegui, "--only")
    if not only:
        print("hegui runs every rule, its peers run eleven")
    commands = [hegui("hegui", arguments.hegui, scratch, arguments, only)]
    if arguments.interpreted:
        commands.append(hegui("hegui interpreted", arguments.hegui, scratch, arguments, only, "interpreted"))
    if list((arguments.folder / "报送").glob("**/patents.csv")):
        threads = ["--threads", arguments.threads] if arguments.threads else []
        commands.append(Command("floor", [arguments.floor, arguments.folder], printed))
        commands.append(Command("floor, all columns", [arguments.floor, "--all-columns", arguments.folder], printed))
        for name in ("duckdb", "polars"):
            script = REPOSITORY / f"bench/peers/{name}_check.py"
            commands.append(Command(name, [arguments.python, script, arguments.folder, *threads], printed))
    else:
        print("no CSV file, so the peers do not run")
    return commands


def builds(arguments, scratch):
    """Two builds of hegui, by the same rules."""
    binaries = {"old": arguments.old, "new": arguments.new}
    only = not arguments.all_rules and all(offers(binary, "--only") for binary in binaries.values())
    if not only:
        print("every rule runs")
    return [hegui(name, binary, scratch, arguments, only) for name, binary in binaries.items()]


def table(commands):
    """What each took: CPU seconds at least, in the middle, at most; the middle of the seconds on the clock; megabytes."""
    rows = [("", "CPU s min", "median", "max", "wall s", "peak MB")]
    for command in commands:
        cpu = command.cpu
        figures = [min(cpu), statistics.median(cpu), max(cpu), statistics.median(command.wall)]
        rows.append((command.name, *(f"{figure:.2f}" for figure in figures), f"{max(command.peak):.0f}"))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print(row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:])), sep="  ")


def agree(commands):
    """Whether all counted the same; prints the counts."""
    first = commands[0]
    print("findings:", json.dumps(first.found))
    different = [command for command in commands if command.found != first.found]
    for command in different:
        print(f"{command.name} differs from {first.name}:", json.dumps(command.found))
    return not different


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--rounds", type=int, default=5, help="how often each command runs (5)")
    common.add_argument("--threads", type=int, default=1, help="threads of each; 0 leaves it to each (1)")
    common.add_argument("--all-rules", action="store_true", help="let hegui run every rule, not the eleven")
    common.add_argument("--rulebook", type=Path, default=REPOSITORY, help="where hegui runs and finds its rules")
    modes = parser.add_subparsers(dest="mode", required=True)

    mode = modes.add_parser("peers", parents=[common], help="hegui, the floor, DuckDB and Polars")
    mode.add_argument("folder", type=Path, metavar="DIR", help="a folder that the program ledger has written")
    target = REPOSITORY / "target"
    mode.add_argument("--hegui", type=Path, default=target / "release/hegui")
    mode.add_argument("--floor", type=Path, default=target / "release/floor")
    mode.add_argument("--python", type=Path, default=target / "bench-venv/bin/python", help="with duckdb and polars")
    mode.add_argument("--interpreted", action="store_true", help="hegui without proving, too; slow")
    mode.set_defaults(commands=peers)

    mode = modes.add_parser("builds", parents=[common], help="two builds of hegui")
    mode.add_argument("old", type=Path, metavar="OLD_BINARY")
    mode.add_argument("new", type=Path, metavar="NEW_BINARY")
    mode.add_argument("folder", type=Path, metavar="DIR", help="a folder that the program ledger has written")
    mode.set_defaults(commands=builds)

    arguments = parser.parse_args()
    # hegui runs in another folder, and what is relative here means this one. The link that is an environment's
    # interpreter must stay one.
    for name, value in vars(arguments).items():
        if isinstance(value, Path):
            setattr(arguments, name, Path(os.path.abspath(value)))
    if arguments.rounds < 1:
        parser.error("at least one round")
    return arguments


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory() as scratch:
        commands = arguments.commands(arguments, Path(scratch))
        for _ in range(arguments.rounds):
            for command in commands:
                command.measure()
    table(commands)
    if arguments.mode == "builds":
        old, new = (statistics.median(command.cpu) for command in commands)
        print(f"new / old: {new / old:.3f} of the CPU seconds")
    return 0 if agree(commands) else 1


if __name__ == "__main__":
    sys.exit(main())
