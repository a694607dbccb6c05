"""Weighing: a scorecard says what its rules say, of leads of any make and in any order."""

from __future__ import annotations

from collections import UserDict
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from types import MappingProxyType, SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, Criterion, Scorecard
from salesfunnel.qualification.assessment import decide
from salesfunnel.rules import field, yes
from salesfunnel.values.answer import Answer
from salesfunnel.values.bucket import Bucket
from salesfunnel.values.frozen_map import FrozenMap
from tests.qualification.examples import MONDAY, half_true

SLOTS = ("a", "b", "company.a", "company.b")


class Maybe(int):
    """A whole number of somebody else's make."""


class Word(str):
    """A text of somebody else's make."""

    __slots__ = ()


class Raising:
    """An object of which nothing can be read."""

    def __getattr__(self, name):
        """Raise whatever is asked for."""
        raise ZeroDivisionError(name)


class Colliding(str):
    """A key that cannot be compared with the name of a fact."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other):
        """Raise."""
        raise ZeroDivisionError(other)


@attrs.frozen
class Company:
    """A host's own entity."""

    a: object = None
    b: object = None
    company: object = None


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["web", "WEB", " web ", "w", "", "Téhéran", "teheran", "★★"]),
)
odd = st.one_of(
    st.integers(-3, 3).map(Maybe),
    st.sampled_from(["web", "", "w"]).map(Word),
    st.sampled_from([1.0, 2.5, float("nan"), Decimal(2), Decimal("NaN"), 10**40]),
    st.sampled_from([Bucket(1, 3), Bucket(2, 2), date(2026, 1, 1), b"web", [], ["web"], Raising()]),
)
said = st.one_of(
    plain.map(Answer),
    plain.map(lambda value: Answer(value, expires=MONDAY)),
    plain.map(lambda value: Answer(value, expires=MONDAY + timedelta(days=1))),
)
facts = st.dictionaries(st.sampled_from(["a", "b"]), plain | odd | said)
things = [dict, FrozenMap, UserDict, MappingProxyType, lambda f: SimpleNamespace(**f)]
things += [lambda f: Company(**f), lambda _: None, lambda _: Raising(), lambda _: 7]
things += [lambda f: {Colliding(name): fact for name, fact in f.items()}]


@st.composite
def leads(draw):
    """Draw a lead, and what stands in it, of any make."""
    make = st.sampled_from(things)
    company = draw(make)(draw(facts))
    return draw(make)(draw(facts) | draw(st.sampled_from([{}, {"company": company}])))


rules = st.one_of(
    st.sampled_from(SLOTS).map(yes),
    st.builds(lambda s, b: field(s).is_(b), st.sampled_from(SLOTS), st.booleans()),
    st.builds(
        lambda s, op, n: getattr(field(s), op)(n),
        st.sampled_from(SLOTS),
        st.sampled_from(["__ge__", "__gt__", "__le__", "__lt__", "is_"]),
        st.integers(-2, 2),
    ),
    st.builds(lambda s: field(s).between(-1, 1), st.sampled_from(SLOTS)),
    st.builds(lambda s: field(s).one_of("Web", "TEHERAN"), st.sampled_from(SLOTS)),
    st.builds(lambda s: field(s).is_("web") & yes("a"), st.sampled_from(SLOTS)),
    st.just(half_true),
)
criteria = st.lists(
    st.tuples(rules, st.integers(-20, 20), st.booleans()), min_size=1, max_size=5
).map(
    lambda rows: [Criterion(f"c{n}", r, weight=w, required=m) for n, (r, w, m) in enumerate(rows)]
)


@given(criteria, leads(), st.integers(-20, 0))
def test_a_scorecard_says_what_its_rules_say(some, lead, threshold):
    """A lead may be made of anything and raise anything: scorecard and rules find the same."""
    card = Scorecard("drawn", criteria=some, threshold=threshold)

    score = card.score(lead, at=MONDAY)

    assert [f.answer for f in score.findings] == [c.find(lead, at=MONDAY).answer for c in some]
    assert card.verdict(lead, at=MONDAY) is score.verdict
    assert score.floor == sum(f.points for f in score.findings)


@given(criteria, leads(), st.booleans())
def test_a_long_scorecard_says_what_its_rules_say(some, lead, required):
    """Thirty criteria more are weighed as five are."""
    light = [Criterion(f"n{n}", yes("a"), weight=30, required=required) for n in range(30)]
    card = Scorecard("long", criteria=[*some, *light], threshold=100)

    score = card.score(lead, at=MONDAY)

    assert [f.answer for f in score.findings] == [
        c.find(lead, at=MONDAY).answer for c in card.criteria
    ]
    assert card.verdict(lead, at=MONDAY) is score.verdict


@pytest.mark.parametrize("threshold", [1, 30, 31, 50, 51, 80])
@pytest.mark.parametrize("required", [True, False])
def test_the_verdict_is_the_same_on_either_side_of_the_threshold(threshold, required):
    """Asked only as far as needed, a scorecard decides as it does with everything asked."""
    some = [
        Criterion("a", yes("a"), weight=50),
        Criterion("b", yes("b"), weight=30, required=required),
    ]
    card = Scorecard(
        "two", criteria=[*some, Criterion("c", yes("c"), weight=-20)], threshold=threshold
    )
    rows = [dict(zip("abc", said, strict=True)) for said in product((True, False, None), repeat=3)]

    scores = [card.score(row, at=MONDAY) for row in rows]

    assert [card.verdict(row, at=MONDAY) for row in rows] == [s.verdict for s in scores]
    assert [s.verdict for s in scores] == [
        decide(s.floor, s.ceiling, threshold, [f.answer for f in s.findings if f.required])
        for s in scores
    ]


def test_an_answer_that_has_expired_is_left_open():
    """Within a row of answers, too, one that has expired counts as unknown again."""
    card = Scorecard(
        "need", criteria=[Criterion("need", yes("answers.need"), weight=1)], threshold=1
    )
    row = {"answers": {"need": Answer(True, expires=MONDAY)}}

    assert card.score(row, at=MONDAY).findings[0].answer is None
    assert card.verdict(row, at=MONDAY) == "undecided"


@pytest.mark.parametrize(
    "rule",
    [
        *(getattr(field("a"), f"__{op}__")(1) for op in ("lt", "le", "gt", "ge")),
        field("a").is_(1),
        field("a").between(0, 1),
    ],
    ids=str,
)
def test_limits_are_where_the_rule_puts_them(rule):
    """Below, at and above its limit, a number is judged as the rule judges it."""
    card = Scorecard("a", criteria=[Criterion("a", rule, weight=1)], threshold=1)

    answers = [card.score({"a": n}, at=MONDAY).findings[0].answer for n in range(-1, 4)]

    assert answers == [rule.holds({"a": n}, at=MONDAY) for n in range(-1, 4)]


def test_a_must_that_a_function_leaves_open_keeps_the_verdict_open():
    """However many points there are, a function that does not know keeps its must open."""
    visits = Criterion("visits", half_true, required=True)
    card = Scorecard("two", criteria=[Criterion("a", yes("a"), weight=1), visits], threshold=1)

    assert card.verdict({"a": True}, at=MONDAY) == "undecided"
    assert card.score({"a": True}, at=MONDAY).verdict == "undecided"


def test_an_object_that_hides_its_fields_leaves_a_function_open():
    """An object that does not even say what it has costs one criterion, by all three ways."""

    class Closed:
        @property
        def __dict__(self):
            raise ZeroDivisionError

    card = Scorecard("visits", criteria=[Criterion("visits", half_true, weight=1)], threshold=1)

    said = card.assess(Closed(), at=MONDAY)

    assert str(said.findings[0].problem) == "the scorer raised ZeroDivisionError"
    assert card.verdict(Closed(), at=MONDAY) == card.score(Closed(), at=MONDAY).verdict
    assert said.verdict == "undecided"


def test_a_verdict_asks_what_is_required_first_then_the_heaviest():
    """Once it is decided nothing else is asked."""
    asked = []

    class Noting:
        def __getattr__(self, name):
            if name == "keys":
                raise AttributeError(name)
            asked.append(name)
            return True

    card = Scorecard(
        "three",
        criteria=[
            Criterion("light", yes("light"), weight=10),
            Criterion("heavy", yes("heavy"), weight=50),
            Criterion("needed", yes("needed"), weight=20, required=True),
        ],
        threshold=70,
    )

    verdict = card.verdict(Noting(), at=MONDAY)

    assert verdict == "qualified"
    assert asked == ["needed", "heavy"]


def test_a_fact_of_the_wrong_kind_is_named_beside_its_question():
    """It stays unknown, the finding says what is needed, and it is asked last."""
    said = BANT.assess({"answers": {"need": 5}}, at=MONDAY)

    problem = "answers.need: answered with a number; yes or no is needed"
    assert (said.findings[0].answer, str(said.findings[0].problem)) == (None, problem)
    assert str(said.findings[0]) == f"need: unknown (0 of 30, {problem})"
    assert str(said.next_questions[-1]) == f"Which problem of yours should it solve? ({problem})"
    assert [str(found) for found in said.problems] == [problem]


@given(criteria, leads())
def test_a_problem_is_only_told_of_what_is_unknown(some, lead):
    """What was answered has no problem."""
    score = Scorecard("drawn", criteria=some, threshold=-20).score(lead, at=MONDAY)

    assert all(found.answer is None for found in score.findings if found.problem)
    assert score.findings == tuple(
        c.find(lead, at=MONDAY, recycle_after=timedelta(days=90)) for c in some
    )


def test_many_threads_may_judge_first():
    """Whichever thread is the first to ask, all of them hear the same."""
    card = Scorecard("one", criteria=[Criterion("a", yes("a"), weight=1)], threshold=1)

    with ThreadPoolExecutor(8) as threads:
        verdicts = set(threads.map(lambda _: card.verdict({"a": True}, at=MONDAY), range(64)))

    assert verdicts == {"qualified"}


def test_a_required_penalty_lowers_what_is_possible():
    """A yes to it costs its points, and may put the threshold out of reach."""
    card = Scorecard(
        "strict",
        criteria=[
            Criterion("discount", yes("discount"), weight=-30, required=True),
            Criterion("need", yes("need"), weight=50),
        ],
        threshold=30,
    )

    assert card.verdict({"discount": True, "need": True}, at=MONDAY) == "disqualified"
    assert card.score({"discount": True, "need": True}, at=MONDAY).verdict == "disqualified"


def test_what_is_required_may_suffice():
    """Once it reaches the threshold nothing else is asked."""
    card = Scorecard(
        "need",
        criteria=[
            Criterion("need", yes("need"), weight=50, required=True),
            Criterion("demo", yes("demo"), weight=10),
        ],
        threshold=50,
    )

    assert card.verdict({"need": True}, at=MONDAY) == "qualified"


def test_a_misspelt_fact_is_reported_before_it_is_unknown_for_ever():
    """BANT reads what a lead can have; a policy with a misspelt path says what was meant."""
    small = Criterion("small", field("company.employes") <= 200, weight=10)

    (problem,) = BANT.with_criterion(small).unknown_facts(Lead)

    assert BANT.unknown_facts(Lead) == ()
    assert str(problem) == (
        "company.employes: a lead has no such fact; did you mean company.employees?"
    )
