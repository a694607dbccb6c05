"""
A rule is a frozen value that answers yes, no or unknown about a lead, an opportunity, or a row.

Build one with `field`, `yes` or `answered`; join rules with ``&``, ``|``, ``~`` and `at_least`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import attrs

from ..errors import InvalidDefinition
from ..values.money import Money
from .comparisons import COMPARISONS
from .explanation import Explanation
from .facts import path_names, read_fact
from .truth import Truth, at_least_of, conjunction, negation

Plain = bool | int | Decimal | str | date | Money
Operand = Plain | tuple[Plain, ...] | None

_WORDS = {
    "eq": "is",
    "lt": "below",
    "le": "at most",
    "gt": "above",
    "ge": "at least",
    "one_of": "one of",
    "between": "between",
    "starts_with": "begins with",
    "contains": "contains",
    "answered": "is answered",
    "all": "all of",
    "at_least": "at least this many of",
    "not": "not",
}


@attrs.frozen
class Rule:
    """
    A condition with three answers. Unknown facts never make it false, and never make it fail.

    >>> from salesfunnel.rules import field
    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> small = field("company.employees") <= 200
    >>> small.holds({"company": {"employees": 40}}, at=monday)
    True
    >>> small.holds({}, at=monday) is None  # unknown is not no
    True
    """

    op: str
    path: str = ""
    operand: Operand = None
    parts: tuple[Rule, ...] = ()
    names: tuple[str, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse unknown operators and paths that are not names."""
        if self.op not in _WORDS:
            raise InvalidDefinition("rule", (f"unknown operator; allowed: {', '.join(_WORDS)}",))
        object.__setattr__(self, "names", path_names(self.path) if self.path else ())

    def holds(self, subject: object, *, at: datetime) -> Truth:
        """
        Answer yes, no, or unknown (``None``) about an entity, a mapping or a row.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> yes("answers.need").holds(
        ...     {"answers": {"need": True}}, at=datetime(2026, 3, 2, tzinfo=UTC)
        ... )
        True
        """
        match self.op:
            case "all":
                return conjunction(part.holds(subject, at=at) for part in self.parts)
            case "at_least" if isinstance(self.operand, int):
                return at_least_of(
                    self.operand, (part.holds(subject, at=at) for part in self.parts)
                )
            case "not":
                return negation(self.parts[0].holds(subject, at=at))
        fact = read_fact(subject, self.names, at=at)
        if self.op == "answered":
            return fact is not None
        return None if fact is None else COMPARISONS[self.op](fact, self.operand)

    def explain(self, subject: object, *, at: datetime) -> Explanation:
        """
        Return the tree of reasons: each part with its own answer.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import field, yes
        >>> rule = (field("company.employees") <= 200) & yes("answers.need")
        >>> print(rule.explain({"company": {"employees": 40}}, at=datetime(2026, 3, 2, tzinfo=UTC)))
        unknown: all of
          yes: company.employees at most 200
          unknown: answers.need is True
        """
        parts = tuple(part.explain(subject, at=at) for part in self.parts)
        return Explanation(
            str(self) if not parts else self._heading(), self.holds(subject, at=at), parts
        )

    @property
    def facts(self) -> frozenset[str]:
        """
        List the paths of all facts that the rule reads.

        >>> from salesfunnel.rules import yes
        >>> sorted((yes("answers.need") & yes("answers.budget")).facts)
        ['answers.budget', 'answers.need']
        """
        return frozenset({self.path} if self.path else ()).union(*(p.facts for p in self.parts))

    def unknown_facts(self, subject: object, *, at: datetime) -> frozenset[str]:
        """
        List the paths that the rule reads and that nobody knows yet.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> sorted(yes("answers.need").unknown_facts({}, at=datetime(2026, 3, 2, tzinfo=UTC)))
        ['answers.need']
        """
        return frozenset(
            p for p in self.facts if read_fact(subject, path_names(p), at=at) is None
        )

    def __and__(self, other: Rule) -> Rule:
        """Both must hold."""
        return Rule("all", parts=(self, other))

    def __or__(self, other: Rule) -> Rule:
        """One of the two must hold."""
        return Rule("at_least", operand=1, parts=(self, other))

    def __invert__(self) -> Rule:
        """Yes becomes no and no becomes yes; unknown stays unknown."""
        return Rule("not", parts=(self,))

    def _heading(self) -> str:
        return f"at least {self.operand} of" if self.op == "at_least" else _WORDS[self.op]

    def __str__(self) -> str:
        """Say the rule in words."""
        if self.parts:
            return f"{self._heading()} ({', '.join(map(str, self.parts))})"
        operand = (
            ", ".join(map(str, self.operand)) if isinstance(self.operand, tuple) else self.operand
        )
        return f"{self.path} {_WORDS[self.op]}" + ("" if self.operand is None else f" {operand}")
