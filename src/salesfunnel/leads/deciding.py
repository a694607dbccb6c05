"""What a lead adds to the verdicts of its pipeline: the assessment, and how it is converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

import attrs

from ..errors import Objection, Refusal, Text, WrongKind
from ..history.event import Chronicled
from ..history.timeline import standing_in_the_way
from ..pipeline.judging import lacks
from ..pipeline.pipeline import Pipeline
from ..pipeline.refusals import as_text, needed
from ..pipeline.stage import StageKind
from ..pipeline.verdicts import Permit, Way
from ..pipeline.ways_of_nouns import ways_from_here
from ..qualification.assessment import Assessment, Verdict
from ..qualification.policy import Policy
from ..values import converters
from ..values.answer import Answer
from ..values.instants import instant
from .judging import judged

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
_UNDECIDED = Text("policy_undecided", "{policy} says {summary}", "look at what it found")
_DISQUALIFIED = Text("policy_says_no", "{policy} says {summary}", "nurture or disqualify it")
_CONVERTED = Text("converted", "it is already {became}")
_CANNOT_BE_WON = Text(
    "cannot_be_won", "a lead is not won by a move", "convert it, and win the opportunity"
)
_ENTERS_NOTHING = Text(
    "enters_nothing", "{trigger} leads into no stage", "let the move lead into a stage"
)

# What a lead needs for these moves, whether or not its pipeline says so.
_NEEDS = {"qualify": "assessment", "convert": "account"}


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
    return judged(lead, judge, at=at)


def decided(
    lead: Assessed,
    trigger: str,
    *,
    at: datetime,
    reason: str = "",
    note: str = "",
    assessment: Assessment | None = None,
    account: str = "",
) -> Permit | Refusal:
    """Judge one move of a lead: what its pipeline says, and what only the lead knows."""
    moment = instant(at)
    converters.maybe(Assessment, assessment, "assessment")
    if objection := standing_in_the_way(lead, at=moment):
        return Refusal(as_text(trigger), lead.stage, (objection,))
    given = {"reason": reason, "note": note, "assessment": assessment, "account": account}
    verdict = lead.pipeline.decide(lead.stage, trigger, lead, at=moment, **given)
    if isinstance(verdict, Refusal) and verdict.code in _NO_WAY:
        is_done = verdict.trigger == "convert" and (lead.account_id or lead.opportunity_id)
        return _converted(lead) if is_done else verdict
    found: tuple[Objection, ...]
    if isinstance(verdict, Refusal):
        found = verdict.objections
    else:
        found = tuple(_own_objections(verdict))
        need = _NEEDS.get(verdict.trigger, "")
        if need and lacks(given, need):
            found = (*found, needed(need, trigger=verdict.trigger))
    if verdict.trigger == "qualify" and assessment is not None:
        found = (*found, *objections_to(assessment, lead=lead, at=moment))
    return Refusal(verdict.trigger, lead.stage, found) if found else verdict


def ways_of(lead: Assessed, *, at: datetime) -> tuple[Way, ...]:
    """List the moves out of the stage of a lead, each judged as if its needs were given."""
    return tuple(map(_way_of_a_lead, ways_from_here(lead, at=at)))


def _way_of_a_lead(way: Way) -> Way:
    """Add to a way what the lead has against it, and what the lead needs for it."""
    if isinstance(way.verdict, Permit) and (found := tuple(_own_objections(way.verdict))):
        refusal = Refusal(way.trigger, way.verdict.source.name, found)
        return attrs.evolve(way, verdict=refusal, needs=())
    need = _NEEDS.get(way.trigger, "")
    return attrs.evolve(way, needs=(*way.needs, need)) if need not in ("", *way.needs) else way


def _own_objections(permit: Permit) -> Iterator[Objection]:
    """List what a lead has against a move that its pipeline permits."""
    if permit.enters and permit.destination.kind is StageKind.WON and permit.trigger != "convert":
        yield _CANNOT_BE_WON.objection()
    if not permit.enters and permit.trigger in _NEEDS:
        yield _ENTERS_NOTHING.objection(trigger=permit.trigger)


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
        if assessment.verdict is Verdict.DISQUALIFIED:
            yield _DISQUALIFIED.objection(**said)
        elif assessment.next_questions:
            yield _NOT_QUALIFIED.objection(**said, question=str(assessment.next_questions[0]))
        else:
            yield _UNDECIDED.objection(**said)


def _converted(lead: Assessed) -> Refusal:
    """Say into what a lead was converted."""
    links = {"account": lead.account_id, "opportunity": lead.opportunity_id}
    became = " and ".join(f"{noun} {link}" for noun, link in links.items() if link)
    ids = {"account_id": lead.account_id, "opportunity_id": lead.opportunity_id}
    return Refusal("convert", lead.stage, (_CONVERTED.objection(became=became, **ids),))
