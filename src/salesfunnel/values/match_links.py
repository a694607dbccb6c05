"""Why two entries are held to be one person or firm, and how sure that is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs


class Sureness(StrEnum):
    """
    How sure a link is.

    ``certain``: they share a number in a register. ``sure``: they share what is one's own, and
    their names are alike. ``likely``: they share something else, and their names are alike; or
    what is one's own, and one has no name. ``possible``: they share what others may share too, and
    one has no name.

    >>> min(Sureness.SURE, Sureness.POSSIBLE, key=list(Sureness).index).value
    'possible'
    """

    POSSIBLE = "possible"
    LIKELY = "likely"
    SURE = "sure"
    CERTAIN = "certain"


@attrs.frozen
class Link:
    """
    Why two entries are held to be one: the names of the match keys that they share.

    >>> print(Link("7", "9", by=("mobile", "company"), sureness=Sureness.SURE))
    7 and 9, sure: mobile, company
    """

    one: str
    other: str
    by: tuple[str, ...]
    sureness: Sureness
    places: tuple[int, int] | None = attrs.field(default=None, eq=False, kw_only=True)
    """The places of the two from 0, which differ also where their ids are the same."""

    def __str__(self) -> str:
        """Say which two, how sure, and by what."""
        return f"{self.one} and {self.other}, {self.sureness.value}: {', '.join(self.by)}"

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON, one way."""
        return {
            "one": self.one,
            "other": self.other,
            "by": list(self.by),
            "sureness": self.sureness.value,
        }
