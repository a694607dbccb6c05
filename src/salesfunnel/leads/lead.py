"""The lead: a bare contact who hardly knows you, and everything that was learnt since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

import attrs

from ..errors import InvalidValue, Refusal
from ..history.timeline import Event, apply, replay
from ..pipeline.permit import Permit, granted
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets import LEAD_PIPELINE
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment
from ..qualification.events import QuestionAnswered
from ..values import gates
from ..values.answer import Answer, AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.source import Source
from . import events
from .identity import content_id, reached_by
from .moving import moved
from .qualifying import in_full
from .reasons import DisqualificationReason
from .story import STORY


@attrs.frozen(kw_only=True)
class Lead:
    """
    A contact on the way to an opportunity. Every verb returns a new lead; the old one still stands.

    A time before the last event is refused: by `MoveRefused` with the code ``too_early`` where the
    pipeline is asked, as `explain` says, and by `InvalidValue` where something is only recorded.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(person="Sara Ahmadi", source=Source.EXHIBITION, at=monday)
    >>> lead.touch("phone", at=monday).stage, lead.stage
    ('contacted', 'new')
    """

    story: ClassVar[tuple[type[Event], ...]] = STORY

    id: str
    person: Person | None
    company: Company | None
    contact_points: tuple[ContactPoint, ...]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, str]
    pipeline: Pipeline
    stage: str
    last_open_stage: str = attrs.field(repr=False)
    answers: FrozenMap[str, Answer] = attrs.field(default=FrozenMap[str, Answer]())
    nurture_until: datetime | None = None
    rejection: DisqualificationReason | None = None
    account_id: str = ""
    opportunity_id: str = ""
    contact_id: str = ""
    timeline: tuple[Event, ...] = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a lead that nobody could ever reach."""
        if not (self.person or self.company or self.contact_points):
            raise InvalidValue("lead", "names nobody", "a person, a company, or a contact point")

    @classmethod
    def capture(
        cls,
        *,
        at: datetime,
        person: Person | str = "",
        company: Company | str = "",
        email: str = "",
        phone: str = "",
        contact_points: Iterable[ContactPoint] = (),
        source: Source | str = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, str] | None = None,
        id: str = "",
        pipeline: Pipeline = LEAD_PIPELINE,
        stage: str = "",
        by: str = "",
    ) -> Self:
        """
        Take in a lead. Without an ``id`` it gets one derived from its content, the same each time.

        Raises `InvalidValue` when there is nobody to reach.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
        >>> first = Lead.capture(company="Novin Tejarat Ltd", at=monday)
        >>> Lead.capture(company="NOVIN TEJARAT", at=friday).id == first.id
        True
        """
        who = Person(person) if person and isinstance(person, str) else person or None
        firm = Company(company) if company and isinstance(company, str) else company or None
        points = reached_by(email, phone, contact_points)
        captured = events.LeadCaptured(
            at=at,
            by=by,
            id=id or content_id(gates.person(who), gates.company(firm), points),
            person=who,
            company=firm,
            contact_points=points,
            source=source,
            source_words=source_words,
            details=details or {},
            pipeline=pipeline,
            to_stage=stage or gates.one(Pipeline, pipeline, "pipeline").initial.name,
        )
        return cls.replay([captured])

    @classmethod
    def replay(cls, history: Iterable[Event], /) -> Self:
        """
        Rebuild a lead from its events. Raises `InvalidHistory` when they tell no possible story.

        >>> from datetime import UTC, datetime
        >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> Lead.replay(lead.timeline) == lead
        True
        """
        return replay(cls, events.LeadCaptured, history, story=cls.story)

    @property
    def version(self) -> int:
        """How many events lie behind this lead; it grows with every verb."""
        return len(self.timeline)

    def touch(self, channel: str, *, at: datetime, note: str = "", by: str = "") -> Self:
        """
        Record a conversation. A new or nurtured lead becomes contacted by it.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).touch("phone", at=monday).version
        3
        """
        touched = apply(self, events.LeadTouched(at=at, by=by, channel=channel, note=note))
        permit = touched.explain("contact", at=at)
        if isinstance(permit, Refusal) or not permit.destination.is_open:
            return touched
        return apply(touched, moved(permit, at=at, by=by))

    def answer(
        self,
        question: str,
        value: Answer | AnswerValue,
        *,
        at: datetime,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Record what was said about need, budget, timing, authority, or a question of your own.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday).answer("need", True, at=monday)
        >>> lead.answers["need"].value
        True
        """
        answer = value if isinstance(value, Answer) else Answer(value, note=note)
        return apply(self, QuestionAnswered(at=at, by=by, slot=question, answer=answer))

    def amend(self, *, at: datetime, by: str = "", **amended: Any) -> Self:  # noqa: ANN401 - a field each
        """
        Complete or correct what is known: person, company, contact points, source or details.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> str(lead.amend(person=Person("Sara Ahmadi"), at=monday).person)
        'Sara Ahmadi'
        """
        return apply(self, events.LeadAmended(at=at, by=by, amended=amended))

    def move(
        self,
        trigger: str,
        *,
        at: datetime,
        until: datetime | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Move to another open stage by a trigger of the pipeline, such as one of your own.

        A move that stays puts a `StageKept` on the timeline. To close: `disqualify` and the like.
        """
        permit = granted(self.explain(trigger, at=at))
        return apply(self, moved(permit, at=at, until=until, note=note, by=by))

    def qualify(self, assessment: Assessment, *, at: datetime, by: str = "") -> Self:
        """
        Qualify the lead by an assessment. Raises `MoveRefused` unless that says qualified.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> lead.qualify(BANT.assess(lead, at=monday), at=monday)
        Traceback (most recent call last):
        salesfunnel.errors.MoveRefused: cannot qualify from new: BANT says undecided: ...
        """
        permit = granted(self.explain("qualify", at=at, assessment=assessment))
        event = events.LeadQualified(
            at=at,
            by=by,
            **permit.way,
            policy=assessment.policy,
            policy_version=assessment.version,
            floor=assessment.floor,
            ceiling=assessment.ceiling,
        )
        return apply(self, event)

    def nurture(
        self, *, at: datetime, until: datetime | None = None, note: str = "", by: str = ""
    ) -> Self:
        """
        Keep the lead warm until a later date, because the answer is *not now* rather than *no*.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).nurture(at=monday).stage
        'nurturing'
        """
        return self.move("nurture", at=at, until=until, note=note, by=by)

    def disqualify(
        self,
        reason: DisqualificationReason | str,
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
        permit = granted(self.explain(trigger, at=at))
        if not permit.enters or permit.destination.kind is not StageKind.LOST:
            raise InvalidValue("trigger", "does not lead to a lost stage", "disqualify")
        event = events.LeadDisqualified(at=at, by=by, **permit.way, reason=reason, note=note)
        return apply(self, event)

    def reopen(self, *, at: datetime, note: str = "", by: str = "") -> Self:
        """
        Take a disqualified lead up again where it was. The rejection stays on the timeline.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday).touch("phone", at=monday)
        >>> lead.disqualify("no_budget", at=monday).reopen(at=monday).stage
        'contacted'
        """
        return self.move("reopen", at=at, note=note, by=by)

    def explain(
        self, trigger: str, *, at: datetime, assessment: Assessment | None = None
    ) -> Permit | Refusal:
        """
        Say whether a verb would be obeyed, and if not, why. Qualifying needs an assessment.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> print(Lead.capture(company="Novin Tejarat", at=monday).explain("convert", at=monday))
        cannot convert from new: convert is not open from new
        """
        verdict = self.pipeline.decide(self.stage, trigger, self, at=at)
        return in_full(verdict, assessment, lead=self, at=at)

    def allowed(self, *, at: datetime, assessment: Assessment | None = None) -> tuple[str, ...]:
        """
        List the triggers that would be obeyed now.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Lead.capture(company="Novin Tejarat", at=monday).allowed(at=monday)
        ('contact', 'nurture', 'disqualify')
        """
        return tuple(
            t for t in self.pipeline.triggers if self.explain(t, at=at, assessment=assessment)
        )
