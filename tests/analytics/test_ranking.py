"""Ranking leads, and comparing two policies on the same leads."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics.comparison import compare_policies
from salesfunnel.analytics.ranking import rank
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.leads import Lead, LeadConverted
from salesfunnel.qualification import BANT, Criterion, Verdict
from salesfunnel.rules import yes

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SLOTS = ("need", "budget", "timing", "authority")


def row(name, **answers):
    """Make a row of some answers."""
    return {"id": name, "answers": answers}


rows = st.lists(
    st.dictionaries(st.sampled_from(SLOTS), st.booleans()).map(lambda a: {"answers": a}),
    max_size=6,
)


def test_the_best_comes_first_and_each_says_why():
    """Verdict, then what is certain, then what is possible, then what is known."""
    leads = [
        row("rejected", need=False),
        row("nothing known"),
        row("a no to authority", authority=False),
        row("need", need=True),
        row("all required", need=True, budget=True, timing=True),
        row("twin", need=True),
    ]

    ranked = [(r.place, r.lead["id"], r.why) for r in rank(leads, BANT, at=MONDAY)]

    assert ranked == [
        (1, "all required", "the first"),
        (2, "need", "undecided after qualified"),
        (2, "twin", "a tie: verdict, score and coverage are equal"),
        (4, "nothing known", "a floor of 0 after 30"),
        (5, "a no to authority", "a ceiling of 80 after 100"),
        (6, "rejected", "disqualified after undecided"),
    ]


def test_of_two_scores_the_better_known_comes_first():
    """A criterion without points still tells something."""
    policy = BANT.with_criterion(Criterion("polite", yes("polite")))

    ranked = rank([{}, {"polite": True}], policy, at=MONDAY)

    assert [r.why for r in ranked] == ["the first", "0% answered after 20%"]


def test_leads_still_open_come_before_those_that_are_not():
    """Nobody is to call first whoever has bought already, or said no."""
    new = Lead.capture(company="Novin", at=MONDAY)
    given_up = new.answer("need", True, at=MONDAY).disqualify("no_budget", at=MONDAY)
    way = {"trigger": "convert", "from_stage": "new", "to_stage": "converted"}
    sold = LeadConverted(at=MONDAY, **way, account_id="1", opportunity_id="2")
    bought = Lead.replay([*given_up.timeline[:-1], sold])

    ranked = rank([given_up, bought, new], BANT, at=MONDAY)

    assert [(r.lead.stage, r.why) for r in ranked] == [
        ("new", "the first"),
        ("converted", "converted after open"),
        ("disqualified", "given up after converted"),
    ]


class Broken:
    """A policy that fails on whoever has not answered."""

    name = "hasty"

    def assess(self, lead, /, *, at):
        """Judge by BANT where there is an answer."""
        assert lead["answers"]["need"] is not None
        return BANT.assess(lead, at=at)


def test_a_lead_on_which_a_policy_breaks_costs_no_other():
    """It is undecided and comes behind what can be judged; two policies are still compared."""
    leads = [row("silent"), row("ready", need=True, budget=True, timing=True)]

    ranked = rank(leads, Broken(), at=MONDAY)
    compared = compare_policies(leads, BANT.with_threshold(0), Broken(), at=MONDAY)

    assert [r.lead["id"] for r in ranked] == ["ready", "silent"]
    assert [len(r.assessment.findings) for r in ranked] == [4, 1]
    assert sum(count for _, count in compared.counts) == 2


@given(rows)
def test_places_grow_and_nobody_is_lost(leads):
    """Everybody has a place, and no worse verdict stands before a better one."""
    ranked = rank(leads, BANT, at=MONDAY)

    places = [r.place for r in ranked]
    verdicts = [
        ["qualified", "undecided", "disqualified"].index(r.assessment.verdict) for r in ranked
    ]

    assert sorted(id(r.lead) for r in ranked) == sorted(map(id, leads))
    assert (places, verdicts) == (sorted(places), sorted(verdicts))


@given(rows)
def test_a_policy_never_differs_from_itself(leads):
    """Compared with itself, a policy moves nobody."""
    compared = compare_policies(leads, BANT, BANT, at=MONDAY)

    assert compared.movers == ()
    assert sum(count for _, count in compared.counts) == len(leads)


def test_a_row_without_an_id_is_some_lead():
    """Who moves is named by the id, where there is one."""
    nameless = {"answers": {"need": True, "budget": True, "timing": True}}

    (mover,) = compare_policies([nameless], BANT, BANT.with_threshold(90), at=MONDAY).movers

    assert str(mover) == "a lead: down from qualified to undecided, since the threshold is 90"


def test_a_lower_threshold_lets_leads_rise():
    """Each lead that moves says in which direction, and why."""
    leads = [row("a", need=True, budget=True), row("b", need=False)]
    open_minded = BANT.without_criterion("timing").with_threshold(60)

    compared = compare_policies(leads, BANT, open_minded, at=MONDAY)

    (mover,) = compared.movers
    assert str(mover) == (
        "a: up from undecided to qualified, since "
        "timing: unknown -> not asked (+0), the policy no longer asks it"
    )
    assert dict(compared.counts) == {
        (Verdict.UNDECIDED, Verdict.QUALIFIED): 1,
        (Verdict.DISQUALIFIED, Verdict.DISQUALIFIED): 1,
    }


class Frame:
    """A data frame, as far as it can be told from rows."""

    columns = ("answers",)

    def __iter__(self):
        """Go through the names of the columns, as pandas does."""
        return iter(self.columns)


@pytest.mark.parametrize("judge", [rank, lambda leads, p, at: compare_policies(leads, p, p, at=at)])
@pytest.mark.parametrize(
    ("leads", "allowed"),
    [
        (Frame(), r'to_dict\("records"\)'),
        (SimpleNamespace(columns=(), to_dicts=list), r"to_dicts\(\)"),
        (SimpleNamespace(columns=(), to_pylist=list), r"to_pylist\(\)"),
        (SimpleNamespace(columns=(), entities=tuple), r"of a reading its \.entities\(\)"),
        ("abc", "several leads, or rows"),
        ({"answers": {}}, "several leads, or rows"),
        (None, "several leads, or rows"),
        (Lead, "several leads, or rows"),
        (list, "several leads, or rows"),
    ],
)
def test_what_holds_no_leads_is_told_at_once(judge, leads, allowed):
    """A text, one row alone or a data frame is not ranked as a list of the undecided."""
    with pytest.raises(WrongKind, match=f"leads is of the wrong kind: .*{allowed}"):
        judge(leads, BANT, at=MONDAY)


@pytest.mark.parametrize("at", [None, MONDAY.replace(tzinfo=None)])
@pytest.mark.parametrize("leads", [[], [{}]])
def test_without_a_moment_nothing_is_ranked_or_compared(at, leads):
    """Also where there is no lead at all."""
    with pytest.raises(InvalidValue, match=r"^at "):
        rank(leads, BANT, at=at)
    with pytest.raises(InvalidValue, match=r"^at "):
        compare_policies(leads, BANT, BANT, at=at)


def test_a_row_without_any_fact_of_the_policy_is_named():
    """It stands at the end, and says what the policy reads."""
    rows = [{"need": True}, {"answers": {"need": True}}]

    first, last = rank(rows, BANT, at=MONDAY)

    assert (first.problem, last.lead) == (None, {"need": True})
    assert str(last.problem) == (
        "no fact of the policy was found in this row; "
        "the policy reads answers.need, answers.budget, answers.timing, answers.authority"
    )


def test_rows_without_any_fact_of_the_policy_are_refused():
    """Then the rows are not what the policy expects; leads that answered nothing are welcome."""
    with pytest.raises(InvalidValue, match=r"allowed: rows with facts such as answers\.need"):
        rank([{"need": True}, {"need": False}], BANT, at=MONDAY)
    new = Lead.capture(company="Novin Tejarat", at=MONDAY)
    assert rank([new], BANT, at=MONDAY)[0].problem is None


class Row(dict):
    """A row of a data frame: what it is as a yes or no, it does not say."""

    def __bool__(self):
        """Refuse, as those of pandas do."""
        raise ValueError("ambiguous")


class BrokenRow:
    """An object of a host that fails at any attribute."""

    def __getattr__(self, name):
        """Fail."""
        raise RuntimeError(name)


def test_rows_that_are_neither_true_nor_false_are_ranked():
    """Whether a row is empty is not asked by its truth."""
    (only,) = rank([Row(answers={"need": True})], BANT, at=MONDAY)

    assert (only.problem, only.assessment.floor) == (None, 30)


@pytest.mark.parametrize("make", [lambda: None, str, int, BrokenRow])
def test_what_has_no_facts_at_all_is_refused_or_named(make):
    """Nothing stands for a lead; among leads it is named as a row without facts."""
    thing = make()
    with pytest.raises(InvalidValue, match="rows in which no fact of the policy was found"):
        rank([thing], BANT, at=MONDAY)
    _, last = rank([row("a", need=True), thing], BANT, at=MONDAY)
    assert last.problem.code == "no_fact_in_row"


def test_a_ranked_lead_is_said_in_one_line():
    """By its id, never by a name."""
    lines = map(str, rank([row("7", need=True), {"need": True}], BANT, at=MONDAY))

    assert next(lines) == (
        "1. 7: undecided: the score lies between 30 and 100, the threshold is 80 (the first)"
    )
    assert next(lines).startswith("2. undecided: the score lies between 0 and 100, the threshold")


def test_a_comparison_as_data_counts_and_names():
    """Plain data holds what the text says."""
    rows = [{"id": "7", "answers": {"need": True, "budget": True, "timing": True}}, {}]

    data = compare_policies(rows, BANT, BANT.with_threshold(90), at=MONDAY).as_data()

    assert data["movers"] == [{"lead": "7", "before": "qualified", "after": "undecided", "why": []}]
    assert sum(count["leads"] for count in data["counts"]) == 2


def test_an_id_of_a_row_is_shown_without_what_a_screen_would_obey():
    """It may come from any file."""
    odd = {"id": "\u202e7\x1b[31m" + "x" * 99, "answers": dict.fromkeys(SLOTS[:3], True)}

    lines = [
        str(rank([odd], BANT, at=MONDAY)[0]),
        str(compare_policies([odd], BANT, BANT.with_threshold(90), at=MONDAY).movers[0]),
    ]

    for line in lines:
        assert line.isprintable()
        assert "7" in line
        assert len(line) < 150


def test_a_comparison_says_how_many_move():
    """One lead is a lead, and each mover has a line of its own."""
    row = {"id": "7", "answers": {"need": True, "budget": True, "timing": True}}

    compared = compare_policies([row], BANT, BANT.with_threshold(90), at=MONDAY)
    same = compare_policies([row, row], BANT, BANT, at=MONDAY)

    assert str(compared).splitlines() == [
        "1 lead, 1 judged differently: 0 up, 1 down",
        "  7: down from qualified to undecided, since the threshold is 90",
    ]
    assert str(same) == "2 leads, 0 judged differently: 0 up, 0 down"
