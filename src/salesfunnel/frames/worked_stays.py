"""Stays in working time: engines know no holidays, so the library measures one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from ..analytics.timed_stage import MICROSECOND
from ..values.calendar import Period
from ..values.working_hours import WorkingHours
from .groups import FrameGroups
from .history_columns import collected
from .known_rows import EPOCH, KnownRows
from .measured_stay import MeasuredStay

_Row = tuple[int, int, int | None]


def worked_stays(
    known: KnownRows,
    placed: KnownRows,
    hours: WorkingHours,
    closed_codes: Sequence[int],
    *,
    at: datetime,
    limits: tuple[timedelta, ...],
    period: Period | None,
    groups: FrameGroups,
) -> Iterator[MeasuredStay]:
    """Go through the time that each entity worked in each stage; all rows are fetched."""
    own, names = _by_entity(placed, groups)
    entities = own if placed is known else _by_entity(known, groups)[0]
    for entity, entries in own.items():
        began = EPOCH + MICROSECOND * min(moment for _, moment, _ in entries)
        if period is not None and began not in period:
            continue
        rows = entities[entity]
        ended = max(moment for _, moment, _ in rows)
        last = next(code for code, _, after in rows if after is None)
        is_gone = last in closed_codes and EPOCH + MICROSECOND * ended == began
        worked: dict[int, timedelta] = {}
        first: dict[int, datetime] = {}
        for code, moment, after in rows:
            entered = EPOCH + MICROSECOND * moment
            left = at if after is None else EPOCH + MICROSECOND * after
            worked[code] = worked.get(code, timedelta()) + hours.between(entered, left)
            first[code] = min(first.get(code, entered), entered)
        for code, length in worked.items():
            age = hours.between(first[code], at)
            yield MeasuredStay(
                group=groups.name_of(names.get(entity), began),
                code=code,
                lengths={length // MICROSECOND: 1},
                is_there=code == last,
                is_gone=is_gone,
                old=tuple(age >= limit for limit in limits),
                left=tuple(code != last and length <= limit <= age for limit in limits),
            )


def _by_entity(
    known: KnownRows, groups: FrameGroups
) -> tuple[dict[Any, list[_Row]], dict[Any, str]]:
    """Fetch the rows: code, moment and the moment of the next row; and the name of the group."""
    found = collected(known.beside(after=["moment"]))
    ends = [found[f"is_{end}"].to_list() for end in ("first", "last")]
    named = found["named"].to_list() if groups.named is not None else [""] * len(found)
    columns = (found[name].to_list() for name in ("entity", "code", "moment", "after_moment"))
    entities: dict[Any, list[_Row]] = {}
    names: dict[Any, str] = {}
    for entity, code, moment, after, is_first, is_last, name in zip(
        *columns, *ends, named, strict=True
    ):
        row = int(code), int(moment), None if is_last else int(after)
        entities.setdefault(entity, []).append(row)
        if is_last if groups.is_now else is_first:
            names[entity] = name
    return entities, names
