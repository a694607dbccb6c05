"""A noun turned out to be another one: it is merged into that, and takes no more verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..values import converters
from ..values.instants import instant
from .event_fields import by_field

_MERGED_AWAY = Text("told_merged_away", "merged into {into}")


def _into(text: str) -> str:
    return converters.visible_line(text, "into")


@attrs.frozen(kw_only=True)
class MergedAway:
    """
    A lead or an account turned out to be another one, and was merged into it.

    >>> from datetime import UTC, datetime
    >>> merged = MergedAway(at=datetime(2026, 3, 2, tzinfo=UTC), id="8", into="7")
    >>> merged.changes(None), merged.key
    ({'merged_into': '7'}, '8')
    """

    sentence: ClassVar[Text] = _MERGED_AWAY

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    into: str = attrs.field(converter=_into, metadata={"personal": False})

    @property
    def key(self) -> str:
        """What a later event withdraws it by."""
        return self.id

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Say into what it was merged."""
        return {"merged_into": self.into}
