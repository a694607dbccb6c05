"""The command ``convert``: a list of one system as another reads it, with what is left out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import InvalidValue, Text
from ..interop.accounts import read_accounts
from ..interop.activity_lines import read_activities
from ..interop.leads import read_leads
from ..interop.mapping.kind_of_list import kind_of_list
from ..interop.mapping.mapping import FileMapping, load_mapping
from ..interop.opportunities import read_opportunities
from ..interop.people import read_people
from ..interop.printing import as_json
from ..interop.rows.entities import Entities
from ..interop.rows.import_report import ImportReport
from ..interop.rows.reading import FileReading
from ..interop.writing.over_its_list import refuse_over_its_mapping
from ..interop.writing.refused_file import RefusedFile
from ..interop.writing.written import Written
from ..interop.writing.written_accounts import write_accounts, write_people
from ..interop.writing.written_activities import write_activities
from ..interop.writing.written_deals import write_opportunities
from ..interop.writing.written_leads import write_leads
from ..values import converters
from .given import by_given_format, given_mapping, how_read, status_of, write_report
from .output import watched, write

_STANDARD_INPUT = "-"
_KIND_OF_INPUT = Text(
    "kind_of_standard_input", "{field} is not said, and the input is read once", "--kind leads"
)
_NO_ACTIVITIES = Text(
    "only_of_activities", "{field} goes with lists of activities alone", "--kind activities"
)
_ACTIVITIES = "activities"
_READERS: Mapping[str, Callable[..., FileReading[Any]]] = MappingProxyType(
    {
        "leads": read_leads,
        "deals": read_opportunities,
        "accounts": read_accounts,
        "contacts": read_people,
        _ACTIVITIES: read_activities,
    }
)
_WRITERS: Mapping[str, Callable[..., Written]] = MappingProxyType(
    {
        "leads": write_leads,
        "deals": write_opportunities,
        "accounts": write_accounts,
        "contacts": write_people,
        _ACTIVITIES: write_activities,
    }
)
_WITH_COUNTRY = ("leads", "deals", "accounts", "contacts")


def run_convert(options: argparse.Namespace) -> int:
    """Write a list as another system has it, and account for every row and every fact."""
    target, source = load_mapping(options.to), given_mapping(options)
    kind = options.kind or _kind_of(options, source)
    if options.only is not None and kind != _ACTIVITIES:
        raise InvalidValue("--only", _NO_ACTIVITIES)
    reading, target = _by_one_clock(_reading(options, kind, source), target)
    with (
        ImportReport() as report,
        closing(watched(reading)) as rows,
        _refused_file(options, reading) as rest,
    ):
        nouns = report.accepted_of(rest.passing(rows) if rest else rows)
        written = _written(options, kind, target, Entities(reading, nouns))
        if options.json:
            facts = {"kind": kind, "to": target.name, **how_read(reading, report)}
            told = None if written is None else written.as_data()
            write(as_json({**facts, "written": told}, report))
        else:
            print(f"{kind} of {reading.mapping.name} for {target.name}")
            write([] if written is None else [str(written)], end="\n")
            write_report(report, reading)
        return status_of(report, strict=options.strict)


def _kind_of(options: argparse.Namespace, source: FileMapping | None) -> str:
    if options.file == _STANDARD_INPUT:
        raise InvalidValue("--kind", _KIND_OF_INPUT)
    return kind_of_list(
        Path(options.file), mapping=source, encoding=options.encoding, sheet=options.sheet
    )


def _reading(
    options: argparse.Namespace, kind: str, source: FileMapping | None
) -> FileReading[Any]:
    reading = _READERS[kind](
        Path(options.file),
        at=datetime.now(UTC).replace(microsecond=0),
        mapping=source,
        encoding=options.encoding,
        sheet=options.sheet,
        strict=options.strict,
        **({"country": options.country} if kind in _WITH_COUNTRY else {}),
    )
    return by_given_format(reading, options)


def _by_one_clock(
    reading: FileReading[Any], target: FileMapping
) -> tuple[FileReading[Any], FileMapping]:
    """Let a day stay the day: where only one of the two tells its clock, both go by it."""
    ours, theirs = reading.columns.format.timezone, target.format.timezone
    if not ours and theirs:
        return reading.with_format(timezone=theirs), target
    return reading, attrs.evolve(
        target, format=attrs.evolve(target.format, timezone=theirs or ours)
    )


def _written(
    options: argparse.Namespace, kind: str, target: FileMapping, nouns: Entities[Any]
) -> Written | None:
    """Write what could be read; where that is nothing, leave the target as it is."""
    first = next(nouns, None)
    if first is None:
        return None
    refuse_over_its_mapping(options.out, options.to)
    given = {"mapping": target, "delimiter": options.delimiter}
    if options.only is not None:
        given["kind"] = converters.kind(options.only)
    return _WRITERS[kind](Entities(nouns.reading, chain([first], nouns)), options.out, **given)


def _refused_file(
    options: argparse.Namespace, reading: FileReading[Any]
) -> RefusedFile | nullcontext[None]:
    """Make a file for the rows that are left out, if one was asked for."""
    if not options.refused_to:
        return nullcontext()
    return RefusedFile(options.refused_to, reading.records.header, source=reading)
