"""Steps that a lead can take on its walk, and the ways that lead to each of its stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from hypothesis.strategies import DrawFn

from ..conversion.planning import plan_conversion
from ..leads import handoff
from ..leads.lead import Lead
from ..leads.nurturing import resume
from ..qualification.frameworks import BANT
from . import _drawn as drawn
from .shared_steps import ANSWERING, MERGING, SHARED_STEPS, STAYING, NounStep


def _meet(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return lead.log("meeting", note=draw(drawn.notes), at=at)


def _amend(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return lead.amend(person=draw(drawn.people), details=draw(drawn.details), at=at)


def _nurture(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    until = at + draw(drawn.gaps) + timedelta(days=1)
    return lead.nurture(
        until=until if draw(drawn.booleans) else None, note=draw(drawn.notes), at=at
    )


def _nurture_and_resume(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return resume(_nurture(draw, lead, at), note=draw(drawn.notes), at=at + draw(drawn.gaps))


def _qualify(_draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=at)
    return lead.qualify(BANT, at=at)


def _convert(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return plan_conversion(_qualify(draw, lead, at)).apply(at=at).lead


def _convert_and_undo(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return plan_conversion(_qualify(draw, lead, at)).apply(at=at).undo(at=at).lead


def _offer(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=at)
    lead = handoff.offer(lead, BANT, by=draw(drawn.lines), at=at)
    answer = draw(drawn.hand_off_answers)
    if answer == "accept":
        return handoff.accept(lead, owner=draw(drawn.owners), note=draw(drawn.notes), at=at)
    if answer == "withdraw":
        return handoff.withdraw(lead, note=draw(drawn.notes), at=at)
    if answer == "wait":
        return lead
    until = at + draw(drawn.gaps) + timedelta(days=1) if draw(drawn.booleans) else None
    return handoff.decline(lead, "not_now", note=draw(drawn.notes), recycle_on=until, at=at)


def _disqualify(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    reason = draw(drawn.rejections)
    return lead.disqualify(reason, note=draw(drawn.why), at=at)


def _reopen(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.reopen(note=draw(drawn.notes), at=at)


LEAD_REMARKS: Mapping[str, NounStep] = MappingProxyType(
    {
        **{name: step for name, step in SHARED_STEPS.items() if name != "log"},  # contact moves it
        **ANSWERING,
        "amend": _amend,
    }
)
"""What leaves a lead in its stage."""

LEAD_STEPS: Mapping[str, NounStep] = MappingProxyType(
    {
        **LEAD_REMARKS,
        **SHARED_STEPS,
        **STAYING,
        **MERGING,
        "nurture": _nurture,
        "nurture and resume": _nurture_and_resume,
        "qualify": _qualify,
        "convert": _convert,
        "convert and undo": _convert_and_undo,
        "offer": _offer,
        "disqualify": _disqualify,
        "reopen": _reopen,
    }
)
"""All that can happen to a lead."""

LEAD_WAYS: Mapping[str, NounStep] = MappingProxyType(
    {
        "new": lambda _draw, lead, _at: lead,
        "contacted": _meet,
        "nurturing": _nurture,
        "qualified": _qualify,
        "converted": _convert,
        "disqualified": _disqualify,
    }
)
"""How a lead comes into each stage."""
