"""
Asking a scorer that somebody else wrote, so that its faults cost one criterion and nothing else.

What raises, answers with something unusable, or changes the lead leaves its criterion unknown, and
is named. Only the kind of fault is told, never its text, which may be personal. A scorer that never
returns cannot be stopped in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, Protocol, cast

from ..errors import InvalidValue
from ..rules.truth import Truth
from .points import share_of

Share = Truth | float | Fraction | Decimal
Scorer = Callable[[Any, datetime], Share]


class Judge(Protocol):
    """
    Anything with ``holds(lead, *, at)``, such as a rule or an object of your own.

    >>> from salesfunnel.rules import yes
    >>> judge: Judge = yes("answers.need")
    """

    def holds(self, subject: Any, /, *, at: datetime) -> Share:  # noqa: ANN401 - a row will do as well
        """Answer yes, no or unknown about a subject, or with a share between 0 and 1."""
        ...


class ReadOnly(Mapping[str, Any]):
    """
    A row as a scorer sees it: it can be read as ever, and cannot be changed, however deep.

    >>> ReadOnly({"company": {"employees": 40}})["company"]["employees"]
    40
    """

    __slots__ = ("_row",)

    def __init__(self, row: Mapping[str, Any]) -> None:
        """Look at a row."""
        self._row = row

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - a row may hold anything
        """Return one value of the row."""
        return _read_only(self._row[key])

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._row)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._row)


def ask(scorer: Judge | Scorer, lead: object, *, at: datetime) -> tuple[Fraction | None, str]:
    """
    Ask a scorer for its share, and name its fault if it has one.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> ask(lambda lead, at: 1 / 0, {}, at=monday)
    (None, 'the scorer raised ZeroDivisionError')
    >>> ask(lambda lead, at: 0.5, {}, at=monday)
    (Fraction(1, 2), '')
    """
    before = _state(lead)
    try:
        answer = _answer_of(scorer, _read_only(lead), at)
    except Exception as error:  # noqa: BLE001 - one broken scorer must not cost the batch
        return None, f"the scorer raised {type(error).__name__}"
    if not _is_same(before, _state(lead)):
        return None, "the scorer changed the lead"
    try:
        return share_of(cast("Share", answer)), ""
    except InvalidValue:
        return None, f"the scorer returned {_kind(answer)}"


def _answer_of(scorer: Judge | Scorer, subject: object, at: datetime) -> object:
    holds = getattr(scorer, "holds", None)
    return holds(subject, at=at) if callable(holds) else cast("Scorer", scorer)(subject, at)


def _kind(answer: object) -> str:
    if isinstance(answer, (Real, Decimal)):
        return "a number that is not between 0 and 1"
    return type(answer).__name__


def _read_only(value: object) -> object:
    if isinstance(value, Mapping):
        return ReadOnly(value)
    if isinstance(value, list):
        return tuple(_read_only(item) for item in value)
    return frozenset(value) if isinstance(value, set) else value


def _state(lead: object) -> dict[str, object]:
    """Note an object's own attributes; frozen and slotted entities have none to watch."""
    return dict(getattr(lead, "__dict__", {}))


def _is_same(before: dict[str, object], after: dict[str, object]) -> bool:
    # By identity, since comparing whole values may be slow, and need not even work.
    return before.keys() == after.keys() and all(after[k] is before[k] for k in before)
