"""What happens between us and a lead or a deal: a call, a message, a meeting, made or tried."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..values import converters
from ..values.instants import instant

# In these two people take part, or they do not happen at all.
_MUTUAL = frozenset({"meeting", "visit", "chat"})


def _inbound(value: bool | None) -> bool | None:  # noqa: FBT001 - the converter of a field
    return converters.maybe(bool, value, "inbound")


def _reached(value: bool | None) -> bool | None:  # noqa: FBT001 - the converter of a field
    return converters.maybe(bool, value, "reached")


@attrs.frozen(kw_only=True)
class ActivityLogged:
    """
    A call, an e-mail, a visit or the like: which kind, who began, and whether it reached them.

    ``inbound`` means that they came to us, and ``reached`` that they were really spoken with;
    ``None`` is not known. A mass message that reached no one in person is an attempt.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> ActivityLogged(at=monday, kind="call", inbound=True).is_contact
    True
    >>> ActivityLogged(at=monday, kind="sms").is_contact
    False
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=converters.by, repr=False)
    kind: str = attrs.field(converter=converters.kind)
    inbound: bool | None = attrs.field(default=None, converter=_inbound)
    reached: bool | None = attrs.field(default=None, converter=_reached)
    note: str = attrs.field(default="", converter=converters.note, repr=False)

    @property
    def is_contact(self) -> bool:
        """Whether both sides were in contact; what is not known is only an attempt."""
        if self.reached is not None:
            return self.reached
        return self.inbound is True or self.kind in _MUTUAL

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Change nothing but the timeline."""
        return {}
