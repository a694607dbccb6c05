"""
A check of your own rule against the laws that every rule keeps, and rules for your own tests.

The smallest case that breaks a law is reported in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from random import Random
from types import MappingProxyType

import attrs
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, NoSuchExample

from ..errors import WrongKind
from ..rules.fields import all_of, at_least
from ..rules.operands import Operand
from ..rules.rule import Rule
from .rule_cases import FactValues, RuleCase, rule_cases, values_for
from .rule_laws import RULE_LAWS, RuleLaw

_MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_SIZES = st.integers(0, 1000)
_WORDS = st.sampled_from(["IR", "AM"])
_DAYS = st.integers(0, 99)

OPERANDS: Mapping[str, st.SearchStrategy[Operand]] = MappingProxyType(
    {
        "eq": st.sampled_from([True, False, 200, "IR"]),
        **dict.fromkeys(("lt", "le", "gt", "ge"), _SIZES),
        "between": st.tuples(_SIZES, _SIZES).map(lambda ends: (min(ends), max(ends))),
        "one_of": st.lists(_WORDS | _SIZES, min_size=1, max_size=3).map(tuple),
        **dict.fromkeys(("starts_with", "ends_with", "contains"), _WORDS),
        **dict.fromkeys(("within", "older_than", "due_within"), _DAYS),
        "answered": st.none(),
    }
)
"""What the drawn rules compare with, for each operator."""

_PATHS = ("answers.need", "answers.budget", "company.employees", "company.country")


def check_rule(
    rule: object,
    *,
    facts: FactValues | None = None,
    at: datetime = _MONDAY,
    examples: int = 200,
) -> None:
    """
    Check that a rule keeps the laws; raise `AssertionError` with the smallest counterexample.

    A rule is a `Rule`, perhaps with functions of yours in it, or any object with ``facts`` and
    ``holds(lead, at=…)``. Which values are worth trying is read off a `Rule`; for functions and
    other objects name them in ``facts``, by path; ``at`` is the instant of asking, and
    ``examples`` says how many leads are tried. Leads are dictionaries, read by key or by
    attribute. A rule that asks whether something is ``answered`` may change its mind, so it is
    excused from the law that what is decided stays decided.

    >>> from salesfunnel.rules import field, predicate
    >>> check_rule(field("company.employees") <= 200)
    >>> @predicate("visits")
    ... def keen(lead, at):
    ...     return lead.get("visits", 0) > 3
    >>> check_rule(keen, facts={"visits": [0, 9]})
    Traceback (most recent call last):
    AssertionError: keen breaks a law: what is decided stays decided, however the unknowns turn out.
    It said no, and after more answers yes.
    Known at first: nothing.
    Then also: visits = 9.
    """
    if not callable(getattr(rule, "holds", None)):
        raise WrongKind.of("rule", rule, wanted="an object with holds(lead, *, at)")
    values = values_for(rule) if facts is None else facts
    search = _Search(rule, values, at=at, examples=examples)
    search.run(RULE_LAWS, (Phase.generate,))
    if search.found is None:
        return
    law, _, _ = search.found
    search.run((law,), (Phase.generate, Phase.shrink))
    law, words, case = search.found
    name = str(rule) if isinstance(rule, Rule) else type(rule).__name__
    raise AssertionError(f"{name} breaks a law: {law}.\n{words}\n{case}")


def rules(*, paths: tuple[str, ...] = _PATHS) -> st.SearchStrategy[Rule]:
    """
    Draw rules of any shape over the facts of these paths.

    >>> from hypothesis import find
    >>> print(find(rules(paths=("need",)), lambda rule: rule.op == "not"))
    not (need is True)
    """
    places = st.sampled_from(paths)
    tests = st.one_of(
        [st.builds(Rule, st.just(op), places, operand) for op, operand in OPERANDS.items()]
    )
    return st.recursive(tests, _joined, max_leaves=8)


def _joined(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(parts, max_size=4)
    counted = st.tuples(several, st.integers(0, 4))
    return (
        parts.map(lambda rule: ~rule)
        | several.map(lambda some: all_of(*some))
        | counted.map(lambda drawn: at_least(min(drawn[1], len(drawn[0])), *drawn[0]))
    )


@attrs.define
class _Search:
    """The search for a case that breaks a law. What it found last is the smallest."""

    rule: object
    values: FactValues
    at: datetime = attrs.field(kw_only=True)
    examples: int = attrs.field(kw_only=True)
    found: tuple[RuleLaw, str, RuleCase] | None = None

    def run(self, laws: Iterable[RuleLaw], phases: tuple[Phase, ...]) -> None:
        """Try cases, the same each time, so that a check that passed does not fail tomorrow."""
        chosen = settings(
            max_examples=self.examples,
            phases=phases,
            database=None,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        with suppress(NoSuchExample, Flaky):  # a rule that draws lots is flaky
            lots = Random(0)  # noqa: S311 - no secret
            breaks = partial(self._breaks, laws)
            smallest = find(rule_cases(self.values), breaks, settings=chosen, random=lots)
            self._breaks(laws, smallest)

    def _breaks(self, laws: Iterable[RuleLaw], case: RuleCase) -> bool:
        for law in laws:
            words = law.judge(self.rule, case, self.at)
            if words:
                self.found = law, words, case
                return True
        return False
