"""What a lead adds to the verdicts of its pipeline: the assessment, and how it is converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

import attrs

from ..errors import Objection, Refusal, Text, WrongKind
from ..history.timeline import Chronicled, standing_in_the_way
from ..pipeline.judging import Permit, Way, needed
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment, Verdict
from ..qualification.policy import Policy
from ..values.answer import Answer
from ..values.instants import instant

# What a pipeline says before any guard is asked; then nothing else matters.
_NO_WAY = frozenset({"not_from_here", "unknown_trigger", "unknown_stage", "too_early"})

_OTHER_LEAD = Text("other_lead", "the assessment is of another lead", "assess this lead")
_STALE_ASSESSMENT = Text(
    "stale_assessment", "the lead has changed since it was assessed", "assess it again"
)
_STALE_ANSWERS = Text(
    "stale_answers", "an answer has expired since the lead was assessed", "ask and assess again"
)
_FUTURE_ASSESSMENT = Text(
    "future_assessment", "the assessment lies in the future", "assess the lead as of now"
)
_NOT_QUALIFIED = Text("not_qualified", "{policy} says {summary}", "ask: {question}")
_DISQUALIFIED = Text("policy_says_no", "{policy} says {summary}", "nurture or disqualify it")
_CONVERTED = Text("converted", "it is already account {account_id}{opportunity}")
_CANNOT_BE_WON = Text(
    "cannot_be_won", "a lead is not won by a move", "convert it, and win the opportunity"
)


class Assessed(Chronicled, Protocol):
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
    def pipeline(self) -> Pipeline:
        """The stages it may enter."""
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


def assessed_by(judge: Policy | Assessment, lead: object, *, at: datetime) -> Assessment:
    """
    Return an assessment: the one that is given, or that of the policy that is given.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> assessed_by(BANT, lead, at=monday).verdict.value
    'undecided'
    """
    if isinstance(judge, Assessment):
        return judge
    if not callable(getattr(judge, "assess", None)):
        raise WrongKind.of("qualify", judge, wanted="a policy, such as BANT, or an assessment")
    from .judging import judged  # noqa: PLC0415 - it knows the class Lead

    return judged(lead, judge, at=at)


def decided(
    lead: Assessed,
    trigger: str,
    *,
    at: datetime,
    reason: str = "",
    assessment: Assessment | None = None,
    account: str = "",
) -> Permit | Refusal:
    """Judge one move of a lead: what its pipeline says, and what only the lead knows."""
    moment = instant(at)
    if objection := standing_in_the_way(lead, at=moment):
        return Refusal(str(trigger), lead.stage, (objection,))
    verdict = lead.pipeline.decide(
        lead.stage, trigger, lead, at=moment, reason=reason, assessment=assessment, account=account
    )
    if isinstance(verdict, Refusal) and verdict.code in _NO_WAY:
        return _converted(lead) if verdict.trigger == "convert" and lead.account_id else verdict
    found = tuple(_objections(verdict, assessment, lead, moment))
    if isinstance(verdict, Refusal):
        found = (*verdict.objections, *found)
    return Refusal(verdict.trigger, lead.stage, found) if found else verdict


def ways_of(lead: Assessed, *, at: datetime) -> tuple[Way, ...]:
    """List the moves out of the stage of a lead, each judged as if its needs were given."""
    moment = instant(at)
    if objection := standing_in_the_way(lead, at=moment):
        return tuple(
            attrs.evolve(way, verdict=Refusal(way.trigger, lead.stage, (objection,)))
            for way in lead.pipeline.ways(lead.stage, lead, at=moment)
        )
    return tuple(
        attrs.evolve(
            way, verdict=Refusal(way.trigger, lead.stage, (_CANNOT_BE_WON.objection(),)), needs=()
        )
        if _wins(way.trigger, way.destination.kind)
        else way
        for way in lead.pipeline.ways(lead.stage, lead, at=moment)
    )


def _objections(
    verdict: Permit | Refusal, assessment: Assessment | None, lead: Assessed, at: datetime
) -> Iterator[Objection]:
    if isinstance(verdict, Permit) and _wins(verdict.trigger, verdict.destination.kind):
        yield _CANNOT_BE_WON.objection()
    if verdict.trigger == "qualify":
        if assessment is not None:
            yield from objections_to(assessment, lead=lead, at=at)
        elif isinstance(verdict, Permit):
            yield needed("assessment", trigger="qualify")


def objections_to(assessment: Assessment, *, lead: Assessed, at: datetime) -> Iterator[Objection]:
    """
    List what speaks against qualifying a lead by an assessment; nothing means that it may be.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> said = BANT.assess(lead, at=monday)
    >>> print(next(objections_to(said, lead=lead.log("call", at=monday), at=monday)))
    the lead has changed since it was assessed
    """
    taken = instant(assessment.at)
    if assessment.lead_id not in {"", lead.id}:
        yield _OTHER_LEAD.objection()
    elif assessment.lead_version not in {None, lead.version}:
        yield _STALE_ASSESSMENT.objection()
    if any(a.expires and taken < a.expires <= at for a in lead.answers.values()):
        yield _STALE_ANSWERS.objection()
    if taken > at:
        yield _FUTURE_ASSESSMENT.objection()
    if assessment.verdict is not Verdict.QUALIFIED:
        said = {"policy": assessment.policy, "summary": assessment.summary}
        if assessment.next_questions:
            yield _NOT_QUALIFIED.objection(**said, question=str(assessment.next_questions[0]))
        else:
            yield _DISQUALIFIED.objection(**said)


def _wins(trigger: str, kind: StageKind) -> bool:
    """Tell whether a move would win a lead, which only its conversion does."""
    return kind is StageKind.WON and trigger != "convert"


def _converted(lead: Assessed) -> Refusal:
    """Say into what a lead was converted."""
    deal = f" and opportunity {lead.opportunity_id}" if lead.opportunity_id else ""
    done = _CONVERTED.objection(account_id=lead.account_id, opportunity=deal)
    return Refusal("convert", lead.stage, (done,))
