"""Cases for a rule: which facts are known of a lead at first, and which become known later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
from hypothesis import strategies as st

from ..rules.rule import Rule
from ..values.bucket import Bucket
from ..values.money import Money

FactValues = Mapping[str, Sequence[object]]
"""The facts that matter, by their paths, each with values worth trying."""

_USUAL = (True, False, 0, 1, 200, 10**6, "IR", "x", Decimal("0.5"), Bucket(51, 200), ("x",), -1)
_NEAR: Mapping[type, tuple[Any, ...]] = MappingProxyType(
    {
        int: (-1, 1),
        Decimal: (Decimal(-1), Decimal(1)),
        date: (timedelta(-1), timedelta(1)),
    }
)


@attrs.frozen
class RuleCase:
    """
    What is known of a lead at first, and what more becomes known.

    >>> print(RuleCase({"need": True}, {"size": 40}))
    Known at first: need = True.
    Then also: size = 40.
    """

    first: Mapping[str, object]
    later: Mapping[str, object]

    def before(self) -> RecordedRow:
        """Make the lead as it is known at first."""
        return row_of(self.first)

    def after(self) -> RecordedRow:
        """Make the lead as it is known later."""
        return row_of({**self.later, **self.first})

    def __str__(self) -> str:
        """Say what is known, and what becomes known."""
        more = {path: fact for path, fact in self.later.items() if path not in self.first}
        return f"Known at first: {_listed(self.first)}.\nThen also: {_listed(more)}."


class RecordedRow(dict[str, Any]):
    """
    A lead whose facts are read by key or by attribute, and which remembers what was read.

    >>> row = row_of({"company.size": 40})
    >>> row.company["size"], row.get("budget"), sorted(row.read)
    (40, None, ['budget', 'company', 'company.size'])
    """

    def __init__(self, place: str = "", read: set[str] | None = None) -> None:
        """Begin an empty row, or a place within another."""
        super().__init__()
        self.__dict__["place"] = place
        self.__dict__["read"] = set() if read is None else read

    def _note(self, name: object) -> None:
        self.read.add(f"{self.place}{name}")

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a fact may be anything
        """Look up a fact that must be known."""
        self._note(name)
        return super().__getitem__(name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a fact may be anything
        """Look up a fact as an attribute."""
        if name.startswith("_") or name in ("place", "read"):
            raise AttributeError(name)  # a copy asks for these before it has any
        if name in self:
            return self[name]
        self._note(name)
        raise AttributeError(name)

    def get(self, name: str, default: Any = None, /) -> Any:  # noqa: ANN401
        """Look up a fact that may be unknown."""
        self._note(name)
        return super().get(name, default)

    def inside(self, name: str) -> RecordedRow:
        """Find or make a row within this one."""
        inner: object = super().get(name)
        if not isinstance(inner, RecordedRow):
            inner = self[name] = RecordedRow(f"{self.place}{name}.", self.read)
        return inner


def row_of(facts: Mapping[str, object]) -> RecordedRow:
    """
    Make a row, with rows inside, of facts by their paths.

    >>> row_of({"company.size": 40, "need": True})
    {'company': {'size': 40}, 'need': True}
    """
    row = RecordedRow()
    for path, fact in facts.items():
        *way, name = path.split(".")
        place = row
        for step in way:
            place = place.inside(step)
        place[name] = fact
    return row


def parts_of(rule: Rule) -> Iterator[Rule]:
    """
    Give a rule and all its parts.

    >>> from salesfunnel.rules import yes
    >>> [part.op for part in parts_of(~yes("need"))]
    ['not', 'eq']
    """
    yield rule
    for part in rule.parts:
        yield from parts_of(part)


def values_for(rule: object) -> FactValues:
    """
    Find values worth trying for each fact of a rule: what it compares with, and what lies beside.

    >>> from salesfunnel.rules import field
    >>> 199 in values_for(field("company.employees") < 200)["company.employees"]
    True
    """
    paths: Sequence[str] = sorted(getattr(rule, "facts", ()))
    values: dict[str, list[object]] = {path: list(_USUAL) for path in paths}
    for part in parts_of(rule) if isinstance(rule, Rule) else ():
        operand = part.operand if isinstance(part.operand, tuple) else (part.operand,)
        for value in operand if part.path else ():
            values[part.path] += [value, *_beside(value)]
    return values


def rule_cases(values: FactValues) -> st.SearchStrategy[RuleCase]:
    """Draw cases over these facts."""
    known: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
        {}, optional={path: st.sampled_from(tried) for path, tried in values.items()}
    )
    return st.builds(RuleCase, known, known)


def _beside(value: object) -> Iterator[object]:
    for distance in _NEAR.get(type(value), ()):
        yield value + distance
    if isinstance(value, Money):
        yield from (value + Money(1, value.currency), value - Money(1, value.currency))


def _listed(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{path} = {fact!r}" for path, fact in sorted(facts.items())) or "nothing"
