"""
Asking a scorer of another author, so that its faults cost one criterion and nothing else.

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

from ..errors import InvalidValue, Problem, Text
from ..rules.rule import WRONG_KIND_OF_FACT
from ..rules.truth import Truth
from ..values.scalars import plain_scalar
from .points import share_of

Share = Truth | float | Fraction | Decimal
Scorer = Callable[[Any, datetime], Share | Problem]

_RAISED = Text("scorer_raised", "the scorer raised {error}")
_CHANGED = Text("scorer_changed_lead", "the scorer changed the lead")
_NO_SHARE = Text(
    "scorer_out_of_range", "the scorer returned a number that is not between 0 and {most}"
)
_NO_ANSWER = Text(
    "scorer_wrong_kind",
    "the scorer returned {found}",
    "return {allowed}",
)
FAULTS = (_RAISED, _CHANGED, _NO_SHARE, _NO_ANSWER, WRONG_KIND_OF_FACT)
"""What a finding may say about a fact or a scorer that gave no usable answer."""


class Judge(Protocol):
    """
    Anything with ``holds(lead, *, at)``, such as a rule or an object of your own.

    >>> from salesfunnel.rules import yes
    >>> judge: Judge = yes("answers.need")
    """

    def holds(self, subject: Any, /, *, at: datetime) -> Share | Problem:  # noqa: ANN401 - a row will do as well
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


def ask(
    scorer: Judge | Scorer, lead: object, *, at: datetime
) -> tuple[Fraction | None, Problem | None]:
    """
    Ask a scorer for its share, and name its fault if it has one.

    A scorer may return a `Problem` to say why it cannot answer.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> print(ask(lambda lead, at: 1 / 0, {}, at=monday)[1])
    the scorer raised ZeroDivisionError
    >>> ask(lambda lead, at: 0.5, {}, at=monday)
    (Fraction(1, 2), None)
    """
    try:
        before = _state(lead)
        answer = plain_scalar(_answer_of(scorer, _read_only(lead), at))
        is_changed = not _is_same(before, _state(lead))
    except Exception as error:  # noqa: BLE001 - one broken scorer must not cost the batch
        return None, _RAISED.problem(error=type(error).__name__)
    if is_changed:
        return None, _CHANGED.problem()
    if isinstance(answer, Problem):
        return None, answer
    try:
        return share_of(answer), None
    except InvalidValue:
        return None, unusable(answer, most=1, allowed="True, False, None, or a number from 0 to 1")


def unusable(answer: object, *, most: int, allowed: str) -> Problem:
    """
    Say what a scorer returned instead of a number that counts.

    >>> print(unusable("high", most=100, allowed="a number from 0 to 100"))
    the scorer returned str; return a number from 0 to 100
    """
    if type(answer) is not bool and isinstance(answer, (Real, Decimal)):
        return _NO_SHARE.problem(most=most)
    return _NO_ANSWER.problem(found=type(answer).__name__, allowed=allowed)


def _answer_of(scorer: Judge | Scorer, subject: object, at: datetime) -> object:
    holds = getattr(scorer, "holds", None)
    return holds(subject, at=at) if callable(holds) else cast("Scorer", scorer)(subject, at)


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
