"""The leads of each source, counted by how far they came with their deals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from ..errors import InvalidValue, Text, WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period
from ..values.converters import maybe, one
from .funnel import Funnel, funnel
from .grouping import Known
from .nouns import deals_of, leads_of

_NO_STEP = Text("no_step_of_source", "{field} is not a step of these leads", "{steps}")
FIT, MET = "qualified", "meeting"
Counts = dict[str, Any]


def counted_sources(
    leads: Iterable[Lead],
    deals: Iterable[Opportunity],
    *,
    at: datetime,
    entered: Period | None,
    within: timedelta | None,
    fit: str,
    met: str,
    group: str | Rule | None,
    known: Known | str,
    calendar: Calendar | None,
) -> dict[str | None, Counts]:
    """Count the leads of each group: all, those that fit, met and bought, and the undecided."""
    people, theirs = tuple(leads_of(leads)), tuple(deals_of(deals, "deals"))
    maybe(timedelta, within, "within")
    if group is None:
        raise WrongKind.of("group", group, wanted="a fact by its path, a rule, or a period")

    def counted(window: timedelta | None) -> Funnel:
        return funnel(
            people,
            opportunities=theirs,
            at=at,
            entered=entered,
            within=window,
            group=group,
            known=known,
            calendar=calendar,
        )

    whole = counted(None)
    steps = [step.stage for step in whole.steps]
    for field, stage, usual in (("fit", fit, FIT), ("met", met, MET)):
        if one(str, stage, field) not in (*steps, usual) and steps:
            raise InvalidValue(field, _NO_STEP, {"steps": ", ".join(steps)})
    old = whole if within is None else counted(within)
    return {
        name: _counts(part, old.groups.get(name), fit, met, has_deals=bool(theirs), aged=within)
        for name, part in whole.groups.items()
        if part.counted
    }


def _counts(
    part: Funnel,
    old: Funnel | None,
    fit: str,
    met: str,
    *,
    has_deals: bool,
    aged: timedelta | None,
) -> Counts:
    """Read off a funnel how many fit, met and bought; with a time, of those old enough."""
    seen = part if old is None else old
    # In a window more may have entered, on a day that no one told: then the count is not known.
    entered = {step.stage: None if step.perhaps else step.entered for step in seen.steps}
    last = seen.steps[-1]
    customers = last.onward if has_deals else 0
    open_now = sum(step.still for step in part.steps) + last.onward - customers
    return {
        "leads": part.counted,
        "fit": entered.get(fit),
        "met": entered.get(met),
        "customers": customers,
        "undecided": open_now if aged is None else last.perhaps,
        "too_young": part.counted - seen.counted,
    }
