"""The command ``duplicates``: which rows of one or several lists are about the same person."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..duplicates.finding import find_duplicates
from ..duplicates.groups import Duplicates
from ..interop.leads import read_leads
from ..interop.rows.import_report import ImportReport
from ..interop.rows.row_outcomes import REPEATS, TELLS_MORE, Joined, Repeated
from ..interop.rows.rows_of_one import RowOutcome
from ..interop.writing.list_target import Target
from ..leads.lead import Lead
from .duplicates_table import Place, SameRow, table_of
from .given import given_mapping, how_read, rows_as_data, status_of, write_report
from .output import watched, write

_MOST_ROWS = 12


def run_duplicates(options: argparse.Namespace) -> int:
    """Find who stands in the lists more than once, and account for every row of each."""
    target = Target(path=Path(options.out)) if options.out else None
    mapping, now = given_mapping(options), datetime.now(UTC)
    places: list[Place] = []
    same_rows: list[SameRow] = []
    told: list[dict[str, Any]] = []
    status = 0

    def leads() -> Iterator[Lead]:
        nonlocal status
        for name in options.files:
            reading = read_leads(
                name if name == "-" else Path(name),
                at=now,
                mapping=mapping,
                encoding=options.encoding,
                sheet=options.sheet,
                country=options.country,
                strict=options.strict,
            )
            with ImportReport() as rows_read, closing(watched(reading)) as rows:
                for row in rows_read.accepted_of(_noting(name, rows, same_rows)):
                    places.append((name, row.row))
                    yield row.entity
                rows_told = rows_as_data(rows_read)
                told.append({"file": name, **how_read(reading, rows_read), **rows_told})
                status = max(status, status_of(rows_read, strict=options.strict))
                if not options.json:
                    write([f"{name}:"], end="\n")
                    write_report(rows_read, reading)

    found = find_duplicates(leads())
    if target is not None:
        target.write(table_of(found, places, same_rows))
    if options.json:
        with_rows = {
            kind: [{**one.as_data(), "rows": [places[at] for at in one.places]} for one in several]
            for kind, several in (("groups", found.groups), ("shared", found.shared))
        }
        write([json.dumps({**found.as_data(), **with_rows, "files": told})], end="\n")
    else:
        write(_lines(found, places), end="\n")
    return status


def _noting(
    name: str, rows: Iterable[RowOutcome[Lead]], same_rows: list[SameRow]
) -> Iterator[RowOutcome[Lead]]:
    """Let all rows pass, and keep of those about a lead of a row above which row that is."""
    for row in rows:
        if isinstance(row, (Joined, Repeated)) and row.of is not None:
            why = (TELLS_MORE if isinstance(row, Joined) else REPEATS).template.format(of=row.of)
            same_rows.append(SameRow((name, row.row), row.of, row.entity.id, why))
        yield row


def _lines(found: Duplicates, places: list[Place]) -> Iterator[str]:
    """Tell each group by file and row, and what several people share by its rows."""
    if not found.groups:
        yield f"{found.looked_through} leads, each by itself"
    for group in found.groups:
        by = ", ".join(group.by)
        yield f"{group.sureness.value}: {_rows(group.places, places)}, by {by}"
    for shared in found.shared:
        yield f"shared, and so no proof: {shared}: {_rows(shared.places, places)}"


def _rows(at: Sequence[int], places: list[Place]) -> str:
    """Name rows with their files; of a crowd the first, since a table or JSON has them all."""
    rows = [f"{name} row {row}" for name, row in (places[place] for place in at[:_MOST_ROWS])]
    more = [f"{len(at) - _MOST_ROWS} more"] if len(at) > _MOST_ROWS else []
    return ", ".join([*rows, *more])
