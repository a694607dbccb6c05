"""A lead was found worth an offer by a policy, or given up with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field, note_field
from ..pipeline.moving import entering
from ..values import converters
from ..values.instants import instant
from .told import day_told_field, from_told_field


def _floor(value: int) -> int:
    return converters.one(int, value, "floor")


def _ceiling(value: int) -> int:
    return converters.one(int, value, "ceiling")


_QUALIFIED = Text(
    "told_qualified",
    "qualified by {policy} {policy_version}, and moved from {from_stage} to {to_stage}",
)
_DISQUALIFIED = Text("told_disqualified", "disqualified in {from_stage}: {reason}")
_DISQUALIFIED_SOMEWHERE = Text("told_disqualified_somewhere", "disqualified: {reason}")


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

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Enter the new stage."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "nurtured_from": ""}


@attrs.frozen(kw_only=True)
class LeadDisqualified:
    """
    The lead was given up, with the reason that marketing learns from.

    A list from elsewhere may tell neither the day (``is_day_told``) nor the stage that it left
    (``is_from_told``).

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> way = {"trigger": "disqualify", "from_stage": "new", "to_stage": "disqualified"}
    >>> LeadDisqualified(at=monday, **way, reason="no_budget").reason
    'no_budget'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    reason: str = attrs.field(converter=converters.required_reason, metadata={"personal": False})
    note: str = note_field()
    is_day_told: bool = day_told_field()
    is_from_told: bool = from_told_field()

    @property
    def sentence(self) -> Text:
        """How it is told: in which stage, if that is known, and why."""
        return _DISQUALIFIED if self.is_from_told else _DISQUALIFIED_SOMEWHERE

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Enter the lost stage and keep the reason."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "rejection": self.reason}
