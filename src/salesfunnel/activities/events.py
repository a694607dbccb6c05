"""What happens between us and a lead, a deal or an account: made or tried, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field, note_field
from ..values import converters
from ..values.instants import instant
from ..values.text import plain_text

# In these two people take part, or they do not happen at all.
_MUTUAL = frozenset({"meeting", "visit", "chat"})

_LATER = Text("happens_later", "{field} lies after the time of entering", "at, or before it")


def _inbound(value: bool | None) -> bool | None:  # noqa: FBT001 - the converter of a field
    return converters.maybe(bool, value, "inbound")


def _reached(value: bool | None) -> bool | None:  # noqa: FBT001 - the converter of a field
    return converters.maybe(bool, value, "reached")


def _outcome(text: str) -> str:
    return plain_text(text, "outcome")


def _person(text: str) -> str:
    return plain_text(text, "person")


def _campaign(text: str) -> str:
    return plain_text(text, "campaign")


def _done(text: str) -> str:
    return plain_text(text, "done")


def _given_id(text: str) -> str:
    return plain_text(text, "id")


def _when(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="when")


def _key(id: str) -> str:
    """Tell an activity from everything else on a timeline that can be withdrawn."""
    return f"activity {id}" if id else ""


_INBOUND = Text("told_inbound", "heard from them by {kind}")
_REACHED = Text("told_reached", "reached them by {kind}")
_TRIED = Text("told_tried", "tried to reach them by {kind}")
_ACTIVITY_CORRECTED = Text("told_activity_corrected", "corrected an activity: {activity.kind}")
_ACTIVITY_WITHDRAWN = Text("told_activity_withdrawn", "withdrew an activity")


@attrs.frozen(kw_only=True)
class ActivityLogged:
    """
    A call, an e-mail, a visit or the like: which kind, who began, and whether it reached them.

    ``inbound`` means that they came to us, and ``reached`` that they were really spoken with;
    ``None`` is not known. ``when`` is when it happened, ``at`` when it was entered. What is part of
    a ``campaign``, and is not inbound, is an attempt. ``done`` names the step that is done with it.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> ActivityLogged(at=monday, kind="call", inbound=True).is_contact
    True
    >>> ActivityLogged(at=monday, kind="sms").is_contact
    False
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(default="", converter=_given_id, metadata={"personal": False})
    kind: str = attrs.field(converter=converters.kind, metadata={"personal": False})
    inbound: bool | None = attrs.field(default=None, converter=_inbound)
    reached: bool | None = attrs.field(default=None, converter=_reached)
    outcome: str = attrs.field(default="", converter=_outcome, metadata={"personal": False})
    when: datetime | None = attrs.field(default=None, converter=_when)
    person: str = attrs.field(
        default="", converter=_person, repr=False, metadata={"personal": True}
    )
    campaign: str = attrs.field(default="", converter=_campaign, metadata={"personal": False})
    done: str = attrs.field(default="", converter=_done, metadata={"personal": False})
    note: str = note_field()

    def __attrs_post_init__(self) -> None:
        """Refuse what has not happened yet."""
        if self.when is not None and self.when > self.at:
            raise InvalidValue("when", _LATER)

    @property
    def is_contact(self) -> bool:
        """Whether both sides were in contact; what is not known is only an attempt."""
        if self.campaign and self.inbound is not True:
            return False
        if self.reached is not None:
            return self.reached
        return self.inbound is True or self.kind in _MUTUAL

    @property
    def happened(self) -> datetime:
        """When it happened: ``when``, or ``at`` where that is not told."""
        return self.at if self.when is None else self.when

    @property
    def key(self) -> str:
        """What a correction or withdrawal names; empty for an activity without an id."""
        return _key(self.id)

    @property
    def sentence(self) -> Text:
        """How it is told: whether it reached them, or came from them."""
        if not self.is_contact:
            return _TRIED
        return _INBOUND if self.inbound else _REACHED

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has activities
        """Count it in the engagement, and take the step that is done with it from the open ones."""
        if before.engagement.knows(self.id):
            return {}
        engagement = before.engagement.after(
            id=self.id,
            happened=self.happened,
            is_contact=self.is_contact,
            inbound=self.inbound is True,
        )
        if not self.done:
            return {"engagement": engagement}
        return {"engagement": engagement, "steps": before.steps.without(self.done)}


def _activity(value: ActivityLogged) -> ActivityLogged:
    activity = converters.one(ActivityLogged, value, "activity")
    converters.identity(activity.id)  # without one, nothing says what was corrected
    return activity


@attrs.frozen(kw_only=True)
class ActivityCorrected:
    """
    An activity was entered wrongly; holds it as it really was, under the same id.

    What was entered first stays on the timeline, and counts no longer.

    >>> from datetime import UTC, datetime
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> call = ActivityLogged(at=monday, id="7", kind="call", reached=True)
    >>> ActivityCorrected(at=friday, activity=call).withdraws
    'activity 7'
    """

    sentence: ClassVar[Text] = _ACTIVITY_CORRECTED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    activity: ActivityLogged = attrs.field(converter=_activity)

    @property
    def key(self) -> str:
        """What a further correction, or a withdrawal, names."""
        return self.activity.key

    @property
    def withdraws(self) -> str:
        """The activity that it takes the place of."""
        return self.activity.key

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has activities
        """Count the activity as it really was."""
        return self.activity.changes(before)


@attrs.frozen(kw_only=True)
class ActivityWithdrawn:
    """
    An activity was entered that never happened, or not here; it stays on the timeline.

    >>> from datetime import UTC, datetime
    >>> wrong = ActivityWithdrawn(at=datetime(2026, 3, 2, tzinfo=UTC), id="7")
    >>> wrong.withdraws == ActivityLogged(at=wrong.at, id="7", kind="call").key
    True
    """

    sentence: ClassVar[Text] = _ACTIVITY_WITHDRAWN

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    note: str = note_field()

    @property
    def withdraws(self) -> str:
        """The key of the activity that counts no longer."""
        return _key(self.id)

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Change nothing by itself: the timeline is folded anew without the activity."""
        return {}
