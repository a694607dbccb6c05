"""What a lead adds to the verdicts of its pipeline: is the assessment good enough, and the like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from ..errors import Objection, Refusal, Text
from ..pipeline.permit import Permit
from ..qualification.assessment import Assessment, Verdict
from ..values import gates
from ..values.answer import Answer
from ..values.instants import instant


class Assessed(Protocol):
    """What a verdict wants to know of a lead."""

    @property
    def id(self) -> str:
        """Which lead it is."""
        ...

    @property
    def version(self) -> int:
        """How many events lie behind it."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...

    @property
    def account_id(self) -> str:
        """Which account it became; empty until then."""
        ...

    @property
    def opportunity_id(self) -> str:
        """Which opportunity it became; empty until then."""
        ...

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What it has answered."""
        ...


def objections_to(
    assessment: Assessment | None, *, lead: Assessed, at: datetime
) -> tuple[Objection, ...]:
    """
    List what speaks against qualifying a lead by an assessment; nothing means that it may be.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> print(*objections_to(None, lead=lead, at=monday))
    the lead has not been assessed
    """
    assessed = gates.maybe(Assessment, assessment, "assessment")
    if assessed is None:
        remedy = "assess the lead by a policy and pass the assessment"
        return (Text("not_assessed", "the lead has not been assessed", remedy).objection(),)
    found: list[Objection] = []
    taken = instant(assessed.at)
    if assessed.lead_id not in {"", lead.id}:
        message = "the assessment is of another lead"
        found.append(Text("other_lead", message, "assess this lead").objection())
    elif assessed.lead_version not in {None, lead.version}:
        message = "the lead has moved on since it was assessed"
        found.append(Text("stale_assessment", message, "assess the lead again").objection())
    if any(a.expires and taken < a.expires <= at for a in lead.answers.values()):
        message = "an answer has expired since the lead was assessed"
        found.append(Text("stale_answers", message, "ask and assess again").objection())
    if taken > at:
        message = "the assessment lies in the future"
        found.append(Text("future_assessment", message, "assess the lead as of now").objection())
    if assessed.verdict is not Verdict.QUALIFIED:
        message = f"{assessed.policy} says {assessed.summary}"
        remedy = " ".join(f"ask: {question}" for question in assessed.next_questions[:1])
        found.append(Text("not_qualified", message, remedy).objection())
    return tuple(found)


def in_full(
    verdict: Permit | Refusal, assessment: Assessment | None, *, lead: Assessed, at: datetime
) -> Permit | Refusal:
    """Add what only the lead knows to what its pipeline says about one of its verbs."""
    if isinstance(verdict, Refusal) and verdict.code in (
        "not_from_here",
        "unknown_trigger",
        "unknown_stage",
        "too_early",
    ):
        return _converted(lead) if verdict.trigger == "convert" and lead.account_id else verdict
    if verdict.trigger != "qualify":
        return verdict
    found = objections_to(assessment, lead=lead, at=instant(at))
    if isinstance(verdict, Refusal):
        return Refusal("qualify", lead.stage, (*verdict.objections, *found))
    return Refusal("qualify", lead.stage, tuple(found)) if found else verdict


def _converted(lead: Assessed) -> Refusal:
    """Say into what a lead was converted."""
    links = (("account_id", lead.account_id), ("opportunity_id", lead.opportunity_id))
    deal = f" and opportunity {lead.opportunity_id}" if lead.opportunity_id else ""
    done = Text("converted", "it is already account {account_id}" + deal).objection(**dict(links))
    return Refusal("convert", lead.stage, (done,))
