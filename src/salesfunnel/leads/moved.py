"""A lead moved on to another stage, such as nurturing, and went on from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field, note_field, reason_field
from ..pipeline.moving import MOVED, entering
from ..values import converters
from ..values.instants import instant

_PASSED = Text("passed", "{field} has passed already", "a time after the move")
_NURTURED = Text("told_nurtured", "moved from {from_stage} to {to_stage} until {until}")
_LEAD_RESUMED = Text("told_lead_resumed", "went on from {from_stage} to {to_stage}")


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

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that can be nurtured
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

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Enter the stage from before, and wait no longer."""
        entered = entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at)
        return {**entered, "nurture_until": None, "nurtured_from": ""}
