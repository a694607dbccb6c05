"""
What a user types: the commands and their options.

Only what parses the options is loaded here. A command stands in a file of its own name, and what
went wrong is said by `failures`; each is loaded when it is needed, so that ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from .convert_options import add_convert
from .version import ShowVersion

_OWN_OPTIONS = ("-h", "--help", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command. Where nothing could be read, say why; the exit status is then 2.

    >>> main(["pipeline"])
    pipeline lead
    ...
    0
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        try:
            options = _options(given)
            _loaded("output").prepare_streams(json_wanted=options.json)
            _loaded("blanks").check_blanks(given)
            _loaded("targets").check_targets(options)
            run = getattr(_loaded(options.command), f"run_{options.command}")
            with _loaded("own_words").own_words_only():
                return int(run(options))
        finally:
            print(end="", flush=True)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a user sees no traceback
        return int(_loaded("failures").told(error, json_wanted="--json" in given))


def _loaded(file: str) -> Any:  # noqa: ANN401 - a module
    return import_module(f".{file}", __package__)


def _options(given: list[str]) -> argparse.Namespace:
    parser, known = _parsers()
    named = next((word for word in given if not word.startswith("-")), None)
    if given and named is None and not any(own.startswith(given[0]) for own in _OWN_OPTIONS):
        parser.error(_loaded("failures").not_an_option(given[0], parser.prog, _OWN_OPTIONS))
    if named is not None and named not in known:
        parser.error(_loaded("failures").not_a_command(named, known))
    options, strange = parser.parse_known_args(given)
    if strange:
        # What stands behind a misspelt option may have been taken for a file.
        first = next((word for word in strange if word.startswith("-")), strange[0])
        options_of_it = known[options.command]
        if "--example" in options_of_it and not first.startswith("-"):
            parser.error(_loaded("failures").not_one_more(first, options.command))
        parser.error(_loaded("failures").not_an_option(first, options.command, options_of_it))
    if "--example" in known[options.command] and bool(options.file) == options.example:
        has_file = bool(options.file)
        parser.error(_loaded("failures").not_an_input(options.command, has_file=has_file))
    return options


def _parsers() -> tuple[argparse.ArgumentParser, dict[str, list[str]]]:
    """Describe the commands: the parser of all, and the options of each command by its name."""
    parser = argparse.ArgumentParser(
        prog="salesfunnel", description="Rank leads, sum up deals, and carry lists over."
    )
    parser.add_argument("--version", action=ShowVersion, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    qualify = commands.add_parser("qualify", help="rank the leads of a file, with reasons")
    qualify.add_argument(
        "--refused-to", help="a CSV file for the rows left out, to be mended and read again"
    )
    qualify.add_argument(
        "--known", action="append", help="a list that was read before; may be said more than once"
    )
    calls = commands.add_parser("calls", help="read call sheets that were filled in")
    calls.add_argument("file", help="the leads of which the sheets were made")
    calls.add_argument("calls", nargs="+", help="the sheets, .xlsx, .ods or .csv")
    calls.add_argument("--by", default="", help="who filled them in")
    for command in (qualify, calls):
        _add_ranking(command)
    report = commands.add_parser("report", help="sum up the opportunities of a file")
    report.add_argument("--rates", help="a file of rates: day, currency, rate, into")
    funnel = commands.add_parser("funnel", help="count how far the leads of a file came")
    duplicates = commands.add_parser("duplicates", help="find who stands in lists twice")
    duplicates.add_argument("files", nargs="+", metavar="file", help="lists of leads")
    duplicates.add_argument("--out", help="a table to write: .csv or .xlsx")
    convert = commands.add_parser("convert", help="write a list as another system reads it")
    converted = add_convert(convert)
    for command in (report, funnel):
        command.add_argument(
            "--pipeline", default="", help="the stages of deals: a name, as-found, or a file"
        )
    for command in (qualify, report, funnel):
        command.add_argument("file", nargs="?", help="CSV, a workbook or JSON; - is the input")
        command.add_argument("--example", action="store_true", help="a list that comes along")
    for command in (qualify, calls, report, funnel, convert):
        _add_cells(command)
    for command in (qualify, calls, report, funnel, duplicates):
        command.add_argument("--mapping", help="the name of a mapping, or a TOML file")
    for command in (qualify, calls, report, funnel, duplicates, convert):
        command.add_argument("--encoding", help="the encoding, if it is not recognised")
        command.add_argument("--sheet", help="the sheet of a workbook, if not the first that fits")
        command.add_argument(
            "--strict", action="store_true", help="refuse a row for any cell that cannot be read"
        )
        command.add_argument("--json", action="store_true", help="print one JSON object")
    _add_counting(report, "were closed", "a page to write: .html")
    _add_counting(funnel, "came", "a picture to write, .svg, or a page, .html")
    for command in (qualify, calls, report, funnel, duplicates, convert):
        command.add_argument("--country", default="", help="of numbers and of $: IR, Iran, CA …")
    for command in (qualify, calls, funnel):
        command.add_argument(
            "--check-addresses", action="store_true", help="note those that are doubtful"
        )
    funnel.add_argument("deals", nargs="?", help="a file of their deals")
    funnel.add_argument("--deals-sheet", help="the sheet of the deals, if their file has several")
    _add_mapping(commands.add_parser("mapping", help="draft a mapping for a list"))
    pipeline = commands.add_parser("pipeline", help="show the default pipelines")
    pipeline.set_defaults(json=False)
    pipeline.add_argument("--mermaid", action="store_true", help="as Mermaid diagrams")
    ranked = ["--policy", "--out", "--top", "--language"]
    numbers = ["--country", "--check-addresses"]
    told = ["--history", "--history-sheet"]
    counted = ["--pipeline", "--show", "--group", "--from", "--to", "--calendar", *told]
    counted += ["--out", "--language"]
    read = ["--encoding", "--sheet", "--strict", "--json"]
    lists = ["--mapping", *read]
    cells = ["--day-first", "--no-day-first", "--currency", "--timezone"]
    files = ["--example", *cells, *lists]
    return parser, {
        "qualify": ["--refused-to", "--known", *ranked, *numbers, *files],
        "calls": ["--by", *ranked, *numbers, *cells, *lists],
        "report": ["--rates", "--country", *counted, *files],
        "funnel": ["--deals-sheet", *counted, *numbers, *files],
        "duplicates": ["--out", "--country", *lists],
        "convert": [*converted, "--country", *cells, *read],
        "mapping": ["--encoding", "--sheet"],
        "pipeline": ["--mermaid"],
    }


def _add_mapping(command: argparse.ArgumentParser) -> None:
    """Describe what a draft of a mapping is made of."""
    command.set_defaults(json=False)
    command.add_argument("file", help="the list: CSV, a workbook or JSON")
    command.add_argument("--encoding", help="the encoding, if it is not recognised")
    command.add_argument("--sheet", help="the sheet of a workbook, if not the first that fits")


def _add_cells(command: argparse.ArgumentParser) -> None:
    """Describe the options that say how a list writes its cells."""
    command.add_argument(
        "--day-first", action=argparse.BooleanOptionalAction, help="05/01 is in January, or not"
    )
    command.add_argument("--currency", default="", help="of amounts that name none: EUR, toman")
    command.add_argument("--timezone", default="", help="of its clock, such as Asia/Tehran")


def _add_counting(command: argparse.ArgumentParser, what: str, out: str) -> None:
    """Describe the options of a command that counts, by period and group, and draws."""
    command.add_argument("--group", default="", help="source, month, or a fact by its path")
    command.add_argument("--from", dest="since", help=f"the first day on which they {what}")
    command.add_argument("--to", dest="until", help=f"the last day on which they {what}")
    command.add_argument("--calendar", default="", help="gregorian, or jalali, as usual in fa")
    command.add_argument("--history", help="a file that tells when which stage was entered")
    command.add_argument("--history-sheet", help="its sheet, if the file has several")
    command.add_argument(
        "--show", action="append", help="also: funnel, forecast, cohorts, movement, or all"
    )
    command.add_argument("--out", help=out)
    command.add_argument("--language", default="", help="of what is drawn: en, fa, hy or fr")


def _add_ranking(command: argparse.ArgumentParser) -> None:
    """Describe the options of a command that ranks leads and writes a call sheet."""
    command.add_argument(
        "--policy", default="bant", help="bant, another by its name, or a JSON or TOML file"
    )
    command.add_argument("--out", help="a call sheet to write: .xlsx or .csv")
    command.add_argument("--top", help="how many leads, the best of all")
    command.add_argument("--language", default="", help="of the call sheet: en, fa, hy or fr")
