"""What sales answers to a lead that marketing offers: accepted, or rejected for a reason."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from ..values.converters import choice
from ..values.instants import instant
from ..values.text import note_text, plain_text


class RejectionReason(StrEnum):
    """
    Why sales hands a lead back. Marketing learns from it whom to look for.

    >>> RejectionReason("poor_fit").name
    'POOR_FIT'
    """

    POOR_FIT = "poor_fit"
    NO_NEED = "no_need"
    NO_BUDGET = "no_budget"
    NO_AUTHORITY = "no_authority"
    NOT_NOW = "not_now"
    UNREACHABLE = "unreachable"
    WRONG_DATA = "wrong_data"
    DUPLICATE = "duplicate"
    OTHER = "other"


def _reason(value: RejectionReason | str) -> RejectionReason:
    return choice(RejectionReason, value, "reason")


def _moment_or_none(value: datetime | None) -> datetime | None:
    return None if value is None else instant(value, what="recycle_on")


@attrs.frozen
class Acceptance:
    """
    Sales takes the lead, and promises to work on it.

    >>> from datetime import UTC, datetime
    >>> Acceptance(at=datetime(2026, 3, 2, 9, tzinfo=UTC), by="Ani").by
    'Ani'
    """

    at: datetime = attrs.field(converter=instant, kw_only=True)
    by: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a name that cannot be shown."""
        plain_text(self.by, "acceptance.by")


@attrs.frozen
class Rejection:
    """
    Sales hands the lead back: for which reason, until when to wait, and to which stage it goes.

    >>> from datetime import UTC, datetime
    >>> june = datetime(2026, 6, 1, tzinfo=UTC)
    >>> no = Rejection(
    ...     "not_now", at=datetime(2026, 3, 2, tzinfo=UTC), recycle_on=june, back_to="nurturing"
    ... )
    >>> no.is_recycled
    True
    """

    reason: RejectionReason = attrs.field(converter=_reason)
    at: datetime = attrs.field(converter=instant, kw_only=True)
    by: str = attrs.field(default="", kw_only=True)
    note: str = attrs.field(default="", repr=False, kw_only=True)
    recycle_on: datetime | None = attrs.field(default=None, converter=_moment_or_none, kw_only=True)
    back_to: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse texts that cannot be shown."""
        plain_text(self.by, "rejection.by")
        note_text(self.note, "rejection.note")
        plain_text(self.back_to, "rejection.back_to")

    @property
    def is_recycled(self) -> bool:
        """Whether the lead is to be offered again later."""
        return self.recycle_on is not None
