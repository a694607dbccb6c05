"""A lead was converted, and a conversion was undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidHistory, Text
from ..history.event_fields import by_field
from ..pipeline.moving import entering
from ..values import converters
from ..values.instants import instant
from .told import day_told_field, from_told_field

_CLOSED_LAST = Text("closed_last", "remembers a closed stage as the last open one")


def _stage_since(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="stage_since")


_CONVERTED = Text(
    "told_converted", "converted into account {account_id} and opportunity {opportunity_id}"
)
_CONVERTED_ALONE = Text("told_converted_alone", "converted into account {account_id}")
_RESTORED = Text("told_restored", "the conversion was undone: back from {from_stage} to {to_stage}")


@attrs.frozen(kw_only=True)
class LeadConverted:
    """
    The lead became an account and an opportunity; keeps the links to both, and by which conversion.

    A list from elsewhere may tell neither the day (``is_day_told``) nor the stage that it left
    (``is_from_told``).

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
    is_day_told: bool = day_told_field()
    is_from_told: bool = from_told_field()

    @property
    def sentence(self) -> Text:
        """How it is told: into what it was converted."""
        return _CONVERTED if self.opportunity_id else _CONVERTED_ALONE

    def changes(self, before: object, /) -> Mapping[str, Any]:
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

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has a pipeline
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
