"""
A rule is a frozen value that answers yes, no or unknown about a lead, an opportunity, or a row.

Build one with `field`, `yes` or `answered`; join rules with ``&``, ``|``, ``~`` and `at_least`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from ..errors import Problem, Text, did_you_mean
from ..values.instants import instant
from . import compiling
from .compiling import CompiledRule
from .explanation import Explanation
from .facts import path_names, read_fact
from .kinds import kind_of
from .operands import Operand, refused
from .operators import JOINTS, OPERATORS
from .possible_facts import impossible_paths
from .truth import Truth, at_least_of, conjunction, negation

DEEPEST = 32
LARGEST = 1_000

_DEEP = Text("rule_too_deep", "parts lie within parts at most {most} deep")
_LARGE = Text("rule_too_large", "a rule has at most {most} parts")
_OPERATOR = Text("unknown_operator", "unknown operator", "use one of {operators}")
_MISSPELT = Text("operator_misspelt", "unknown operator", "did you mean {meant}?")
_ONE_FACT = Text("rule_of_one_fact", "{operator} judges one fact", "join rules with &, | and ~")
_PARTS = Text(
    "parts_of_rule",
    "{joiner} joins rules such as yes(…), one by one",
    "write a star before a list, as in {joiner}(*rules)",
)
_OWN_FACT = Text("joint_with_fact", "{operator} joins rules and reads no fact itself")
_COUNT = Text(
    "count_of_rules",
    "how many rules must hold is a whole number from 0 to {rules}, and comes first",
    "such as at_least(2, *rules)",
)
_OPERAND = Text("joint_with_operand", "{operator} compares with nothing")
_NOT = Text("not_of_one_rule", "not turns exactly one rule around")
_FUNCTION = Text("rule_function", "the function of a rule must be callable")
_FUNCTION_FACTS = Text(
    "facts_of_function", "a function lists the paths of its facts as its operand"
)
_TRUTH = Text(
    "truth_of_rule",
    "a rule is not true or false by itself",
    "join rules with &, | and ~, use between, and ask a rule by holds",
)
WRONG_KIND_OF_FACT = Text("wrong_kind_of_fact", "answered with {found}; {wanted} is needed")


_WRITTEN = {"all": "all_of", "not": "~"}
_ALL = frozenset({*JOINTS, *OPERATORS, "function"})


def _told_apart(operand: Operand) -> object:
    """Tell yes from 1, and no from 0: Python takes them for equal, but rules do not."""
    several = operand if isinstance(operand, tuple) else (operand,)
    return operand, tuple([isinstance(one, bool) for one in several])


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
    operand: Operand = attrs.field(default=None, eq=_told_apart)
    parts: tuple[Rule, ...] = ()
    function: Callable[[Any, datetime], Truth] | None = attrs.field(default=None, kw_only=True)
    depth: int = attrs.field(init=False, repr=False, eq=False)
    size: int = attrs.field(init=False, repr=False, eq=False)
    _compiled: CompiledRule | None = attrs.field(init=False, repr=False, eq=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be judged, and what is too deep or too large to be."""
        keep = object.__setattr__
        op: object = self.op
        if not isinstance(op, str) or op not in _ALL:
            raise refused(_unknown_operator(op))
        _check(isinstance(self.parts, tuple), _PARTS, joiner=_joiner(self))
        if self.op in OPERATORS:
            _check(not self.parts and self.function is None, _ONE_FACT, operator=self.op)
            path_names(self.path)
            keep(self, "operand", OPERATORS[self.op].check(self.op, self.operand))
        elif self.op == "function":
            self._check_function()
        else:
            self._check_joint()
        # A rule that contains itself twice, time and again, has few objects and endless parts.
        keep(self, "depth", 1 + max((part.depth for part in self.parts), default=0))
        keep(self, "size", 1 + sum(part.size for part in self.parts))
        _check(self.depth <= DEEPEST, _DEEP, most=DEEPEST)
        _check(self.size <= LARGEST, _LARGE, most=LARGEST)

    def _check_joint(self) -> None:
        if self.op == "at_least":
            count, rules = self.operand, len(self.parts)
            _check(type(count) is int and 0 <= count <= rules, _COUNT, rules=rules)
        else:
            _check(self.operand is None, _OPERAND, operator=self.op)
        plain = all(type(part) is Rule for part in self.parts)
        _check(plain, _PARTS, joiner=_joiner(self))
        has_fact = bool(self.path) or self.function is not None
        _check(not has_fact, _OWN_FACT, operator=self.op)
        _check(self.op != "not" or len(self.parts) == 1, _NOT)

    def _check_function(self) -> None:
        _check(callable(self.function), _FUNCTION)
        lists_facts = not self.path and not self.parts and isinstance(self.operand, tuple)
        _check(lists_facts, _FUNCTION_FACTS)
        for path in self.operand if isinstance(self.operand, tuple) else ():
            path_names(path)

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
        instant(at)
        return self.compiled()(subject, at)

    def compiled(self) -> CompiledRule:
        """
        Return the rule as one fast function of subject and instant. It is compiled only once.

        The function trusts its caller to pass an aware instant.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import field
        >>> judge = (field("company.employees") <= 200).compiled()
        >>> judge({"company": {"employees": 40}}, datetime(2026, 3, 2, tzinfo=UTC))
        True
        """
        if self._compiled is None:
            object.__setattr__(self, "_compiled", self._compile())
        return self._compiled or self._compile()

    def _compile(self) -> CompiledRule:
        if self.function is not None:
            return compiling.compile_function(self.function)
        if self.op in OPERATORS:
            names = path_names(self.path)
            return compiling.compile_test(OPERATORS[self.op], names, self.operand)
        parts = tuple(part.compiled() for part in self.parts)
        if self.op == "not":
            return compiling.compile_not(parts[0])
        if isinstance(self.operand, int):
            return compiling.compile_at_least(self.operand, parts)
        return compiling.compile_all(parts)

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
        instant(at)
        if self.op not in JOINTS:
            fact = read_fact(subject, path_names(self.path), at=at) if self.path else None
            return Explanation(str(self), self.compiled()(subject, at), path=self.path, fact=fact)
        parts = tuple(part.explain(subject, at=at) for part in self.parts)
        return Explanation(self._heading(), self._joined([part.value for part in parts]), parts)

    def _joined(self, truths: list[Truth]) -> Truth:
        if self.op == "not":
            return negation(truths[0])
        return (
            at_least_of(self.operand, truths)
            if isinstance(self.operand, int)
            else conjunction(truths)
        )

    @property
    def facts(self) -> frozenset[str]:
        """
        List the paths of all facts that the rule reads.

        >>> from salesfunnel.rules import yes
        >>> sorted((yes("answers.need") & yes("answers.budget")).facts)
        ['answers.budget', 'answers.need']
        """
        own = self.operand if self.op == "function" else (self.path,)
        read = map(str, own if isinstance(own, tuple) and self.op not in JOINTS else ())
        return frozenset(read).union(*(part.facts for part in self.parts))

    def missing_facts(self, subject: object, *, at: datetime) -> frozenset[str]:
        """
        List the paths that the rule reads and of which the fact is not known yet.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> sorted(yes("answers.need").missing_facts({}, at=datetime(2026, 3, 2, tzinfo=UTC)))
        ['answers.need']
        """
        instant(at)
        return frozenset(
            path for path in self.facts if read_fact(subject, path_names(path), at=at) is None
        )

    def unknown_facts(self, noun: type) -> tuple[Problem, ...]:
        """
        Report the facts that no noun of a class can have, with what was probably meant.

        >>> from salesfunnel.accounts import Account
        >>> from salesfunnel.rules import field
        >>> print(*(field("company.employes") <= 200).unknown_facts(Account))
        company.employes: an account has no such fact; did you mean company.employees?
        """
        return impossible_paths(self.facts, noun)

    def problem(self, subject: object, *, at: datetime) -> Problem | None:
        """
        Say of which kind a fact must be, where one of another kind leaves the rule undecided.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> print(
        ...     yes("answers.need").problem(
        ...         {"answers": {"need": "perhaps"}}, at=datetime(2026, 3, 2, tzinfo=UTC)
        ...     )
        ... )
        answers.need: answered with a text; yes or no is needed
        """
        if self.holds(subject, at=at) is not None:
            return None
        if self.op not in OPERATORS:
            said = (part.problem(subject, at=at) for part in self.parts)
            return next((problem for problem in said if problem is not None), None)
        fact = read_fact(subject, path_names(self.path), at=at)
        wanted, found = OPERATORS[self.op].fits(self.operand), kind_of(fact)
        if fact is None or found in wanted:
            return None
        return WRONG_KIND_OF_FACT.problem(where=self.path, found=found, wanted=" or ".join(wanted))

    def __and__(self, other: Rule) -> Rule:
        """Both must hold."""
        if type(other) is not Rule:
            return NotImplemented
        return Rule("all", parts=(*self._members("all"), *other._members("all")))

    def __or__(self, other: Rule) -> Rule:
        """One of the two must hold."""
        if type(other) is not Rule:
            return NotImplemented
        parts = (*self._members("at_least"), *other._members("at_least"))
        return Rule("at_least", operand=1, parts=parts)

    def __invert__(self) -> Rule:
        """Yes becomes no and no becomes yes; unknown stays unknown."""
        return Rule("not", parts=(self,))

    def _members(self, op: str) -> tuple[Rule, ...]:
        """Join ``a & b & c`` side by side, so that a long chain is not a deep one."""
        chained = self.op == op and self.operand in (None, 1)
        return self.parts if chained and self.parts else (self,)

    def __bool__(self) -> bool:
        """Refuse to be a yes or no: ``and``, ``or``, ``not``, ``1 <= x <= 2`` would lose a half."""
        raise refused(_TRUTH.problem())

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[object, ...]]:
        """Pickle and copy by way of the constructor, without what was compiled."""
        return _again, (self.op, self.path, self.operand, self.parts, self.function)

    def _heading(self) -> str:
        return JOINTS[self.op].format(self.operand)

    def __str__(self) -> str:
        """Say the rule in words."""
        if self.function is not None:
            return str(getattr(self.function, "__name__", type(self.function).__name__))
        if self.op in JOINTS:
            return f"{self._heading()} ({', '.join(map(str, self.parts))})"
        return f"{self.path} {OPERATORS[self.op].in_words(self.operand)}"


def _again(op: str, path: str, operand: Operand, parts: tuple[Rule, ...], function: Any) -> Rule:  # noqa: ANN401
    return Rule(op, path, operand, parts, function=function)


def _joiner(rule: Rule) -> str:
    """Name what joins rules as it is written in Python."""
    if rule.op == "at_least" and rule.operand == 1:
        return "any_of"
    return _WRITTEN.get(rule.op, rule.op)


def _unknown_operator(op: object) -> Problem:
    known = sorted({*JOINTS, *OPERATORS})
    meant = did_you_mean(op, known) if isinstance(op, str) else ""
    if meant:
        return _MISSPELT.problem(meant=meant)
    return _OPERATOR.problem(operators=", ".join(known))


def _check(met: bool, text: Text, **params: Any) -> None:  # noqa: ANN401, FBT001 - reads as a sentence
    if not met:
        raise refused(text.problem(**params))
