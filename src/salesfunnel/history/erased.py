"""The one exception to a timeline that is only added to: a person was erased from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..values.instants import instant
from ..values.text import plain_text
from .event_fields import by_field


def _token(text: str) -> str:
    return plain_text(text, "token")


_ERASED = Text("told_erased", "a person was erased")


@attrs.frozen(kw_only=True)
class PersonErased:
    """
    A person was erased from all that came before; it says so, and nothing about whom.

    >>> from datetime import UTC, datetime
    >>> PersonErased(at=datetime(2026, 3, 2, tzinfo=UTC), token="request 7").changes(None)
    {}
    """

    sentence: ClassVar[Text] = _ERASED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    token: str = attrs.field(default="", converter=_token, metadata={"personal": False})

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Change nothing by itself: the events before it were rewritten."""
        return {}
