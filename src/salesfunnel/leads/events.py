"""What can happen to a lead. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from ..activities.consents import ConsentGiven, ConsentWithdrawn
from ..activities.engagement import Engagement
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned, owner_name, team_name
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..errors import InvalidHistory, InvalidValue, Text
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.event_fields import (
    by_field,
    note_field,
    reason_field,
    source_words_field,
)
from ..history.merged import MergedAway
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..history.sentences import AMENDED
from ..pipeline.moving import MOVED, MoveTaken, beginning, entering, must_begin_in
from ..pipeline.pipeline import Pipeline
from ..pipeline.transferring import PipelineChanged
from ..qualification.events import QuestionAnswered
from ..values import converters
from ..values.answer import AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source
from .identity import with_own
from .offers import LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn

Changes = Mapping[str, Any]

AMENDABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "person": converters.person,
        "role": converters.role_code,
        "company": converters.company,
        "contact_points": converters.points,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
    }
)
"""What may be corrected at any time, and the gate of each; all else has a verb of its own."""


_PASSED = Text("passed", "{field} has passed already", "a time after the move")
_CLOSED_LAST = Text("closed_last", "remembers a closed stage as the last open one")


def _pipeline(value: Pipeline) -> Pipeline:
    return converters.one(Pipeline, value, "pipeline")


def _floor(value: int) -> int:
    return converters.one(int, value, "floor")


def _ceiling(value: int) -> int:
    return converters.one(int, value, "ceiling")


def _stage_since(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="stage_since")


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, AMENDABLE, "amend")


_CAPTURED = Text("told_captured", "came in as a lead, source {source}")
_NURTURED = Text("told_nurtured", "moved from {from_stage} to {to_stage} until {until}")
_LEAD_RESUMED = Text("told_lead_resumed", "went on from {from_stage} to {to_stage}")
_QUALIFIED = Text(
    "told_qualified",
    "qualified by {policy} {policy_version}, and moved from {from_stage} to {to_stage}",
)
_DISQUALIFIED = Text("told_disqualified", "disqualified in {from_stage}: {reason}")
_CONVERTED = Text(
    "told_converted", "converted into account {account_id} and opportunity {opportunity_id}"
)
_CONVERTED_ALONE = Text("told_converted_alone", "converted into account {account_id}")
_RESTORED = Text("told_restored", "the conversion was undone: back from {from_stage} to {to_stage}")


@attrs.frozen(kw_only=True)
class LeadCaptured:
    """
    A lead arrived: who it is, and by which way. A lead from another system may arrive mid-life.

    >>> from salesfunnel.leads import Lead
    >>> from datetime import UTC, datetime
    >>> Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC)).timeline[
    ...     0
    ... ].to_stage
    'new'
    """

    sentence: ClassVar[Text] = _CAPTURED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    person: Person | None = attrs.field(default=None, converter=converters.person)
    company: Company | None = attrs.field(default=None, converter=converters.company)
    contact_points: tuple[ContactPoint, ...] = attrs.field(default=(), converter=converters.points)
    source: Source = attrs.field(converter=converters.source)
    source_words: str = source_words_field()
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](),
        converter=converters.details,
        metadata={"personal": True},
    )
    pipeline: Pipeline = attrs.field(converter=_pipeline)
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    owner: str = attrs.field(default="", converter=owner_name, metadata={"personal": False})
    team: str = attrs.field(default="", converter=team_name, metadata={"personal": False})
    role: str = attrs.field(
        default="", converter=converters.role_code, metadata={"personal": False}
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a stage that the pipeline does not have."""
        must_begin_in(self.pipeline, self.to_stage)

    def changes(self, _before: object, /) -> Changes:
        """Begin the lead with all that is known."""
        who, own = with_own(self.person)
        return {
            "id": self.id,
            "person": who,
            "role": self.role,
            "company": self.company,
            "contact_points": (*self.contact_points, *own),
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "owner": self.owner,
            "team": self.team,
            "engagement": Engagement(quiet_since=self.at),
            **beginning(self.pipeline, self.to_stage, at=self.at),
        }


@attrs.frozen(kw_only=True)
class LeadAmended:
    """
    What is known about the lead was completed or corrected; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> LeadAmended(at=datetime(2026, 3, 2, tzinfo=UTC), amended={"source": "web"}).amended
    FrozenMap({'source': …})
    """

    sentence: ClassVar[Text] = AMENDED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    amended: FrozenMap[str, Any] = attrs.field(
        converter=_amended, repr=False, metadata={"personal": True}
    )

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - a lead, or its draft
        """Put the new values in place."""
        who, own = with_own(self.amended.get("person"))
        if not own:
            return self.amended
        points = self.amended.get("contact_points", before.contact_points)
        return {**self.amended, "person": who, "contact_points": (*points, *own)}


@attrs.frozen(kw_only=True)
class LeadMoved:
    """
    The lead moved from one stage to another, for example into nurturing until a later date.

    >>> from datetime import UTC, datetime
    >>> moved = LeadMoved(
    ...     at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     trigger="nurture",
    ...     from_stage="new",
    ...     to_stage="nurturing",
    ... )
    >>> moved.to_stage
    'nurturing'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    until: datetime | None = attrs.field(default=None, converter=converters.until)
    reason: str = reason_field()
    note: str = note_field()

    def __attrs_post_init__(self) -> None:
        """Refuse to wait for a moment that has passed."""
        if self.until is not None and self.until <= self.at:
            raise InvalidValue("until", _PASSED)

    @property
    def sentence(self) -> Text:
        """How it is told: from where to where, and until when."""
        return MOVED if self.until is None else _NURTURED

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that can be nurtured
        """Enter the new stage; it is open, so nothing rejects the lead any more."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {
            **entered,
            "nurture_until": self.until,
            "nurtured_from": self._nurtured_from(before),
            "rejection": None,
        }

    def _nurtured_from(self, before: Any) -> str:  # noqa: ANN401 - see above
        """Remember where it stood before it was nurtured, also when it is so again or reopened."""
        known: str = before.nurtured_from
        is_back = before.rejection is not None and self.to_stage == before.last_open_stage
        if known and (is_back or self.to_stage == self.from_stage):
            return known
        return self.from_stage if self.trigger == "nurture" else ""


@attrs.frozen(kw_only=True)
class LeadResumed:
    """
    A lead that had been nurtured went on where it was before.

    >>> from datetime import UTC, datetime
    >>> way = {"from_stage": "nurturing", "to_stage": "qualified"}
    >>> LeadResumed(at=datetime(2026, 3, 2, tzinfo=UTC), **way).to_stage
    'qualified'
    """

    sentence: ClassVar[Text] = _LEAD_RESUMED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    note: str = note_field()

    def changes(self, before: object, /) -> Changes:
        """Enter the stage from before, and wait no longer."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "nurtured_from": ""}


@attrs.frozen(kw_only=True)
class LeadQualified:
    """
    A policy found the lead worth an offer; keeps which policy, and the score at the time.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> way = {"trigger": "qualify", "from_stage": "contacted", "to_stage": "qualified"}
    >>> said = {"policy": "BANT", "policy_version": "1", "floor": 80, "ceiling": 100}
    >>> LeadQualified(at=monday, **way, **said).floor
    80
    """

    sentence: ClassVar[Text] = _QUALIFIED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    policy: str = attrs.field(converter=converters.policy_name, metadata={"personal": False})
    policy_version: str = attrs.field(
        converter=converters.policy_version, metadata={"personal": False}
    )
    floor: int = attrs.field(converter=_floor)
    ceiling: int = attrs.field(converter=_ceiling)

    def changes(self, before: object, /) -> Changes:
        """Enter the new stage."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "nurtured_from": ""}


@attrs.frozen(kw_only=True)
class LeadDisqualified:
    """
    The lead was given up, with the reason that marketing learns from.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> way = {"trigger": "disqualify", "from_stage": "new", "to_stage": "disqualified"}
    >>> LeadDisqualified(at=monday, **way, reason="no_budget").reason
    'no_budget'
    """

    sentence: ClassVar[Text] = _DISQUALIFIED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    reason: str = attrs.field(converter=converters.required_reason, metadata={"personal": False})
    note: str = note_field()

    def changes(self, before: object, /) -> Changes:
        """Enter the lost stage and keep the reason."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "rejection": self.reason}


@attrs.frozen(kw_only=True)
class LeadConverted:
    """
    The lead became an account and an opportunity; keeps the links to both, and by which conversion.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    >>> LeadConverted(at=monday, **way, account_id="7", opportunity_id="8").account_id
    '7'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    account_id: str = attrs.field(converter=converters.account_id, metadata={"personal": False})
    opportunity_id: str = attrs.field(
        converter=converters.opportunity_id, metadata={"personal": False}
    )
    contact_id: str = attrs.field(
        default="", converter=converters.contact_id, repr=False, metadata={"personal": True}
    )
    conversion_id: str = attrs.field(
        default="", converter=converters.conversion_id, metadata={"personal": False}
    )

    @property
    def sentence(self) -> Text:
        """How it is told: into what it was converted."""
        return _CONVERTED if self.opportunity_id else _CONVERTED_ALONE

    def changes(self, before: object, /) -> Changes:
        """Enter the converted stage and keep the links."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "account_id": self.account_id,
            "opportunity_id": self.opportunity_id,
            "contact_id": self.contact_id,
        }


@attrs.frozen(kw_only=True)
class LeadRestored:
    """
    A conversion was undone: the lead stands where it stood; holds what it was before.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> way = {"from_stage": "converted", "to_stage": "qualified"}
    >>> LeadRestored(at=monday, **way, last_open_stage="qualified").to_stage
    'qualified'
    """

    sentence: ClassVar[Text] = _RESTORED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    last_open_stage: str = attrs.field(
        converter=converters.last_open_stage, metadata={"personal": False}
    )
    stage_since: datetime | None = attrs.field(default=None, converter=_stage_since)
    account_id: str = attrs.field(
        default="", converter=converters.account_id, metadata={"personal": False}
    )
    opportunity_id: str = attrs.field(
        default="", converter=converters.opportunity_id, metadata={"personal": False}
    )
    contact_id: str = attrs.field(
        default="", converter=converters.contact_id, repr=False, metadata={"personal": True}
    )
    conversion_id: str = attrs.field(
        default="", converter=converters.conversion_id, metadata={"personal": False}
    )

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that has a pipeline
        """Go back to the stage, and to the links, from before the conversion."""
        if self.last_open_stage and not before.pipeline.stage(self.last_open_stage).is_open:
            raise InvalidHistory("timeline", _CLOSED_LAST)
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "last_open_stage": self.last_open_stage,
            "stage_since": self.stage_since or self.at,
            "account_id": self.account_id,
            "opportunity_id": self.opportunity_id,
            "contact_id": self.contact_id,
        }


LeadEvent = (
    LeadCaptured
    | ActivityLogged
    | ActivityCorrected
    | ActivityWithdrawn
    | StepPlanned
    | StepMoved
    | StepDropped
    | OwnerAssigned
    | ConsentGiven
    | ConsentWithdrawn
    | QuestionAnswered
    | LeadAmended
    | LeadMoved
    | LeadResumed
    | MoveTaken
    | PipelineChanged
    | LeadQualified
    | LeadOffered
    | LeadAccepted
    | LeadDeclined
    | LeadOfferWithdrawn
    | LeadDisqualified
    | LeadConverted
    | LeadRestored
    | Contributed
    | ContributionWithdrawn
    | PersonErased
    | MergedAway
    | PersonMerged
    | Recorded
)
"""All that can happen to a lead; the first begins it."""
