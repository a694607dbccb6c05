"""Making, joining and saying rules."""

from __future__ import annotations

import functools
import operator
import pickle
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

import attrs
import pytest

from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.rules import (
    Explanation,
    Rule,
    all_of,
    answered,
    any_of,
    at_least,
    field,
    predicate,
    yes,
)
from salesfunnel.values import Bucket, Money, Source

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEED, BUDGET, TIMING = yes("need"), yes("budget"), yes("timing")


@predicate("company.name")
def is_palindrome(lead, _at):
    """Tell whether the name of the company reads the same from behind."""
    name = lead["company"]["name"].casefold()
    return name == name[::-1]


def problem(make):
    """Return the only problem of a definition that is refused."""
    with pytest.raises(InvalidDefinition) as refused:
        make()
    (only,) = refused.value.problems
    assert only.message == only.text.template.format(**only.params)
    return str(only)


def test_a_chain_of_rules_is_not_a_deep_one():
    """A hundred rules joined by & stand side by side, and so do a hundred joined by |."""
    several = [yes(f"q{n}") for n in range(100)]

    assert functools.reduce(operator.and_, several) == all_of(*several)
    assert functools.reduce(operator.or_, several) == any_of(*several)
    assert (at_least(2, NEED, BUDGET) | TIMING).depth == 3
    assert (any_of(NEED, BUDGET) & TIMING).depth == 3


def test_a_rule_is_not_nested_without_end():
    """Ten thousand negations are refused at the thirty-third level, and crash nothing."""
    rule = NEED

    with pytest.raises(InvalidDefinition, match="at most 32 deep"):  # noqa: PT012 - it is a loop
        for _ in range(10_000):
            rule = ~rule

    assert (rule.depth, rule.holds({"need": True}, at=AT)) == (32, False)
    assert (str(rule).count("not"), hash(rule)) == (31, hash(~rule.parts[0]))


def test_a_rule_that_doubles_itself_is_refused():
    """A few objects that contain each other twice would be a million parts."""
    rule = NEED

    with pytest.raises(InvalidDefinition, match="at most 1000 parts"):  # noqa: PT012 - likewise
        for _ in range(30):
            rule = at_least(2, rule, rule)

    assert rule.size == 1023 // 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Rule("matches", "a", "x"), "unknown operator; use one of all, answered, at_least"),
        (lambda: Rule("lee", "a", 5), "unknown operator; did you mean le"),
        (lambda: Rule(None, "a"), "unknown operator; use one of all"),
        (lambda: Rule(["eq"], "a"), "unknown operator; use one of all"),
        (lambda: Rule("all", parts=None), "all_of joins rules such as yes"),
        (lambda: Rule("eq", "a", 1, (NEED,)), "eq judges one fact"),
        (lambda: Rule("eq", "a", 1, function=len), "eq judges one fact"),
        (lambda: Rule("answered", "a", 1), "answered compares with nothing"),
        (lambda: Rule("all", "a"), "all joins rules and reads no fact itself"),
        (lambda: Rule("all", function=len), "all joins rules and reads no fact itself"),
        (lambda: Rule("all", operand=1), "all compares with nothing"),
        (lambda: Rule("all", parts=[NEED]), "all_of joins rules"),
        (lambda: all_of(NEED, field("a")), "all_of joins rules"),
        (
            lambda: all_of([NEED, BUDGET]),
            "all_of joins rules such as yes(…), one by one; write a star before a list, as in all",
        ),
        (lambda: any_of([NEED, BUDGET]), "any_of joins rules such as yes(…), one by one"),
        (lambda: at_least(0, [NEED]), "at_least joins rules such as yes(…), one by one"),
        (lambda: at_least(NEED, 1), "how many rules must hold is a whole number from 0 to 1, and"),
        (lambda: field("a") & NEED, "a: a fact is not a rule yet; compare it first"),
        (lambda: field("a") | NEED, "a: a fact is not a rule yet; compare it first"),
        (lambda: NEED | field("a"), "a: a fact is not a rule yet; compare it first"),
        (lambda: NEED & field("a"), "a: a fact is not a rule yet; compare it first"),
        (lambda: ~field("a"), "a: a fact is not a rule yet; compare it first"),
        (lambda: field("a") and NEED, "a: a fact is not a rule yet; compare it first"),
        (lambda: Rule("not"), "not turns exactly one rule around"),
        (lambda: Rule("not", parts=(NEED, BUDGET)), "not turns exactly one rule around"),
        (lambda: at_least(3, NEED, BUDGET), "how many rules must hold is a whole number from 0 to"),
        (lambda: at_least(-1, NEED), "how many rules must hold is a whole number from 0 to"),
        (lambda: at_least(True, NEED), "how many rules must hold is a whole number from 0 to"),
        (any_of, "how many rules must hold is a whole number from 0 to 0"),
        (lambda: Rule("function", operand=("a",)), "the function of a rule must be callable"),
        (
            lambda: Rule("function", "a", (), function=len),
            "a function lists the paths of its facts",
        ),
        (
            lambda: Rule("function", operand="a", function=len),
            "a function lists the paths of its facts",
        ),
        (lambda: predicate("_a")(max), "the path of a field"),
        (lambda: predicate("a")(len), "the function of a predicate takes a lead and the instant"),
        (lambda: predicate("a")(5), "the function of a predicate takes a lead and the instant"),
        (lambda: predicate(len), "predicate takes paths of facts"),
        (lambda: bool(NEED), "a rule is not true or false by itself; join rules with &, | and ~"),
        (
            lambda: 1 <= field("a") <= 2,
            "a rule is not true or false by itself; join rules with &, | and ~",
        ),
        (lambda: field("a") == 2, "a: == makes no rule; use is_ instead"),
        (lambda: field("a") != 2, "a: == makes no rule; use is_ instead"),
        (lambda: field("a").is_(None), "a fact is compared with True, False"),
        (lambda: field("a").is_([1]), "a fact is compared with True, False"),
        (lambda: field("a") <= 0.1, "a float is not exact"),
        (lambda: field("a") <= 10**30, "a number is too large"),
        (lambda: field("a") <= Decimal("NaN"), "a number is not a finite number"),
        (lambda: field("a") <= Decimal("1E+999999"), "a number is too large"),
        (lambda: field("a") <= "M", "only numbers, amounts and dates lie above or below"),
        (lambda: field("a") > True, "only numbers, amounts and dates lie above or below"),
        (lambda: field("a").is_(" "), "a text to compare with must show something"),
        (lambda: field("a").is_("a\nb"), "a text holds a control character"),
        (lambda: field("a").is_("x" * 501), "a text is too long"),
        (lambda: field("a").is_(datetime(2026, 3, 2)), "a moment has no time zone"),  # noqa: DTZ001
        (lambda: field("a").is_(date(1405, 1, 1)), "a day looks like a Jalali date"),
        (lambda: field("a").starts_with(5), "starts_with takes a text"),
        (lambda: field("a").ends_with(5), "ends_with takes a text"),
        (lambda: field("a").one_of(), "one_of takes 1 to 1000 values"),
        (lambda: field("a").one_of(*range(1001)), "one_of takes 1 to 1000 values"),
        (lambda: Rule("one_of", "a", "IR"), "one_of takes 1 to 1000 values"),
        (lambda: Rule("between", "a", (1, 2, 3)), "between takes two values"),
        (lambda: field("a").between(2, 1), "between takes two values, the lower one first"),
        (lambda: field("a").between(1, date(2026, 3, 2)), "between takes two values of one kind"),
        (lambda: field("a").between("a", "b"), "only numbers, amounts and dates"),
        (lambda: field("a").within(days=36_501), "a number of days is a whole number"),
        (lambda: field("a").within(days=-1), "a number of days is a whole number"),
        (lambda: field("a").within(days=1.5), "a number of days is a whole number"),
        (lambda: field("a").older_than(days=True), "a number of days is a whole number"),
    ],
)
def test_what_makes_no_sense_is_refused_when_it_is_defined(make, words):
    """A rule that could never be judged is an error at once, with what is allowed."""
    assert problem(make).startswith(words)


def test_the_longest_list_of_options_is_a_rule():
    """A thousand options are allowed, and not one less."""
    assert len(field("a").one_of(*range(1000)).operand) == 1000


def test_equal_operands_make_equal_rules():
    """What means the same is the same, so that it survives JSON and can be compared."""
    assert (field("a") <= Decimal("200.0")) == (field("a") <= 200)
    assert field("a").is_(Source.WEB) == field("a").is_("web")
    assert Rule("one_of", "a", ["x", "y"]) == field("a").one_of("x", "y")
    assert type(field("a").is_(Source.WEB).operand) is str
    assert hash(field("a")) == hash(field("a"))


def test_a_naive_instant_is_refused():
    """Nobody can say when it was, so nobody can say what held."""
    for ask in (NEED.holds, NEED.explain, NEED.missing_facts):
        with pytest.raises(InvalidValue, match="at has no time zone"):
            ask({}, at=datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point


def test_a_rule_is_compiled_once():
    """The second question costs no more than the answer."""
    rule = NEED & BUDGET

    assert rule.compiled() is rule.compiled()


def test_a_function_is_a_rule():
    """It joins with others, lists its facts and says its name."""
    rule = is_palindrome & (field("company.employees") <= 200)

    assert rule.facts == {"company.name", "company.employees"}
    assert str(rule) == "all of (is_palindrome, company.employees at most 200)"
    assert str(predicate()(functools.partial(max))) == "partial"
    assert is_palindrome.holds({"company": {"name": "Akka"}}, at=AT) is True
    assert is_palindrome.explain({"company": {"name": "Novin"}}, at=AT).value is False
    assert attrs.evolve(is_palindrome, operand=()).facts == set()


@pytest.mark.parametrize("answer", [1, "yes", 0.5, float("nan"), [], NEED])
def test_a_function_that_answers_no_truth_is_unknown(answer):
    """Only True and False are answers."""
    assert predicate()(lambda _lead, _at: answer).holds({}, at=AT) is None


def test_a_function_that_raises_is_unknown():
    """It costs its own rule and nothing else."""
    assert is_palindrome.holds({}, at=AT) is None
    assert (is_palindrome | NEED).holds({"need": True}, at=AT) is True


def test_a_rule_travels_by_pickle_after_it_was_compiled():
    """What was compiled stays behind."""
    rule = NEED & (field("size") <= 200)
    rule.holds({}, at=AT)

    assert pickle.loads(pickle.dumps(rule)) == rule  # noqa: S301 - our own bytes


def test_a_rule_joins_rules_only():
    """A truth is not a rule."""
    for other in (True, None):
        with pytest.raises(TypeError):
            _ = NEED & other
        with pytest.raises(TypeError):
            _ = NEED | other


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (answered("budget"), "budget is answered"),
        (field("c").one_of("IR", "AM"), "c one of IR, AM"),
        (field("a").within(days=30), "a within the last 30 days"),
        (field("a") >= Money("9.90", "EUR"), "a at least 9.90 EUR"),
        (~(NEED & BUDGET), "not (all of (need is True, budget is True))"),
        (at_least(2, NEED, BUDGET, TIMING), "at least 2 of (need is True, budget is True, "),
    ],
)
def test_a_rule_says_itself_in_words(rule, words):
    """The words are those of a table of criteria."""
    assert str(rule).startswith(words)


def test_an_explanation_shows_facts_only_when_asked():
    """An address or a number of a person never lands in a log by itself."""
    canary = "sara@novin.example"
    row = {"email": canary, "phone": 98_912_000_0000}
    tree = (field("email").contains("novin") & (field("phone") >= 1)).explain(row, at=AT)

    assert canary not in repr(tree) + str(tree)
    assert "98912" not in repr(tree) + str(tree)
    assert tree.text(facts=True).splitlines() == [
        "yes: all of",
        "  yes: email contains novin (sara@novin.example)",
        "  yes: phone at least 1 (989120000000)",
    ]
    assert [part.path for part in tree.parts] == ["email", "phone"]


def test_a_log_of_an_explanation_names_nobody_who_was_looked_for():
    """What a rule compares with may be somebody's address, so ``repr`` leaves the words out."""
    tree = field("email").is_("sara@novin.example").explain({}, at=AT)

    assert repr(tree) == "Explanation(value=None, parts=(), path='email')"
    assert str(tree) == "unknown: email is sara@novin.example"


def test_an_explanation_is_readable_whatever_the_facts_are():
    """A fact is shown on one line, cut short, and left out if it cannot be written."""
    shown = [Explanation("r", True, fact=fact).text(facts=True) for fact in ("a\nb", "x" * 99)]

    assert shown == ["yes: r (a b)", "yes: r (" + "x" * 80 + "…)"]
    assert Explanation("r", None, fact=10**5000).text(facts=True) == "unknown: r (…)"
    assert Explanation("r", False).text(facts=True) == "no: r"


class NoZone(tzinfo):
    """A time zone that fails."""

    def utcoffset(self, _moment):
        """Fail."""
        raise RuntimeError


def test_a_fact_that_fails_when_it_is_measured_is_of_another_kind():
    """A rule says what is needed instead, and never fails."""
    moment = datetime(2026, 3, 2, tzinfo=NoZone())

    assert NEED.holds({"need": moment}, at=AT) is None
    assert str(NEED.problem({"need": moment}, at=AT)) == (
        "need: answered with something else; yes or no is needed"
    )


def test_missing_facts_are_those_that_are_not_known_yet():
    """They are what is left to ask."""
    rule = NEED & BUDGET & (field("company.employees") <= 200)

    assert rule.missing_facts({"need": False}, at=AT) == {"budget", "company.employees"}


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (NEED, "perhaps", "need: answered with a text; yes or no is needed"),
        (~NEED, 1, "need: answered with a number; yes or no is needed"),
        (BUDGET | NEED, Decimal(1), "need: answered with a number; yes or no is needed"),
        (at_least(1, NEED, BUDGET), ("a",), "need: answered with a list; yes or no is needed"),
        (field("need") <= 200, "many", "need: answered with a text; a number is needed"),
        (field("need") <= 200, {"a": 1}, "need: answered with something else; a number is needed"),
        (field("need").one_of(1, "a"), True, "answered with yes or no; a number or a text is"),
        (
            field("need") >= Money(1, "EUR"),
            Money(1, "IRR"),
            "need: answered with an amount in IRR; an amount in EUR is needed",
        ),
        (field("need").contains("a"), 5, "answered with a number; a text or a list is needed"),
        (field("need").contains(5), "a", "answered with a text; a list is needed"),
        (field("need").ends_with("a"), 5, "answered with a number; a text is needed"),
        (field("need").within(days=5), 5, "a number; a day or a moment is needed"),
        (field("need") <= date(2026, 3, 2), "May", "with a text; a day or a moment is needed"),
        (
            field("need").older_than(days=5),
            datetime(2026, 3, 2),  # noqa: DTZ001 - that is the point
            "answered with a moment without a time zone; a day or a moment is needed",
        ),
    ],
)
def test_a_fact_of_the_wrong_kind_is_said(rule, fact, expected):
    """An answer that can never settle the question is not passed over in silence."""
    problem = rule.problem({"need": fact}, at=AT)

    assert expected in str(problem)
    assert problem.message == problem.text.template.format(**problem.params)


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        (NEED, None),
        (NEED, ""),
        (NEED, True),
        (NEED & ~NEED, False),
        (field("need") <= 100, Bucket(51, 200)),
        (field("need").contains("a"), ("b", None)),
        (field("need").within(days=5), AT),
        (answered("need"), "perhaps"),
        (is_palindrome, "perhaps"),
        (field("need").is_("a") | NEED, "a"),
    ],
)
def test_what_is_decided_unknown_or_of_the_right_kind_is_no_problem(rule, fact):
    """A bracket may decide nothing and is still a number of staff."""
    assert rule.problem({"need": fact}, at=AT) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (field("x").is_(True), field("x").is_(1)),
        (field("x").is_(False), field("x").is_(0)),
        (field("x").one_of(True, "a"), field("x").one_of(1, "a")),
        (~yes("x"), ~field("x").is_(1)),
    ],
)
def test_rules_that_judge_otherwise_are_not_equal(one, other):
    """One is a number and not a yes, though Python takes them for equal."""
    assert one != other
    assert len({one, other}) == 2
    assert one.holds({"x": 1}, at=AT) is not other.holds({"x": 1}, at=AT)


def test_a_number_is_the_same_however_it_is_written():
    """A decimal and a whole number of one size make one rule."""
    assert field("x").is_(Decimal("1.0")) == field("x").is_(1)
