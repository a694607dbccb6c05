"""The host's own events: what the library knows nothing of, kept on the timeline like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import attrs

from ..errors import Text
from ..values import converters
from ..values.answer import AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .event import Chronicled
from .event_fields import by_field
from .timeline import apply

NounT = TypeVar("NounT", bound=Chronicled)


def _data(values: Mapping[str, AnswerValue]) -> FrozenMap[str, AnswerValue]:
    return converters.typed_facts(values, "data")


_RECORDED = Text("told_recorded", "recorded {kind}")


@attrs.frozen(kw_only=True)
class Recorded:
    """
    Something of the host's own happened, such as an invoice that was sent; holds its data.

    >>> from datetime import UTC, datetime
    >>> sent = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="invoice_sent", data={"no": 7})
    >>> sent.data["no"]
    7
    """

    sentence: ClassVar[Text] = _RECORDED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    kind: str = attrs.field(converter=converters.kind, metadata={"personal": False})
    data: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](), converter=_data, metadata={"personal": True}
    )

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Change nothing but the timeline."""
        return {}


def record(
    noun: NounT,
    kind: str,
    data: Mapping[str, AnswerValue],
    *,
    at: datetime,
    by: str = "",
) -> NounT:
    """
    Record an event of the host's own on a lead, a deal or an account.

    Args:
        noun: the lead, opportunity or account.
        kind: a code, such as invoice_sent.
        data: what belongs to it, by name: yes or no, numbers, texts, amounts, days.
        at: when it happened.
        by: who did it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = record(Opportunity.open(id="7", at=monday), "invoice_sent", {"no": 7}, at=monday)
    >>> deal.timeline[-1].kind
    'invoice_sent'
    """
    return apply(noun, Recorded(at=at, by=by, kind=kind, data=data), verb="record")
