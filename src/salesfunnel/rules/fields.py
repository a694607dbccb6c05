"""Writing rules as one would say them, such as ``field("company.employees") <= 200``."""

from __future__ import annotations

from typing import NoReturn

import attrs

from ..errors import Text
from .facts import path_names
from .operands import Plain, refused
from .rule import Rule

_EQUALS = Text("equals_of_rule", "== makes no rule", "use is_ instead, and ~ with is_ for !=")
_UNCOMPARED = Text(
    "fact_not_compared",
    "a fact is not a rule yet",
    'compare it first, as in yes("answers.need") or field("company.employees") <= 200',
)


@attrs.frozen(eq=False)
class Fact:
    """
    A fact named by its path, waiting to be compared: ``field("company.employees") <= 200``.

    >>> print(field("company.country").one_of("IR", "AM"))
    company.country one of IR, AM
    """

    path: str

    def __attrs_post_init__(self) -> None:
        """Refuse a path that is not made of names."""
        path_names(self.path)

    def is_(self, wanted: Plain) -> Rule:
        """Tell whether it equals a value; texts are compared by their match keys."""
        return Rule("eq", self.path, wanted)

    def one_of(self, *options: Plain) -> Rule:
        """Tell whether it equals one of several values."""
        return Rule("one_of", self.path, options)

    def between(self, low: Plain, high: Plain) -> Rule:
        """Tell whether it lies between two values, both included."""
        return Rule("between", self.path, (low, high))

    def starts_with(self, text: str) -> Rule:
        """Tell whether a text begins with another."""
        return Rule("starts_with", self.path, text)

    def ends_with(self, text: str) -> Rule:
        """Tell whether a text ends with another."""
        return Rule("ends_with", self.path, text)

    def contains(self, wanted: Plain) -> Rule:
        """Tell whether a text contains another, or a collection an item."""
        return Rule("contains", self.path, wanted)

    def within(self, *, days: int) -> Rule:
        """Tell whether it happened in so many days before the instant of asking, up to then."""
        return Rule("within", self.path, days)

    def older_than(self, *, days: int) -> Rule:
        """Tell whether it happened more than so many days before the instant of asking."""
        return Rule("older_than", self.path, days)

    def due_within(self, *, days: int) -> Rule:
        """Tell whether it will happen in so many days from the instant of asking."""
        return Rule("due_within", self.path, days)

    def __lt__(self, wanted: Plain) -> Rule:
        """Tell whether it lies below."""
        return Rule("lt", self.path, wanted)

    def __le__(self, wanted: Plain) -> Rule:
        """Tell whether it is at most."""
        return Rule("le", self.path, wanted)

    def __gt__(self, wanted: Plain) -> Rule:
        """Tell whether it lies above."""
        return Rule("gt", self.path, wanted)

    def __ge__(self, wanted: Plain) -> Rule:
        """Tell whether it is at least."""
        return Rule("ge", self.path, wanted)

    def __eq__(self, other: object) -> bool:
        """Refuse ``==``, whose answer would be a plain ``False`` instead of a rule."""
        raise refused(_EQUALS.problem(where=self.path))

    def __hash__(self) -> int:
        """Hash the path."""
        return hash(self.path)

    def __and__(self, _other: object) -> NoReturn:
        """Refuse to be joined before it is compared."""
        raise refused(_UNCOMPARED.problem(where=self.path))

    def __or__(self, other: object) -> NoReturn:
        """Refuse to be joined before it is compared."""
        self.__and__(other)

    def __rand__(self, other: object) -> NoReturn:
        """Refuse to be joined before it is compared."""
        self.__and__(other)

    def __ror__(self, other: object) -> NoReturn:
        """Refuse to be joined before it is compared."""
        self.__and__(other)

    def __invert__(self) -> NoReturn:
        """Refuse to be turned round before it is compared."""
        raise refused(_UNCOMPARED.problem(where=self.path))

    def __bool__(self) -> NoReturn:
        """Refuse to be a yes or no: ``field("a") and yes("b")`` would lose its first half."""
        raise refused(_UNCOMPARED.problem(where=self.path))


def field(path: str) -> Fact:
    """
    Name a fact by its path, to compare it: an attribute, a key, or one inside another.

    >>> print(field("company.employees") <= 200)
    company.employees at most 200
    """
    return Fact(path)


def yes(path: str) -> Rule:
    """
    Tell whether a fact is a plain yes (``True``).

    >>> print(yes("answers.need"))
    answers.need is True
    """
    return Rule("eq", path, operand=True)


def answered(path: str) -> Rule:
    """
    Tell whether anything is known at all. This is the one rule that is never unknown.

    >>> from datetime import UTC, datetime
    >>> answered("answers.budget").holds({}, at=datetime(2026, 3, 2, tzinfo=UTC))
    False
    """
    return Rule("answered", path)


def all_of(*rules: Rule) -> Rule:
    """
    Every one of several rules must hold.

    >>> print(all_of(yes("answers.need"), yes("answers.budget")))
    all of (answers.need is True, answers.budget is True)
    """
    return Rule("all", parts=rules)


def any_of(*rules: Rule) -> Rule:
    """
    One of several rules must hold.

    >>> print(any_of(yes("answers.need"), yes("answers.budget")))
    at least 1 of (answers.need is True, answers.budget is True)
    """
    return at_least(1, *rules)


def at_least(count: int, *rules: Rule) -> Rule:
    """
    A number of several rules must hold, such as three of the four of BANT.

    >>> print(at_least(2, yes("a"), yes("b"), yes("c")))
    at least 2 of (a is True, b is True, c is True)
    """
    return Rule("at_least", operand=count, parts=rules)
