"""The command line, thin over the library: ``python -m salesfunnel qualify|report|pipeline``."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar

from .analytics.report import report, report_as_data
from .errors import SalesFunnelError
from .interop.import_report import ImportReport
from .interop.lead_list import rank_leads
from .interop.leads import read_leads
from .interop.mapping import FileMapping, load_mapping
from .interop.opportunities import read_opportunities
from .interop.policies import find_policy, policy_names
from .interop.printing import account_as_text, as_json, leads_as_text
from .interop.reading import FileReading
from .pipeline.diagram import mermaid, outline
from .pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE

_EVERY = 1_000
_NOTHING_READ, _INTERRUPTED = 2, 130
_ESCAPES = "salesfunnel-json"
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command. Where nothing could be read, say why; the exit status is then 2.

    >>> main(["pipeline"])
    pipeline lead
    ...
    0
    """
    options = _parser().parse_args(arguments)
    _prepare_streams(json_wanted=options.json)
    try:
        status = int(options.command(options))
        print(end="", flush=True)
    except SalesFunnelError as error:
        _complain(str(error))
        if options.json:
            with ImportReport() as nothing:
                _write(as_json({"error": str(error)}, nothing))
        return _NOTHING_READ
    except OSError as error:
        # Python would try in vain to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
            return 0
        _complain(f"the system says: {error.strerror}")
        return _NOTHING_READ
    except KeyboardInterrupt:
        _complain("interrupted")
        return _INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m salesfunnel", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    qualify = commands.add_parser("qualify", help="rank the leads of a file, with reasons")
    qualify.set_defaults(command=_qualify)
    qualify.add_argument("--policy", default="bant", help="bant, meddic, or another by its name")
    summary = commands.add_parser("report", help="sum up the opportunities of a file")
    summary.set_defaults(command=_report)
    for command in (qualify, summary):
        command.add_argument("file", help="a CSV file with a header")
        command.add_argument("--mapping", help="the name of a mapping, or a TOML file")
        command.add_argument("--encoding", help="the encoding, if it is not recognised")
        command.add_argument("--json", action="store_true", help="print one JSON object")
    pipeline = commands.add_parser("pipeline", help="show the default pipelines")
    pipeline.set_defaults(command=_pipeline, json=False)
    pipeline.add_argument("--mermaid", action="store_true", help="as Mermaid diagrams")
    return parser


def _qualify(options: argparse.Namespace) -> int:
    names = {name.casefold(): name for name in policy_names()}
    wanted: str = options.policy
    policy = find_policy(names.get(wanted.casefold(), wanted))
    now = datetime.now(UTC)
    reading = read_leads(options.file, at=now, mapping=_mapping(options), encoding=options.encoding)
    with (
        ImportReport() as account,
        closing(_watched(reading)) as rows,
        rank_leads(account.accepted_of(rows), policy=policy, at=now) as leads,
    ):
        if options.json:
            facts = {"policy": options.policy, **_facts(reading)}
            _write(as_json(facts, account, leads=leads))
        else:
            print(f"{len(leads):,} leads by {options.policy}, mapping {reading.mapping.name}")
            _write(leads_as_text(leads), end="\n")
            _write_account(account, reading)
        return _status(account)


def _report(options: argparse.Namespace) -> int:
    now, mapping = datetime.now(UTC), _mapping(options)
    reading = read_opportunities(options.file, at=now, mapping=mapping, encoding=options.encoding)
    with ImportReport() as account, closing(_watched(reading)) as rows:
        found = report(row.entity for row in account.accepted_of(rows))
        if options.json:
            _write(as_json({**_facts(reading), **report_as_data(found)}, account))
        else:
            print(found)
            _write_account(account, reading)
        return _status(account)


def _pipeline(options: argparse.Namespace) -> int:
    draw = mermaid if options.mermaid else outline
    for pipeline in (LEAD_PIPELINE, OPPORTUNITY_PIPELINE):
        print(draw(pipeline))
    return 0


def _facts(reading: FileReading[Any]) -> dict[str, object]:
    """Say how a file was read."""
    return {
        "mapping": reading.mapping.name,
        **({"header_row": reading.header_row} if reading.header_row > 1 else {}),
        "unread_columns": reading.unread_columns,
    }


def _write_account(account: ImportReport, reading: FileReading[Any]) -> None:
    unread, header_row = reading.unread_columns, reading.header_row
    _write(account_as_text(account, unread, header_row=header_row), end="\n")


def _mapping(options: argparse.Namespace) -> FileMapping | None:
    return load_mapping(options.mapping) if options.mapping else None


def _status(account: ImportReport) -> int:
    """Succeed if any row could be read; otherwise say so."""
    if account.accepted:
        return 0
    reason = "every row was refused" if account.refused else "it has a header but no rows"
    _complain(f"not one row could be read: {reason}")
    return _NOTHING_READ


def _complain(problem: str) -> None:
    if sys.stderr is not None:  # as it is where somebody has closed it
        print(f"salesfunnel: {problem}", file=sys.stderr)


def _write(pieces: Iterable[str], *, end: str = "") -> None:
    for piece in pieces:
        print(piece, end=end)


def _watched(rows: Iterable[T]) -> Generator[T, None, None]:
    """Show on a terminal how many rows have been read; in a pipe, say nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from rows
        return
    try:
        for number, row in enumerate(rows, start=1):
            if number % _EVERY == 0:
                print(f"\r{number:,} rows", end="", file=sys.stderr, flush=True)
            yield row
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _prepare_streams(*, json_wanted: bool) -> None:
    """Let no name fail for want of its letters, and keep JSON readable by everybody."""
    codecs.register_error(_ESCAPES, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream is sys.stderr or not json_wanted:
                stream.reconfigure(errors="backslashreplace")
            elif stream.encoding.lower().replace("-", "") == "utf8":
                stream.reconfigure(errors=_ESCAPES)
            else:
                stream.reconfigure(encoding="ascii", errors=_ESCAPES)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write letters that the output lacks as JSON does."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


if __name__ == "__main__":
    sys.exit(main())
