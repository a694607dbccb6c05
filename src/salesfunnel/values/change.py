"""One value-by-value difference: what stood there, what was offered, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from .answer import Answer
from .frozen_map import FrozenMap
from .text import shown

_WIDTH = 60


class ChangeKind(StrEnum):
    """
    What came of a value that was offered.

    >>> ChangeKind("left_out").name
    'LEFT_OUT'
    """

    FILLED = "filled"
    ADDED = "added"
    REPLACED = "replaced"
    KEPT = "kept"
    LEFT_OUT = "left_out"
    CONFLICT = "conflict"


@attrs.frozen
class Change:
    """
    One difference between what stands in a place and what is offered, and what becomes of it.

    ``kind`` is filled, added or replaced where the place gets another value; kept where it keeps
    its own, left_out where what was offered stands nowhere, and conflict where a person must
    decide. Its text shows values, its representation does not.

    >>> change = Change("company.city", "Shiraz", "Tehran", "Shiraz", ChangeKind.KEPT)
    >>> print(change)
    kept     company.city: Shiraz, not Tehran
    >>> change
    Change(place='company.city', kind=<ChangeKind.KEPT: 'kept'>, why='')
    """

    place: str
    before: Any = attrs.field(repr=False)
    offered: Any = attrs.field(repr=False)
    after: Any = attrs.field(repr=False)
    kind: ChangeKind
    why: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the place has another value than before."""
        return self.kind in _TAKEN

    def within(self, noun: str) -> Change:
        """
        Say to which noun it happens.

        >>> Change("lead_ids", None, "7", "7", ChangeKind.ADDED).within("account").place
        'account.lead_ids'
        """
        return attrs.evolve(self, place=f"{noun}.{self.place}")

    def text(self, *, values: bool = True) -> str:
        """
        Say it on one line, for a log without the values.

        >>> Change("city", "", "Tehran", "Tehran", ChangeKind.FILLED).text(values=False)
        'filled   city'
        """
        said = f"{self.kind.value.replace('_', ' '):8} {shown(self.place)}"
        told = self._values() if values else ""
        because = f", since {self.why}" if self.why else ""
        return f"{said}{f': {told}' if told else ''}{because}"

    def as_data(self) -> dict[str, str]:
        """
        Give it as plain data, with the values as texts, for a page that shows it.

        >>> Change("city", "", "Tehran", "Tehran", ChangeKind.FILLED).as_data()["offered"]
        'Tehran'
        """
        return {
            "place": self.place,
            "kind": self.kind.value,
            "before": _value(self.before),
            "offered": _value(self.offered),
            "after": _value(self.after),
            "why": self.why,
        }

    def _values(self) -> str:
        before, offered, after = map(_value, (self.before, self.offered, self.after))
        match self.kind:
            case ChangeKind.KEPT:
                return f"{before}, not {offered}"
            case ChangeKind.CONFLICT:
                return f"{before} or {offered}"
            case ChangeKind.REPLACED:
                return f"{after or 'nothing'}, no longer {before}"
            case ChangeKind.LEFT_OUT:
                return offered
            case _:
                return after

    def __str__(self) -> str:
        """Say it on one line, with the values."""
        return self.text()


_TAKEN = frozenset({ChangeKind.FILLED, ChangeKind.ADDED, ChangeKind.REPLACED})


def _value(value: Any) -> str:  # noqa: ANN401 - of any kind
    """Write a value of a noun on one short line; what is no single value is not written."""
    if isinstance(value, Answer):
        value = value.value
    if isinstance(value, (tuple, FrozenMap)) or value is None or _has_no_text(value):
        return ""
    return shown(str(value), limit=_WIDTH)


def _has_no_text(value: Any) -> bool:  # noqa: ANN401 - of any kind
    """Tell a value of parts that was not made to be read, such as an engagement."""
    return attrs.has(type(value)) and "__str__" not in vars(type(value))
