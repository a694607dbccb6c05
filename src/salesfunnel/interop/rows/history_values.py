"""The amounts and expected days that the lines of a stage history tell, as events of a deal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs

from ...errors import Text
from ...opportunities.opened import OpportunityOpened
from ...opportunities.opportunity import Opportunity
from ...opportunities.revised import AmountRevised, CloseDateMoved
from ..stage_lines import StageLine
from .file_contradiction import FileContradiction

_OTHER_AMOUNT = Text(
    "history_other_amount", "the amount of {of} is another than that with which its history ends"
)


def value_events(
    deal: Opportunity,
    began: OpportunityOpened,
    lines: Sequence[StageLine],
    closed: Callable[[datetime], bool],
) -> tuple[OpportunityOpened, list[AmountRevised | CloseDateMoved]]:
    """
    Give the beginning with what the first line tells, and an event for each other value.

    What the lines do not tell stays as the file of the deal has it, which has the last word. The
    day of a line that ``closed`` it is none that is expected.
    """
    ordered = sorted(lines, key=lambda line: line.entered)
    events: list[AmountRevised | CloseDateMoved] = []
    for field, make in (("amount", _revised), ("expected_close", _moved)):
        told = [line for line in ordered if getattr(line, field) is not None]
        if make is _moved:
            told = [line for line in told if not closed(line.entered)]
        if not told:
            continue
        first = told[0]
        is_first = first.entered.date() == began.at.date()
        value = getattr(first, field) if is_first else None
        first_told: Any = {field: value}
        began = attrs.evolve(began, **first_told)
        last = getattr(deal, field)
        ends = [] if last is None else [attrs.evolve(told[-1], by="", **{field: last})]
        for line in (*told, *ends):
            after = getattr(line, field)
            if after != value:
                events.append(make(line.entered, line.by, value, after))
                value = after
    return began, events


def against_values(deal: Opportunity, lines: Sequence[StageLine]) -> Iterator[FileContradiction]:
    """Say where the lines end with another amount than the deal has."""
    told = sorted((line for line in lines if line.amount is not None), key=lambda one: one.entered)
    if told and deal.amount not in (None, told[-1].amount):
        yield FileContradiction(_OTHER_AMOUNT, {"of": deal.id})


def _revised(at: datetime, by: str, before: Any, after: Any) -> AmountRevised:  # noqa: ANN401 - Money
    return AmountRevised(at=at, by=by, before=before, amount=after, agreed=False)


def _moved(at: datetime, by: str, before: Any, after: Any) -> CloseDateMoved:  # noqa: ANN401 - days
    return CloseDateMoved(at=at, by=by, before=before, expected_close=after)
