"""The lead: a bare contact who hardly knows you, and everything that was learnt since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self, get_args

import attrs

from ..activities.consent_register import ConsentRegister
from ..activities.engagement import Engagement
from ..activities.logging import logged
from ..activities.owners import assigned
from ..activities.steps import Steps
from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..history.timeline import apply, follow, replay
from ..history.versions import events_since
from ..pipeline.codes import must_be_listed
from ..pipeline.moving import MoveTaken
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.standard import LEAD_PIPELINE
from ..pipeline.stage import StageKind
from ..pipeline.targets import towards
from ..pipeline.verdicts import Permit, Way, granted
from ..qualification.assessment import Assessment
from ..qualification.events import answers_given
from ..qualification.policy import Policy
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import moment_of
from ..values.person import Person
from ..values.source import Source
from .amended import LeadAmended
from .captured import LeadCaptured
from .deciding import assessed_by, decided, ways_of
from .events import LeadEvent
from .identity import content_id, reached_by
from .moved import LeadMoved
from .offers import HandOff
from .qualified import LeadDisqualified, LeadQualified

_UNREACHABLE = Text(
    "unreachable_lead",
    "{field} has nothing that tells who it is",
    "a person, a company, or a contact point",
)
_NOT_LOST = Text(
    "does_not_disqualify", "{field} does not lead to a lost stage", "disqualify, or one of your own"
)
_WAITS_NOT = Text("nothing_waits", "{field} is given for a move that waits for nothing", "None")


@attrs.frozen(kw_only=True)
class Lead:
    """
    A contact on the way to an opportunity. Every verb returns a new lead; the old one still stands.

    Each verb raises `MoveRefused` with every reason where it is refused; a time before the last
    event is one of them (``too_early``).

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", source=Source.EXHIBITION, at=monday)
    >>> lead.log("call", inbound=True, at=monday).stage, lead.stage
    ('contacted', 'new')
    """

    event_types: ClassVar[tuple[type[Any], ...]] = get_args(LeadEvent)

    id: str
    person: Person | None
    role: str = ""
    company: Company | None
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, AnswerValue]
    pipeline: Pipeline
    stage: str
    last_open_stage: str = attrs.field(repr=False)
    stage_since: datetime
    owner: str = ""
    team: str = ""
    engagement: Engagement = Engagement()
    steps: Steps = Steps()
    consent: ConsentRegister = ConsentRegister()
    answers: FrozenMap[str, Answer] = attrs.field(default=FrozenMap[str, Answer]())
    nurture_until: datetime | None = None
    nurtured_from: str = ""
    rejection: str | None = None
    hand_off: HandOff | None = None
    account_id: str = ""
    opportunity_id: str = ""
    contact_id: str = ""
    merged_into: str = ""
    timeline: tuple[LeadEvent, ...] = attrs.field(repr=False)
    _follows: bool = attrs.field(default=False, init=False, repr=False, eq=False)

    @classmethod
    def capture(
        cls,
        *,
        at: datetime,
        person: Person | str = "",
        role: str = "",
        company: Company | str = "",
        email: str = "",
        phone: str = "",
        mobile: str = "",
        contact_points: Iterable[ContactPoint] = (),
        source: Source | str = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, AnswerValue] | None = None,
        id: str = "",
        pipeline: Pipeline = LEAD_PIPELINE,
        stage: str = "",
        owner: str = "",
        team: str = "",
        by: str = "",
    ) -> Self:
        """
        Take in a lead. Without an ``id`` it gets one derived from its content, the same each time.

        With an ``id`` no more need be known. The ``role`` is the part that the person plays, be it
        adviser or user. A lead from elsewhere may begin in another ``stage`` than the first. Raises
        `InvalidValue` when nothing tells who it is, and `MoveRefused` when the stage asks for what
        is not met.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
        >>> first = Lead.capture(company="Novin Tejarat Ltd", at=monday)
        >>> Lead.capture(company="NOVIN TEJARAT", at=friday).id == first.id
        True
        """
        who = Person(person) if person and isinstance(person, str) else person or None
        firm = Company(company) if company and isinstance(company, str) else company or None
        who = converters.person(who)
        points = reached_by(email, phone, mobile, contact_points)
        if not (who or firm or points or id):
            raise InvalidValue("lead", _UNREACHABLE)
        captured = LeadCaptured(
            at=at,
            by=by,
            id=id or content_id(who, converters.company(firm), points),
            person=who,
            role=role,
            company=firm,
            contact_points=points,
            source=source,
            source_words=source_words,
            details=details or {},
            pipeline=pipeline,
            to_stage=stage or converters.one(Pipeline, pipeline, "pipeline").initial.name,
            owner=owner,
            team=team,
        )
        _must_be_role(captured.role, pipeline, verb="capture", stage=captured.to_stage)
        lead = cls.replay([captured])
        if objections := pipeline.entry_objections(lead.stage, lead, at=captured.at):
            raise MoveRefused(Refusal("capture", lead.stage, objections))
        return lead

    @classmethod
    def replay(cls, history: Iterable[LeadEvent], /) -> Self:
        """
        Rebuild a lead from its events. Raises `InvalidHistory` when they tell no possible story.

        >>> from datetime import UTC, datetime
        >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> Lead.replay(lead.timeline) == lead
        True
        """
        return replay(cls, history)

    def __str__(self) -> str:
        """
        Say which lead it is, and where it stands; nothing personal.

        >>> from datetime import UTC, datetime
        >>> print(Lead.capture(id="7", person="Sara Ahmadi", at=datetime(2026, 3, 2, tzinfo=UTC)))
        lead 7: New
        """
        return f"lead {self.id}: {self.pipeline.labels['to_stage'].get(self.stage, self.stage)}"

    @property
    def version(self) -> int:
        """How many events lie behind this lead; it grows with every verb."""
        return len(self.timeline)

    @property
    def roles(self) -> frozenset[str]:
        """The role of its person, if it is known, for the gates of stages."""
        return frozenset([self.role] if self.role else [])

    def events_since(self, version: int) -> tuple[LeadEvent, ...]:
        """
        List what has happened since a version that you have read.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> [event.trigger for event in lead.nurture(at=monday).events_since(lead.version)]
        ['nurture']
        """
        return events_since(self, version)

    def log(
        self,
        kind: str,
        *,
        at: datetime,
        when: datetime | None = None,
        inbound: bool | None = None,
        reached: bool | None = None,
        outcome: str = "",
        person: str = "",
        campaign: str = "",
        done: str = "",
        note: str = "",
        id: str = "",
        by: str = "",
    ) -> Self:
        """
        Record a call, an e-mail, a visit or the like. Contact moves a new lead to *contacted*.

        It is a contact if it reached them, or if they came to us; else it is an attempt, which is
        recorded and moves nothing. A lead that has an activity of the same ``id`` stays as it is.

        Args:
            kind: a code, such as call, email, sms, fax, meeting or visit.
            at: when it is entered, and when the stage changes.
            when: when it happened, if that was earlier.
            inbound: whether they came to us; ``None`` is not known.
            reached: whether they were really spoken with; ``None`` is not known.
            outcome: a code of yours, such as no_answer.
            person: who of them it was.
            campaign: of which campaign it was part; what we send to many is an attempt.
            done: the id of the step that is done with it.
            note: what was said.
            id: the id of the activity; derived from its kind and its place, unless given.
            by: who of us it was.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> lead.log("call", reached=False, at=monday).log("call", reached=True, at=monday).stage
        'contacted'
        """
        lead = logged(
            self,
            kind,
            at=at,
            when=when,
            inbound=inbound,
            reached=reached,
            outcome=outcome,
            person=person,
            campaign=campaign,
            done=done,
            note=note,
            id=id,
            by=by,
        )
        if lead.engagement.times_in_contact == self.engagement.times_in_contact:
            return lead
        if not self.pipeline.leads_out(self.stage, "contact"):
            return lead
        permit = lead.decide("contact", at=at)
        return lead.move("contact", at=at, by=by) if permit else lead

    def assign(
        self, owner: str, *, at: datetime, team: str = "", note: str = "", by: str = ""
    ) -> Self:
        """
        Give the lead to an owner, to a team, or to both.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).assign("Ani", at=monday).owner
        'Ani'
        """
        return assigned(self, owner, team=team, note=note, at=at, by=by)

    def answer(
        self,
        question: str | Mapping[str, Answer | AnswerValue],
        value: Answer | AnswerValue = None,
        *,
        at: datetime,
        when: datetime | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Record what was said about need, budget, timing, authority, or a question of your own.

        Several questions are answered at once by a mapping. ``when`` is when it was said, if that
        was before ``at``; the answer that was said last stands.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> lead = lead.answer("need", True, at=monday)
        >>> lead = lead.answer({"budget": True, "timing": "by June"}, at=monday)
        >>> [(question, said.value) for question, said in lead.answers.items()]
        [('need', True), ('budget', True), ('timing', 'by June')]
        """
        lead = self
        for event in answers_given(question, value, at=at, when=when, note=note, by=by):
            lead = apply(lead, event, verb="answer")
        return lead

    def amend(self, *, at: datetime, by: str = "", **amended: Any) -> Self:  # noqa: ANN401 - a field each
        """
        Complete or correct what is known: person, role, company, contact points, source or details.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> str(lead.amend(person=Person("Sara Ahmadi"), at=monday).person)
        'Sara Ahmadi'
        """
        event = LeadAmended(at=at, by=by, amended=amended)
        if "role" in amended:
            _must_be_role(event.amended["role"], self.pipeline, verb="amend", stage=self.stage)
        return apply(self, event, verb="amend")

    def decide(
        self,
        trigger: str,
        *,
        at: datetime,
        reason: str = "",
        note: str = "",
        assessment: Assessment | None = None,
        account: str = "",
    ) -> Permit | Refusal:
        """
        Judge one move: a permit, or a refusal with every reason. Nothing is changed.

        What the move needs is given with it: a reason for losing, with a note if it wants one, an
        assessment for qualifying, an account for converting.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> print(lead.decide("convert", at=monday))
        cannot convert: the stage is new (convert is possible from qualified)
        >>> if lead.decide("nurture", at=monday):
        ...     print("it can wait")
        it can wait
        """
        return decided(
            self,
            trigger,
            at=at,
            reason=reason,
            note=note,
            assessment=assessment,
            account=account,
        )

    def ways(self, *, at: datetime) -> tuple[Way, ...]:
        """
        List the moves out of the stage, by destination: which are open, and what each needs.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> [(way.destination.name, *way.needs) for way in lead.ways(at=monday) if way]
        [('contacted',), ('nurturing',), ('qualified', 'assessment'), ('disqualified', 'reason')]
        """
        return ways_of(self, at=at)

    def move(
        self,
        trigger: str = "",
        *,
        to: str = "",
        at: datetime,
        reason: str = "",
        until: date | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Make a move, by its trigger, or by the stage that it leads ``to``, as a board does.

        A move into a lost stage needs a ``reason``. To qualify and to convert a lead there are
        `qualify` and `plan_conversion`, since these need more.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> lead.move(to="disqualified", reason="no_need", at=monday).rejection
        'no_need'
        """
        if to or not trigger:
            trigger = towards(trigger, to, stage=self.stage, ways=self.ways(at=at))
        permit = granted(self.decide(trigger, at=at, reason=reason, note=note))
        lost = permit.enters and not permit.destination.is_open
        if until is not None and (lost or not permit.enters):
            raise InvalidValue("until", _WAITS_NOT)
        event: LeadEvent
        if lost:
            event = LeadDisqualified(at=at, by=by, **permit.way, reason=reason, note=note)
        elif permit.enters:
            end = None if until is None else moment_of(until, at=at, what="until")
            event = LeadMoved(at=at, by=by, **permit.way, until=end, reason=reason, note=note)
        else:
            event = MoveTaken(at=at, by=by, **permit.way, reason=reason, note=note)
        return follow(self, event)

    def qualify(self, judge: Policy | Assessment, *, at: datetime, by: str = "") -> Self:
        """
        Qualify the lead by a policy, or by an assessment. Raises `MoveRefused` unless it says yes.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).qualify(BANT, at=monday)
        Traceback (most recent call last):
        salesfunnel.errors.MoveRefused: cannot qualify: BANT says undecided: ...
        """
        assessment = assessed_by(judge, self, at=at)
        permit = granted(self.decide("qualify", at=at, assessment=assessment))
        event = LeadQualified(
            at=at,
            by=by,
            **permit.way,
            policy=assessment.policy,
            policy_version=assessment.version,
            floor=assessment.floor,
            ceiling=assessment.ceiling,
        )
        return follow(self, event)

    def nurture(
        self, *, at: datetime, until: date | None = None, note: str = "", by: str = ""
    ) -> Self:
        """
        Keep the lead warm until a later day or moment: the answer is *not now* rather than *no*.

        A day begins at midnight where ``at`` was taken.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).nurture(at=monday).stage
        'nurturing'
        """
        return self.move("nurture", at=at, until=until, note=note, by=by)

    def disqualify(
        self,
        reason: str,
        *,
        at: datetime,
        trigger: str = "disqualify",
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Give the lead up, with the reason that marketing learns from.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).disqualify("no_need", at=monday).stage
        'disqualified'
        """
        permit = self.decide(trigger, at=at, reason=reason, note=note)
        if permit and not (permit.enters and permit.destination.kind is StageKind.LOST):
            raise InvalidValue("trigger", _NOT_LOST)
        return self.move(trigger, at=at, reason=reason, note=note, by=by)

    def reopen(self, *, at: datetime, note: str = "", by: str = "") -> Self:
        """
        Take a disqualified lead up again where it was. The rejection stays on the timeline.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday).log("visit", at=monday)
        >>> lead.disqualify("no_budget", at=monday).reopen(at=monday).stage
        'contacted'
        """
        return self.move("reopen", at=at, note=note, by=by)


def _must_be_role(role: str, pipeline: Pipeline, *, verb: str, stage: str) -> None:
    """Refuse a role that the pipeline does not have; it may be blank."""
    if role:
        place = f"the roles of {pipeline.name}"
        must_be_listed(role, pipeline.roles, field="role", place=place, verb=verb, stage=stage)
