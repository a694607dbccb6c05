"""Cases for a policy: what is known of a lead, and what becomes known by further answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
from hypothesis import strategies as st

from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..rules.rule import Rule
from ..values.answer import Answer

Facts = Mapping[str, Sequence[object]]

# What a policy of unknown make is likely to read.
USUAL_FACTS: Facts = MappingProxyType(
    {
        **{f"answers.{slot}": (True, False) for slot in ("need", "budget", "timing", "authority")},
        "company.employees": (40, 200, 900),
        "company.country": ("IR", "AM", "FR"),
        "source": ("exhibition", "web_form"),
    }
)
_DAY = timedelta(days=1)
_MOST_DAYS = 10_000  # a smaller whole number in a rule may be meant as days


@attrs.frozen
class PolicyCase:
    """
    A lead before and after some of its unknowns are answered.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> case = PolicyCase(
    ...     {"answers.need": True, "source": "fair"}, {"source"}, build=nested, at=monday
    ... )
    >>> case.before, case.after
    ({'answers': {'need': True}}, {'answers': {'need': True}, 'source': 'fair'})
    >>> print(case)
    Known: answers.need = True. Then answered: source = 'fair'.
    """

    facts: dict[str, object]
    missing: frozenset[str] = attrs.field(converter=frozenset)
    build: Callable[[dict[str, Any]], Any] = attrs.field(kw_only=True, repr=False)
    at: datetime = attrs.field(kw_only=True)

    @property
    def before(self) -> Any:  # noqa: ANN401 - what the user builds
        """The lead before the missing facts are answered."""
        return self.build({p: fact for p, fact in self.facts.items() if p not in self.missing})

    @property
    def after(self) -> Any:  # noqa: ANN401 - what the user builds
        """The lead when all is answered."""
        return self.build(dict(self.facts))

    @property
    def reordered(self) -> Any:  # noqa: ANN401 - what the user builds
        """The same lead, its facts told the other way round."""
        return self.build(dict(reversed(self.facts.items())))

    @property
    def renewed(self) -> Any:  # noqa: ANN401 - what the user builds
        """The same lead, each dated answer of which was given again just now."""
        return self.build({path: _renewed(fact, self.at) for path, fact in self.facts.items()})

    def __str__(self) -> str:
        """Say what is known, and what is answered then."""
        known = [_told(p, fact) for p, fact in self.facts.items() if p not in self.missing]
        learnt = [_told(p, fact) for p, fact in self.facts.items() if p in self.missing]
        then = f" Then answered: {', '.join(learnt)}." if learnt else ""
        return f"Known: {', '.join(known) or 'nothing'}.{then}"


def nested(facts: Mapping[str, object]) -> dict[str, Any]:
    """
    Build a row of dictionaries in which each fact stands at the end of its path.

    >>> nested({"company.employees": 40, "source": "fair"})
    {'company': {'employees': 40}, 'source': 'fair'}
    """
    row: dict[str, Any] = {}
    for path, fact in facts.items():
        *parents, last = path.split(".")
        inner: Any = row
        for name in parents:
            inner = inner.setdefault(name, {}) if isinstance(inner, dict) else {}
        if isinstance(inner, dict):
            inner.setdefault(last, fact)
    return row


def cases(
    facts: Facts, *, build: Callable[[dict[str, Any]], Any], at: datetime, known: bool = False
) -> st.SearchStrategy[PolicyCase]:
    """
    Generate cases from facts and the values that are worth trying; if ``known``, with all of them.

    >>> cases({"source": ["fair"]}, build=nested, at=datetime(2026, 3, 2)).is_empty
    False
    """
    values = {path: st.sampled_from(list(tried)) for path, tried in facts.items()}
    some: st.SearchStrategy[dict[str, object]] = (
        st.fixed_dictionaries(values) if known else st.fixed_dictionaries({}, optional=values)
    )
    missing = st.sets(st.sampled_from(list(facts))) if facts else st.just(set[str]())
    return st.builds(PolicyCase, some, missing, build=st.just(build), at=st.just(at))


def facts_of(policy: Policy, *, at: datetime) -> Facts:
    """
    List the facts that a scorecard reads, with values on both sides of each of its limits.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> list(facts_of(BANT, at=datetime(2026, 3, 2, tzinfo=UTC)))
    ['answers.need', 'answers.budget', 'answers.timing', 'answers.authority']
    """
    if not isinstance(policy, Scorecard):
        return USUAL_FACTS
    found: dict[str, list[object]] = {}
    for criterion in policy.criteria:
        for path in criterion.reads:
            found.setdefault(path, [])
        if isinstance(criterion.rule, Rule):
            for path, value in _limits(criterion.rule, at):
                found[path].append(value)
    return {path: _tried(values, at) for path, values in found.items()}


def _limits(rule: Rule, at: datetime) -> Iterator[tuple[str, object]]:
    for part in rule.parts:
        yield from _limits(part, at)
    if rule.path:
        operands = rule.operand if isinstance(rule.operand, tuple) else (rule.operand,)
        for operand in operands:
            for value in _around(operand):
                yield rule.path, value
            if type(operand) is int and abs(operand) < _MOST_DAYS:
                yield rule.path, (at + operand * _DAY).date()
                yield rule.path, (at - operand * _DAY).date()


def _around(operand: object) -> Iterator[object]:
    if isinstance(operand, bool):
        yield from (operand, not operand)
    elif isinstance(operand, (int, Decimal)):
        yield from (operand, operand - 1, operand + 1)
    elif isinstance(operand, date):
        yield from (operand, operand - _DAY, operand + _DAY)
    elif isinstance(operand, str):
        yield from (operand, "something else")
    else:
        yield operand


def _tried(values: list[Any], at: datetime) -> Sequence[object]:
    """Try each value as it is, as a dated answer, as an expired one, and what says nothing."""
    usable = [value for value in values if value is not None] or [True, False, 0, 1, "words", at]
    old = [Answer(value, at=at - 45 * _DAY) for value in usable]
    return [*usable, *old, Answer(True, expires=at), "", None, float("nan"), object]


def _renewed(fact: object, at: datetime) -> object:
    return attrs.evolve(fact, at=at) if isinstance(fact, Answer) and fact.at else fact


def _told(path: str, fact: object) -> str:
    if isinstance(fact, Answer):
        return f"{path} = {fact.value!r} as answered"
    return f"{path} = {fact!r}"
