"""An opportunity began: for whom, how much, by when, and in which stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from ..activities.engagement import Engagement
from ..activities.owners import owner_field, team_field
from ..errors import Text
from ..history.event_fields import by_field, source_words_field
from ..pipeline.moving import beginning, must_begin_in
from ..pipeline.pipeline import Pipeline
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.lines import Line, lines_in_one_currency
from ..values.money import Money
from ..values.source import Source
from .contacts import Involvement, involvements
from .probability import Probability, maybe_chance
from .revised import must_be_the_sum


def _pipeline(value: Pipeline) -> Pipeline:
    return converters.one(Pipeline, value, "pipeline")


_OPENED = Text("told_opened", "opened as a deal in {to_stage}")
_OPENED_FOR = Text("told_opened_for", "opened as a deal in {to_stage} for {amount}")


@attrs.frozen(kw_only=True)
class OpportunityOpened:
    """
    An opportunity began: for whom, how much, by when, and in which stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> deal.timeline[0].to_stage
    'meeting'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    name: str = attrs.field(
        default="", converter=converters.name, repr=False, metadata={"personal": True}
    )
    account_id: str = attrs.field(
        default="", converter=converters.account_id, metadata={"personal": False}
    )
    lead_ids: tuple[str, ...] = attrs.field(
        default=(), converter=converters.lead_ids, metadata={"personal": False}
    )
    amount: Money | None = attrs.field(default=None, converter=converters.amount)
    probability: Probability | None = attrs.field(default=None, converter=maybe_chance)
    opened_on: date | None = attrs.field(default=None, converter=converters.opened_on)
    expected_close: date | None = attrs.field(default=None, converter=converters.expected_close)
    contacts: tuple[Involvement, ...] = attrs.field(default=(), converter=involvements)
    answers: FrozenMap[str, Answer] = attrs.field(
        default=FrozenMap[str, Answer](),
        converter=converters.answers_by_question,
        metadata={"personal": False},
    )
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
    lines: tuple[Line, ...] = attrs.field(default=(), converter=lines_in_one_currency)

    def __attrs_post_init__(self) -> None:
        """Refuse a stage that the pipeline does not have, and another amount than the lines'."""
        must_begin_in(self.pipeline, self.to_stage)
        must_be_the_sum(self.amount, self.lines)

    @property
    def sentence(self) -> Text:
        """How it is told: in which stage, and for how much."""
        return _OPENED if self.amount is None else _OPENED_FOR

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Begin the opportunity with all that is known."""
        return {
            "id": self.id,
            "name": self.name,
            "account_id": self.account_id,
            "lead_ids": self.lead_ids,
            "amount": self.amount,
            "lines": self.lines,
            "probability": self.probability,
            "opened_on": self.opened_on,
            "expected_close": self.expected_close,
            "contacts": self.contacts,
            "answers": self.answers,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "owner": self.owner,
            "team": self.team,
            "engagement": Engagement(quiet_since=self.at),
            **beginning(self.pipeline, self.to_stage, at=self.at),
        }
