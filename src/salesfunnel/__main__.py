"""The command line, thin over the library: ``python -m salesfunnel qualify|report|pipeline``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from .analytics.report import report
from .errors import SalesFunnelError
from .interop.leads import read_leads
from .interop.mapping import Mapping, load_mapping
from .interop.opportunities import read_opportunities
from .interop.printing import account_as_text, as_json, leads_as_text, report_as_data
from .interop.ranking import rank_leads
from .interop.row_account import RowAccount
from .pipeline.diagram import mermaid, outline
from .pipeline.presets import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from .qualification.frameworks import BANT
from .qualification.policy import Policy

_POLICIES: dict[str, Policy] = {"bant": BANT}
_EVERY = 1_000
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command. Where nothing could be read, say why; the exit status is then 2.

    >>> main(["pipeline"])
    pipeline lead
    ...
    0
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except SalesFunnelError as error:
        print(f"salesfunnel: {error}", file=sys.stderr)
        if getattr(options, "json", False):
            print(*as_json({"error": str(error)}, RowAccount()), sep="")
        return 2
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m salesfunnel", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    qualify = commands.add_parser("qualify", help="rank the leads of a file, with reasons")
    qualify.set_defaults(command=_qualify)
    qualify.add_argument("--policy", choices=sorted(_POLICIES), default="bant")
    summary = commands.add_parser("report", help="sum up the opportunities of a file")
    summary.set_defaults(command=_report)
    for command in (qualify, summary):
        command.add_argument("file", help="a CSV file with a header")
        command.add_argument("--mapping", help="the name of a mapping, or a TOML file")
        command.add_argument("--encoding", help="the encoding, if it is not recognised")
        command.add_argument("--json", action="store_true", help="print one JSON object")
    pipeline = commands.add_parser("pipeline", help="show the default pipelines")
    pipeline.set_defaults(command=_pipeline)
    pipeline.add_argument("--mermaid", action="store_true", help="as Mermaid diagrams")
    return parser


def _qualify(options: argparse.Namespace) -> int:
    policy, now = _POLICIES[options.policy], datetime.now(UTC)
    reading = read_leads(options.file, at=now, mapping=_mapping(options), encoding=options.encoding)
    account = RowAccount()
    with rank_leads(account.accepted_of(_watched(reading)), policy=policy, at=now) as leads:
        if options.json:
            facts = {
                "policy": options.policy,
                "mapping": reading.mapping.name,
                "unread_columns": reading.unread_columns,
            }
            _print(as_json(facts, account, leads=leads))
        else:
            head = f"{len(leads):,} leads by {options.policy}, mapping {reading.mapping.name}"
            _print(f"{line}\n" for line in leads_as_text(leads, account, head=head))
    return _status(account)


def _report(options: argparse.Namespace) -> int:
    reading = read_opportunities(
        options.file,
        at=datetime.now(UTC),
        mapping=_mapping(options),
        encoding=options.encoding,
    )
    account = RowAccount()
    found = report(row.entity for row in account.accepted_of(_watched(reading)))
    if options.json:
        _print(as_json({"mapping": reading.mapping.name, **report_as_data(found)}, account))
    else:
        _print(f"{line}\n" for line in (str(found), *account_as_text(account)))
    return _status(account)


def _pipeline(options: argparse.Namespace) -> int:
    draw = mermaid if options.mermaid else outline
    for pipeline in (LEAD_PIPELINE, OPPORTUNITY_PIPELINE):
        print(draw(pipeline))
    return 0


def _mapping(options: argparse.Namespace) -> Mapping | None:
    return load_mapping(options.mapping) if options.mapping else None


def _status(account: RowAccount) -> int:
    """Succeed if any row could be read; otherwise say so."""
    if account.accepted:
        return 0
    reason = "every row was refused" if account.refused else "it has a header but no rows"
    print(f"salesfunnel: not one row could be read: {reason}", file=sys.stderr)
    return 2


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def _watched(rows: Iterable[T]) -> Iterator[T]:
    """Show on a terminal how many rows have been read; in a pipe, say nothing."""
    shown = sys.stderr.isatty()
    for number, row in enumerate(rows, start=1):
        if shown and number % _EVERY == 0:
            print(f"\r{number:,} rows", end="", file=sys.stderr, flush=True)
        yield row
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
