"""The hidden column of a call sheet: how much of a lead was known, and when, as it was written."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import attrs

from ...errors import SalesFunnelError
from ...leads.lead import Lead

_BETWEEN = " @ "
_LONGEST_NUMBER = 9
_LONGEST = 64


def written_when(version: int, at: datetime) -> str:
    """
    Write down the version of a lead, and the moment.

    >>> written_when(3, datetime(2026, 3, 2, 9, tzinfo=UTC))
    '3 @ 2026-03-02T09:00:00+00:00'
    """
    return f"{version}{_BETWEEN}{at.astimezone(UTC).isoformat()}"


@attrs.frozen
class AsWritten:
    """A lead as it stood when its row was written: how many events it had, and when that was."""

    lead: Lead
    version: int
    at: datetime


def as_written(text: str, lead: Lead) -> AsWritten | None:
    """
    Find out how a lead stood when its row was written; nothing where that cannot be told any more.

    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> as_written(written_when(1, monday), lead.log("call", at=monday)).lead == lead
    True
    """
    number, _, moment = text[:_LONGEST].partition(_BETWEEN)
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return None
    version = int(number)
    if not 0 < version <= lead.version:
        return None
    with suppress(ValueError, SalesFunnelError):  # a text of another, or a history put together
        at = datetime.fromisoformat(moment)
        stood = lead if version == lead.version else Lead.replay(lead.timeline[:version])
        return AsWritten(stood, version, at) if at.tzinfo else None
    return None
