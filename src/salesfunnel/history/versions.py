"""The version that an editor has read: what happened since, and whether it still is the last."""

from __future__ import annotations

from typing import Any

from ..errors import InvalidValue, StaleVersion, Text, WrongKind
from .event import Chronicled, EntityT

_NO_VERSION = Text(
    "no_version", "{field} is not a whole number from 0 on", "the version that you have read"
)


def events_since(entity: Chronicled, version: int) -> tuple[Any, ...]:
    """
    List what has happened since a version that you have read, so that a host can react to it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> [event.kind for event in events_since(lead.log("fax", at=monday), lead.version)]
    ['fax']
    """
    return entity.timeline[_version(version) :]


def expect(entity: EntityT, version: int) -> EntityT:
    """
    Return the entity if it still has the version you read, so that no editor overwrites another.

    The version is the length of the timeline. Raises `StaleVersion` otherwise, and `InvalidValue`
    for what cannot be a version, such as the text that a web form sends.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = expect(lead, 1).log("call", inbound=True, at=monday)
    >>> expect(lead, 1)
    Traceback (most recent call last):
    salesfunnel.errors.StaleVersion: expected version 1, found 3; load it again and repeat
    """
    if len(entity.timeline) != _version(version):
        raise StaleVersion(version, len(entity.timeline))
    return entity


def _version(version: int) -> int:
    if type(version) is not int:
        raise WrongKind.of("version", version, wanted="the version that you have read")
    if version < 0:
        raise InvalidValue("version", _NO_VERSION)
    return version
