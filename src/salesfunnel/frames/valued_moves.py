"""What moved, in one currency: engines round no amount, so the library values one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from ..analytics.apart import Apart
from ..analytics.deal_changes import Changes, DealState, States
from ..analytics.movement import MovementCount
from ..analytics.timed_stage import MICROSECOND
from ..pipeline.stage import StageKind
from .groups import FrameGroups
from .history_columns import collected
from .known_rows import EPOCH, KnownRows
from .moves import monies


@attrs.frozen
class _StateRow:
    """How an entity stood from a moment on, in the how-manieth of its rows, and its group."""

    place: int
    moment: datetime
    state: DealState
    group: str


def valued_moves(
    known: KnownRows,
    kinds: Mapping[int, str],
    parts: Sequence[str],
    *,
    since: datetime,
    changes: Changes,
    groups: FrameGroups,
) -> Apart[MovementCount]:
    """Add up what moved, of one entity after another; all rows are fetched."""
    apart = Apart(lambda: MovementCount(since, changes.ends), groups.grouping)
    for rows in _by_entity(known, kinds, parts).values():
        moved = [*changes.of(_states(rows, since))]
        named = rows[-1 if groups.is_now else 0].group
        for counts in apart.counts_named(groups.name_of(named, rows[0].moment)):
            for cause, amount in moved:
                counts.totals[cause].add(amount)
    return apart


def _states(rows: Sequence[_StateRow], since: datetime) -> States:
    past = [row.state for row in rows if row.moment <= since]
    yield since, past[-1] if past else None
    for row in rows:
        if row.moment > since:
            yield row.moment, row.state


def _by_entity(
    known: KnownRows, kinds: Mapping[int, str], parts: Sequence[str]
) -> dict[Any, list[_StateRow]]:
    """Fetch the rows of each entity, in their order."""
    found = collected(known.numbered(with_ends=False))
    names = found["named"].to_list() if "named" in found.columns else [""] * len(found)
    columns = (found[name].to_list() for name in ("entity", "place", "moment", "code", "is_in"))
    entities: dict[Any, list[_StateRow]] = {}
    for entity, place, micros, code, is_in, worth, name in zip(
        *columns, monies(found, "money", parts), names, strict=True
    ):
        kind, moment = kinds[int(code)], EPOCH + MICROSECOND * int(micros)
        is_open = kind == StageKind.OPEN
        state = DealState(
            entity,
            kind,
            is_open and bool(is_in),
            worth,
            is_closed=not is_open,
            closed_on=None if is_open else moment.date(),
        )
        entities.setdefault(entity, []).append(_StateRow(int(place), moment, state, name))
    for rows in entities.values():
        rows.sort(key=lambda row: row.place)
    return entities
