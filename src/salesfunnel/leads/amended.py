"""What is known about a lead was completed or corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field
from ..history.sentences import AMENDED
from ..values import converters
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .identity import with_own

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


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, AMENDABLE, "amend")


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

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - a lead, or its draft
        """Put the new values in place."""
        who, own = with_own(self.amended.get("person"))
        if not own:
            return self.amended
        points = self.amended.get("contact_points", before.contact_points)
        return {**self.amended, "person": who, "contact_points": (*points, *own)}
