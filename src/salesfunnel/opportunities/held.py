"""A deal was put to rest in its stage, and work on it went on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field, note_field, reason_field
from ..values.instants import instant
from .rest import must_lie_ahead, rest_until

_HELD = Text("told_held", "put to rest")
_HELD_UNTIL = Text("told_held_until", "put to rest until {until}")
_RESUMED = Text("told_resumed", "taken up again after its rest")


@attrs.frozen(kw_only=True)
class Held:
    """
    A deal was put to rest in its stage, until a day if that is known.

    >>> from datetime import UTC, date, datetime
    >>> Held(at=datetime(2026, 4, 2, tzinfo=UTC), until=date(2026, 6, 1)).until.month
    6
    """

    rests: ClassVar[bool] = True

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    until: date | None = attrs.field(default=None, converter=rest_until)
    reason: str = reason_field()
    note: str = note_field()

    def __attrs_post_init__(self) -> None:
        """Refuse a rest that is over before it begins."""
        must_lie_ahead(self.until, at=self.at)

    @property
    def sentence(self) -> Text:
        """How it is told: until when."""
        return _HELD if self.until is None else _HELD_UNTIL

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that can rest
        """Rest from now on, or go on resting until another day."""
        return {"rest": before.rest.begun(at=self.at, until=self.until, note=self.note)}


@attrs.frozen(kw_only=True)
class Resumed:
    """
    Work on a deal went on, in the stage in which it had rested.

    >>> from datetime import UTC, datetime
    >>> Resumed(at=datetime(2026, 6, 1, tzinfo=UTC), note="they called").rests
    False
    """

    rests: ClassVar[bool] = False
    sentence: ClassVar[Text] = _RESUMED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that can rest
        """Rest no more; how long it rested is kept."""
        return {"rest": before.rest.ended(at=self.at)}
