"""A deal moved on to another open stage, or was taken up again after it was closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field, note_field, reason_field
from ..pipeline.moving import MOVED, entering
from ..values import converters
from ..values.instants import instant
from .probability import Probability, maybe_chance

_REOPENED = Text("told_reopened", "reopened in {to_stage}")


@attrs.frozen(kw_only=True)
class OpportunityMoved:
    """
    The opportunity moved to another open stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
    >>> deal.timeline[-1].from_stage, deal.timeline[-1].to_stage
    ('meeting', 'proposal')
    """

    sentence: ClassVar[Text] = MOVED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    probability: Probability | None = attrs.field(converter=maybe_chance)
    reason: str = reason_field()
    note: str = note_field()

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Enter the new stage with its probability, unless a hand had set one."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": self.probability,
        }


@attrs.frozen(kw_only=True)
class OpportunityReopened:
    """
    A closed deal was taken up again, where it was and with the probability it had.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).lose("price", at=monday).reopen(at=monday)
    >>> deal.timeline[-1].to_stage
    'meeting'
    """

    sentence: ClassVar[Text] = _REOPENED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    probability: Probability | None = attrs.field(converter=maybe_chance)
    reason: str = reason_field()
    note: str = note_field()

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Be open again, the amount to be agreed anew; how it was closed stays on the timeline."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": self.probability,
            "amount_agreed": False,
            "closing": None,
        }
