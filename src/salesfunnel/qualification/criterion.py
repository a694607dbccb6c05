"""A criterion: one thing a policy wants to know, its worth, and the question that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text
from ..rules.compiling import CompiledRule
from ..rules.facts import path_names
from ..rules.predicate import takes
from ..rules.rule import Rule
from ..values.text import is_visible, plain_text, shown
from .evidence import age_of, find_evidence
from .finding import Finding
from .points import MOST_POINTS, remaining, whole_points
from .scoring import Judge, Scorer, ask

LONGEST_STRETCH = 4_000_000_000  # seconds, more than a century

_SHOWN = 40  # characters of a refused name in a message

_PATHS = Text("facts_not_paths", "facts must be paths", 'such as facts=["company.employees"]')
_NAME = Text("criterion_name", "a criterion needs a name of one line")
_LINES = Text("criterion_lines", "question and group must each be one line of text")
_WEIGHT = Text("criterion_weight", "the weight must be a whole number, from -{most} to {most}")
_COST = Text("criterion_cost", "the cost must be a whole number, from 1 to {most}")
_DEFERRABLE = Text(
    "deferrable_not_required",
    "only a required criterion can be deferrable",
    "add required=True, or leave out deferrable",
)
_FLAGS = Text("criterion_flags", "required and deferrable must each be True or False")
_SIGNATURE = Text(
    "criterion_signature",
    "the function of a criterion takes a lead and the instant",
    "such as lambda lead, at: True",
)
_NO_RULE = Text(
    "criterion_without_rule",
    "a criterion needs a rule, a function of lead and instant, or an object with holds()",
)
_ANSWERED = Text(
    "answered_in_a_rule",
    "answered() cannot be part of another rule in a criterion, since its no may become a yes",
    "make a criterion of answered() alone",
)
_HALF_LIFE = Text(
    "half_life", "the half-life must be a positive timedelta of whole seconds, at most 126 years"
)
_ONE_FACT = Text(
    "half_life_of_facts",
    "points fade with the age of one fact, and this criterion reads {facts}",
    "use a rule about one fact, or name the one that counts in facts=",
)
_OWN_FACTS = Text(
    "facts_of_a_rule", "facts= is for functions only, since a rule knows its facts", "leave it out"
)


def _paths(facts: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(facts, type) or not hasattr(facts, "__iter__"):
        raise InvalidDefinition("criterion", (_PATHS.problem(),))
    return (facts,) if isinstance(facts, str) else tuple(facts)


@attrs.frozen
class Criterion:
    """
    A rule, or any function of lead and instant, with a weight in points and a question.

    A function or object answers yes, no, unknown (``None``), or with a share between 0 and 1. A no
    to a ``required`` criterion disqualifies; if it is ``deferrable``, the no means *not now*, and
    the lead is to be recycled. Negative points are a penalty. With a ``half_life`` the points fade
    as the answer ages: they become unknown again, and the question is asked again.

    >>> Criterion("in town", lambda lead, at: lead["city"] == "Yerevan", weight=10).weight
    10
    """

    name: str
    rule: Rule | Judge | Scorer
    weight: int = attrs.field(default=0, kw_only=True)
    question: str = attrs.field(default="", kw_only=True)
    cost: int = attrs.field(default=1, kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)
    deferrable: bool = attrs.field(default=False, kw_only=True)
    group: str = attrs.field(default="", kw_only=True)
    half_life: timedelta | None = attrs.field(default=None, kw_only=True)
    facts: tuple[str, ...] = attrs.field(default=(), converter=_paths, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a criterion that has no name, or that could not keep the laws of a policy."""
        found = tuple(_problems(self))
        if found:
            raise InvalidDefinition(f"criterion {shown_name(self.name)}", found)

    @property
    def reads(self) -> tuple[str, ...]:
        """The paths of the facts that it reads; a function may name its own as ``facts``."""
        known: object = getattr(self.rule, "facts", ())
        named = known if isinstance(known, (frozenset, set, tuple, list)) else ()
        return self.facts or tuple(sorted(named, key=str))

    @property
    def is_asked_each_time(self) -> bool:
        """Whether more can come of it than a plain yes, no or unknown of a rule."""
        is_plain = isinstance(self.rule, Rule) and self._function is None
        return self.half_life is not None or self.awaits or not is_plain

    def judge(self) -> CompiledRule:
        """
        Return its rule as one fast function of lead and instant; of a scorer, one that asks it.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> judge = Criterion("need", yes("need")).judge()
        >>> judge({"need": True}, datetime(2026, 3, 2, tzinfo=UTC))
        True
        """
        if isinstance(self.rule, Rule):
            return self.rule.compiled()
        return lambda lead, at: self.find(lead, at=at).answer

    @property
    def _function(self) -> Scorer | None:
        """The function behind a rule that was made of one; asked directly, its faults are named."""
        return getattr(self.rule, "function", None) if isinstance(self.rule, Rule) else None

    @property
    def awaits(self) -> bool:
        """Whether it only waits for something to be answered, so that it is never a no."""
        return isinstance(self.rule, Rule) and self.rule.op == "answered"

    def misfit(self, lead: object, *, at: datetime) -> Problem | None:
        """
        Say what is wrong with a fact of another kind, which leaves the rule undecided.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> row = {"need": 5}
        >>> print(Criterion("need", yes("need")).misfit(row, at=datetime(2026, 3, 2, tzinfo=UTC)))
        need: answered with a number; yes or no is needed
        """
        return self.rule.problem(lead, at=at) if isinstance(self.rule, Rule) else None

    def find(
        self, lead: object, *, at: datetime, recycle_after: timedelta | None = None
    ) -> Finding:
        """
        Find what the criterion has to say about a lead, or what keeps it from saying anything.

        A function that raises, or that returns neither a truth nor a share, leaves its own
        criterion unknown and nothing else.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.rules import yes
        >>> need = Criterion("need", yes("answers.need"), weight=30)
        >>> print(need.find({"answers": {"need": True}}, at=datetime(2026, 3, 2, tzinfo=UTC)))
        need: yes (30 of 30)
        >>> odd = Criterion("odd", lambda lead, at: 1 / 0)
        >>> print(odd.find({}, at=datetime(2026, 3, 2, tzinfo=UTC)).problem)
        the scorer raised ZeroDivisionError
        """
        share, problem = ask(self._function or self.rule, lead, at=at)
        if self.awaits and not share:
            share = None
        if share is None and problem is None:
            problem = self.misfit(lead, at=at)
        left = None
        if share is not None and self.half_life is not None:
            age = age_of(find_evidence(lead, path_names(self.reads[0]), at=at), at=at)
            left = remaining(age, self.half_life)
        return self.finding(share, left=left, problem=problem, recycle_after=recycle_after)

    def finding(
        self,
        share: Fraction | None,
        *,
        left: Fraction | None = None,
        problem: Problem | None = None,
        recycle_after: timedelta | None = None,
    ) -> Finding:
        """
        Write down a share of the points as a finding, and what is left of it at its age.

        What is gone is unknown again: given anew, the answer would bring it back.

        >>> need = Criterion("need", lambda lead, at: 0.5, weight=30)
        >>> print(need.finding(Fraction(1, 2)))
        need: yes (15 of 30)
        """
        fresh = points = whole_points(self.weight, share)
        if share is not None and left is not None:
            points = whole_points(self.weight, share * left)
        return Finding(
            self.name,
            None if share is None else share > 0,
            points=min(points, fresh),
            weight=self.weight,
            faded=abs(fresh - points),
            required=self.required,
            problem=problem,
            group=self.group,
            question=self.question,
            cost=self.cost,
            facts=self.reads,
            recycle_after=recycle_after if self.deferrable else None,
        )


def _problems(criterion: Criterion) -> Iterator[Problem]:
    if not is_line(criterion.name):
        yield _NAME.problem()
    if not _is_line(criterion.question) or not _is_line(criterion.group):
        yield _LINES.problem()
    if type(criterion.weight) is not int or abs(criterion.weight) > MOST_POINTS:
        yield _WEIGHT.problem(most=MOST_POINTS)
    if type(criterion.cost) is not int or not 0 < criterion.cost <= MOST_POINTS:
        yield _COST.problem(most=MOST_POINTS)
    flags: tuple[object, ...] = (criterion.required, criterion.deferrable)
    if not all(isinstance(flag, bool) for flag in flags):
        yield _FLAGS.problem()
    elif criterion.deferrable and not criterion.required:
        yield _DEFERRABLE.problem()
    yield from _rule_problems(criterion)


def _rule_problems(criterion: Criterion) -> Iterator[Problem]:
    asked: object = criterion.rule
    if isinstance(asked, type) or not callable(getattr(asked, "holds", asked)):
        yield _NO_RULE.problem()
    elif not _takes_lead_and_instant(criterion.rule):
        yield _SIGNATURE.problem()
    elif isinstance(criterion.rule, Rule) and any(map(_asks_whether_known, criterion.rule.parts)):
        # More knowledge turns `answered` from no to yes, and could turn a decided verdict with it.
        yield _ANSWERED.problem()
    yield from _fact_problems(criterion)
    half_life: object = criterion.half_life
    if half_life is not None:
        if not is_stretch(half_life):
            yield _HALF_LIFE.problem()
        elif len(criterion.reads) != 1:
            yield _ONE_FACT.problem(facts=len(criterion.reads))


def _fact_problems(criterion: Criterion) -> Iterator[Problem]:
    if criterion.facts and isinstance(criterion.rule, Rule):
        yield _OWN_FACTS.problem()
    try:
        for path in criterion.reads:
            path_names(path)
    except InvalidDefinition as error:
        yield from error.problems


def _takes_lead_and_instant(scorer: Any) -> bool:  # noqa: ANN401 - a rule, an object, a function
    return hasattr(scorer, "holds") or takes(scorer, "lead", "at")


def _asks_whether_known(rule: Rule) -> bool:
    return rule.op == "answered" or any(map(_asks_whether_known, rule.parts))


def shown_name(name: object) -> str:
    """
    Show the name of a definition that is refused, or the class of what is no name.

    >>> shown_name("BANT"), shown_name(5)
    ('BANT', 'int')
    """
    return shown(name, limit=_SHOWN) if isinstance(name, str) else type(name).__name__


def is_stretch(time: object) -> bool:
    """
    Tell whether something is a stretch of time that can be written down, in whole seconds.

    >>> is_stretch(timedelta(days=30)), is_stretch(timedelta(0)), is_stretch(30)
    (True, False, False)
    """
    longest = timedelta(seconds=LONGEST_STRETCH)
    return isinstance(time, timedelta) and timedelta(0) < time <= longest and not time.microseconds


def is_line(text: object) -> bool:
    """
    Tell whether something is a text of one line that shows anything.

    >>> is_line("need"), is_line(" "), is_line(None)
    (True, False, False)
    """
    return _is_line(text) and is_visible(str(text))


def _is_line(text: object) -> bool:
    try:
        return isinstance(text, str) and plain_text(text, "text") == text
    except InvalidValue:
        return False
