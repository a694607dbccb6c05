"""
What can be told about guards without asking them: which ask for the same, and which exclude.

A rule that joins others by *all* asks for each of them; what is left are single conditions. Nothing
is known of a function but that it is the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

import attrs

from ..rules.rule import Rule
from .guard import Guard
from .spans import Span, common, spans_of

Condition = Rule | Guard
Conditions = frozenset[Condition]
Claim = tuple[Rule, bool]
"""A rule, and what it is to be: true or false."""


def conditions_of(guards: Iterable[Guard]) -> Conditions:
    """List the single conditions that guards ask for together."""
    return frozenset([condition for guard in guards for condition in _singles(guard)])


def contradiction(conditions: Conditions) -> tuple[str, str] | None:
    """Return two conditions, or parts of them, in words, that can never be met together."""
    rules = _rules(conditions)
    for rule in rules:
        if _is_denied(rule, conditions):
            return str(rule.parts[0]), str(rule)
    if not rules or not _share_a_fact(rules) or _may_hold(rules):
        return None
    # From here on nothing is fast, since a pipeline with a contradiction is refused.
    rules.sort(key=lambda rule: (rule.op == "not", str(rule)))
    few = chain(combinations(rules, 1), combinations(rules, 2))
    clashing = next((some for some in few if not _may_hold(some)), None) or _fewest(rules)
    *some, last = map(str, clashing)
    return (", ".join(some), last) if some else (f"one part of {last}", "another")


def exclude_each_other(some: Conditions, others: Conditions) -> bool:
    """Tell whether it is plain that two ways are never open at the same time."""
    together = some | others
    rules = _rules(together)
    if any(_is_denied(rule, together) for rule in rules):
        return True
    return bool(rules) and _share_a_fact(rules) and not _may_hold(rules)


def ask_no_more(some: Conditions, others: Conditions) -> bool:
    """Tell whether some conditions are plainly met wherever others are: 3, where 5 are wanted."""
    return all(one in others or any(_follows(one, other) for other in others) for one in some)


def _follows(condition: Condition, other: Condition) -> bool:
    """Tell whether one comparison is true wherever another one of the same fact is."""
    if not isinstance(condition, Rule) or not isinstance(other, Rule):
        return False
    if not condition.path or condition.path != other.path or other.op == "answered":
        return False
    spans, gaps = spans_of(other, truth=True), spans_of(condition, truth=False)
    if not spans or not gaps or spans[0].kind != gaps[0].kind:
        return condition.op == "answered"
    return not common(spans, gaps)


def _rules(conditions: Conditions) -> list[Rule]:
    return [condition for condition in conditions if isinstance(condition, Rule)]


def _is_denied(rule: Rule, conditions: Conditions) -> bool:
    """Tell whether all that a rule denies is asked for."""
    return rule.op == "not" and frozenset(_singles(rule.parts[0])) <= conditions


def _singles(condition: Condition) -> Iterator[Condition]:
    check = condition.check if isinstance(condition, Guard) else condition
    if not isinstance(check, Rule):
        yield condition
    elif check.op == "all":
        for part in check.parts:
            yield from _singles(part)
    else:
        yield check


def _share_a_fact(rules: Iterable[Rule]) -> bool:
    """Tell whether any fact is asked for twice; otherwise each may be what it is wanted to be."""
    paths = [path for rule in rules for path in _paths(rule)]
    return len(set(paths)) < len(paths)


def _paths(rule: Rule) -> Iterator[str]:
    if rule.parts:
        for part in rule.parts:
            yield from _paths(part)
    else:
        # Functions may read anything; all of them count as one fact.
        yield rule.path


def _fewest(rules: Sequence[Rule]) -> Sequence[Rule]:
    """Leave out whatever is not needed for a contradiction."""
    for rule in rules:
        others = [other for other in rules if other is not rule]
        if not _may_hold(others):
            return _fewest(others)
    return rules


def _may_hold(rules: Iterable[Rule]) -> bool:
    """Tell whether rules may be true together, as far as that is plain."""
    known = _Known()
    claims: list[Claim] = [(rule, True) for rule in rules]
    is_news = True
    while is_news:
        # What has become certain may leave no choice to what is still open.
        is_news, still_open, certain = False, list[Claim](), list[Claim]()
        for claim in claims:
            if not known.allows(claim):
                return False
            needed, parts = _parts(claim)
            possible = [part for part in parts if known.allows(part)]
            if len(possible) == needed:
                if not parts:
                    known.take(claim)
                certain += possible
                is_news = True
            else:
                still_open.append(claim)
        claims = certain + still_open
    return True


def _parts(claim: Claim) -> tuple[int, list[Claim]]:
    """Say how many of which claims a claim comes down to; a comparison has none."""
    rule, truth = claim
    parts = [(part, truth is (rule.op != "not")) for part in rule.parts]
    count = rule.operand if parts and isinstance(rule.operand, int) else len(parts)
    return count if truth or not parts else len(parts) - count + 1, parts


@attrs.define
class _Known:
    """What is known of facts and functions while several claims hold."""

    answered: dict[str, bool] = attrs.field(factory=dict)
    spans: dict[tuple[str, str], list[Span]] = attrs.field(factory=dict)
    others: dict[Rule, bool] = attrs.field(factory=dict)

    def allows(self, claim: Claim) -> bool:
        """Tell whether a claim may hold too."""
        rule, truth = claim
        needed, parts = _parts(claim)
        if parts:
            return sum(map(self.allows, parts)) >= needed
        tells = _tells(claim)
        if self.answered.get(rule.path, tells) is not tells:
            return False
        left = self._left(claim)
        return self.others.get(rule, truth) is truth if left is None else bool(left)

    def take(self, claim: Claim) -> None:
        """Keep what a claim says of its fact or its function."""
        rule, truth = claim
        self.answered[rule.path] = _tells(claim)
        left = self._left(claim)
        if left:
            self.spans[rule.path, left[0].kind] = left
        else:
            self.others[rule] = truth

    def _left(self, claim: Claim) -> list[Span] | None:
        """List the spans that are left to a fact; ``None`` if a claim is of another sort."""
        rule, truth = claim
        spans = spans_of(rule, truth=truth) if rule.operand is not None else None
        if not spans:
            return spans
        return common(spans, self.spans.get((rule.path, spans[0].kind), spans))


def _tells(claim: Claim) -> bool:
    """Tell whether a fact is known by a claim; no comparison is true or false of an unknown."""
    rule, truth = claim
    return truth or rule.op != "answered"
