"""What was found: groups of entries, the links that hold them, and what several people share."""

from __future__ import annotations

from typing import Any

import attrs

from ..values.match_links import Link, Sureness

_ORDER = list(Sureness)


@attrs.frozen
class DuplicateGroup:
    """
    Entries that are about one person or firm, by their ids and by their places from 0.

    >>> group = DuplicateGroup(("7", "9"), (0, 4), (Link("7", "9", ("email",), Sureness.LIKELY),))
    >>> group.sureness.value, group.by
    ('likely', ('email',))
    """

    ids: tuple[str, ...]
    places: tuple[int, ...]
    links: tuple[Link, ...]

    @property
    def sureness(self) -> Sureness:
        """As sure as the weakest link that holds it."""
        return min((link.sureness for link in self.links), key=_ORDER.index)

    @property
    def by(self) -> tuple[str, ...]:
        """The names of all match keys that its links rest on."""
        return tuple(dict.fromkeys(name for link in self.links for name in link.by))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON, one way."""
        return {
            "ids": list(self.ids),
            "places": list(self.places),
            "sureness": self.sureness.value,
            "by": list(self.by),
            "links": [link.as_data() for link in self.links],
        }


@attrs.frozen
class SharedKey:
    """
    A number or an address under which several people are reached; which one, it does not show.

    >>> print(SharedKey("phone", ("7", "8", "9"), names=3))
    phone: 3 entries with 3 names
    """

    key: str
    ids: tuple[str, ...]
    names: int
    places: tuple[int, ...] = attrs.field(default=(), eq=False, kw_only=True)
    """The places of the entries from 0."""

    def __str__(self) -> str:
        """Say how many share it."""
        return f"{self.key}: {len(self.ids)} entries with {self.names} names"

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON, one way."""
        return {"key": self.key, "ids": list(self.ids), "names": self.names}


@attrs.frozen
class Duplicates:
    """
    All groups that were found, and what is shared without making its holders one.

    >>> print(Duplicates(groups=(), shared=(), looked_through=3))
    3 entries, each by itself
    """

    groups: tuple[DuplicateGroup, ...]
    shared: tuple[SharedKey, ...]
    looked_through: int

    def __str__(self) -> str:
        """Sum up, and give a line to each group; ids stand there, and no names or addresses."""
        told = sum(len(group.ids) for group in self.groups)
        lines = [f"{_count(len(self.groups), 'group')} of {told} entries"]
        if not self.groups:
            lines = [f"{self.looked_through} entries, each by itself"]
        lines += [
            f"  {group.sureness.value}: {' '.join(group.ids)}, by {', '.join(group.by)}"
            for group in self.groups
        ]
        if self.shared:
            lines.append(f"shared by several people: {len(self.shared)}")
            lines += [f"  {shared}" for shared in self.shared]
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON, one way."""
        return {
            "looked_through": self.looked_through,
            "groups": [group.as_data() for group in self.groups],
            "shared": [shared.as_data() for shared in self.shared],
        }


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"
