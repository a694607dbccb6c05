"""A lead arrived: who it is, by which way, and in which stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..activities.engagement import Engagement
from ..activities.owners import owner_field, team_field
from ..errors import Text
from ..history.event_fields import by_field, source_words_field
from ..pipeline.moving import beginning, must_begin_in
from ..pipeline.pipeline import Pipeline
from ..values import converters
from ..values.answer import AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source
from .identity import with_own
from .told import day_told_field


def _pipeline(value: Pipeline) -> Pipeline:
    return converters.one(Pipeline, value, "pipeline")


_CAPTURED = Text("told_captured", "came in as a lead, source {source}")


@attrs.frozen(kw_only=True)
class LeadCaptured:
    """
    A lead arrived: who it is, and by which way. A lead from another system may arrive mid-life.

    A list from elsewhere may not tell the day (``is_day_told``).

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
    owner: str = owner_field()
    team: str = team_field()
    role: str = attrs.field(
        default="", converter=converters.role_code, metadata={"personal": False}
    )
    is_day_told: bool = day_told_field()

    def __attrs_post_init__(self) -> None:
        """Refuse a stage that the pipeline does not have."""
        must_begin_in(self.pipeline, self.to_stage)

    def changes(self, _before: object, /) -> Mapping[str, Any]:
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
