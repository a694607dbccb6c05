"""Resuming a lead that was kept warm: it goes on where it was before."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from ..errors import MoveRefused, Refusal, Text, WrongKind
from ..history.event import Chronicled
from ..history.timeline import apply, standing_in_the_way
from ..pipeline.pipeline import Pipeline
from ..values.instants import instant
from .moved import LeadResumed

_NOT_NURTURED = Text("not_nurtured", "the lead is not being nurtured", "nurture it first")


class Nurtured(Chronicled, Protocol):
    """What resuming wants to know of a lead."""

    @property
    def pipeline(self) -> Pipeline:
        """The stages it may enter."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...

    @property
    def nurtured_from(self) -> str:
        """Where it stood before it was nurtured; empty where it is not."""
        ...


NurturedT = TypeVar("NurturedT", bound=Nurtured)


def resume(lead: NurturedT, *, at: datetime, note: str = "", by: str = "") -> NurturedT:
    """
    Take a lead up again where it was before it was nurtured, such as qualified.

    Raises `MoveRefused` for a lead that is not being nurtured, and where the stage asks for what is
    not met any more.

    Args:
        lead: a lead that is kept warm.
        at: when work on it goes on.
        note: why.
        by: who takes it up.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
    >>> resume(lead.nurture(at=monday), at=monday).stage
    'qualified'
    """
    given: object = lead
    if not isinstance(getattr(given, "nurtured_from", None), str):
        raise WrongKind.of("lead", given, wanted="Lead")
    moment, back = instant(at), lead.nurtured_from
    stage = lead.pipeline.find_stage(lead.stage)
    if objection := standing_in_the_way(lead, at=moment):
        raise MoveRefused(Refusal("resume", lead.stage, (objection,)))
    if not back or stage is None or not stage.is_open:
        raise MoveRefused(Refusal("resume", lead.stage, (_NOT_NURTURED.objection(),)))
    if objections := lead.pipeline.entry_objections(back, lead, at=moment):
        raise MoveRefused(Refusal("resume", lead.stage, objections))
    event = LeadResumed(at=at, by=by, from_stage=lead.stage, to_stage=back, note=note)
    return apply(lead, event, verb="resume")
