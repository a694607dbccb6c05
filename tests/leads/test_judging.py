"""Judging leads by any policy, and which of them comes first."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics.ranking import rank
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.interop.lead_list import rank_leads
from salesfunnel.interop.rows.row_outcomes import Accepted
from salesfunnel.leads import Lead
from salesfunnel.leads.judging import judged
from salesfunnel.qualification import BANT, Verdict

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAID = BANT.assess({}, at=MONDAY)


class Foreign:
    """A policy of another author, which answers by a function."""

    def __init__(self, said, name="foreign"):
        """Keep the function."""
        self.said, self.name = said, name

    def assess(self, lead, /, *, at):
        """Answer somehow."""
        assert at == MONDAY
        return self.said(lead)


class Nameless(Foreign):
    """A policy that cannot even say its name."""

    name = property(lambda self: self.said(None), lambda _self, _name: None)


def a_lead(company, ending, **answers):
    """Build a lead with answers, open or given up."""
    lead = Lead.capture(company=company, at=MONDAY)
    for question, value in answers.items():
        lead = lead.answer(question, value, at=MONDAY)
    return lead.disqualify("no_need", at=MONDAY) if ending else lead


answers = st.dictionaries(st.sampled_from(["need", "budget", "authority"]), st.booleans())
leads = st.builds(lambda e, a: a_lead("Novin", e, **a), st.booleans(), answers)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (lambda _lead: {}["sara@novin.example"], "it raised KeyError"),
        (lambda _lead: 3, "it gave int, not an Assessment"),
        (
            lambda _lead: attrs.evolve(SAID, floor=float("nan")),
            "it gave a score or threshold that is",
        ),
        (
            lambda _lead: attrs.evolve(SAID, ceiling=10**400),
            "it gave a score or threshold that is",
        ),
        (
            lambda _lead: attrs.evolve(SAID, threshold="80"),
            "it gave a score or threshold that is not a number; run check_policy on it",
        ),
        (
            lambda _lead: attrs.evolve(SAID, findings=None),
            "it gave findings that are not of Finding",
        ),
        (
            lambda _lead: attrs.evolve(SAID, findings=("no",)),
            "it gave findings that are not of Finding",
        ),
    ],
)
def test_what_a_policy_breaks_is_a_finding_that_names_it(said, problem):
    """The lead stays undecided, and nothing that was said about it is repeated."""
    found = judged({}, Foreign(said), at=MONDAY)

    (finding,) = found.findings
    assert (found.policy, found.verdict) == ("foreign", Verdict.UNDECIDED)
    assert (finding.criterion, str(finding.problem)[: len(problem)]) == ("policy foreign", problem)
    assert "novin.example" not in str(found)


@pytest.mark.parametrize("name", [None, 7, "", "two\nlines", "\u200b"])
def test_a_policy_without_a_name_is_named_by_its_class(name):
    """A policy may call itself anything: the finding is printed on one line."""
    assert judged({}, Foreign(lambda _lead: 3, name), at=MONDAY).policy == "Foreign"
    assert judged({}, Nameless(lambda _lead: {}["x"]), at=MONDAY).policy == "Nameless"


def test_a_long_name_of_a_policy_is_shortened():
    """A name is no story."""
    assert judged({}, Foreign(lambda _lead: 3, "x" * 99), at=MONDAY).policy == "x" * 60


@pytest.mark.parametrize("policy", [None, "BANT", Foreign, lambda _lead: 3])
def test_what_is_no_policy_is_told_at_once(policy):
    """A name, a class or a bare function is a mistake of the caller, not of a lead."""
    with pytest.raises(WrongKind, match="allowed: a policy, such as BANT"):
        judged({}, policy, at=MONDAY)


@pytest.mark.parametrize("at", [None, MONDAY.replace(tzinfo=None), "2026-03-02"])
def test_a_lead_is_judged_at_a_moment(at):
    """Without a moment, or without its time zone, no lead can be judged."""
    with pytest.raises(InvalidValue, match=r"^at "):
        judged({}, BANT, at=at)


def test_an_interruption_is_no_fault_of_a_policy():
    """Ctrl-C passes through."""

    def interrupted(_lead):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judged({}, Foreign(interrupted), at=MONDAY)


@given(st.lists(leads, max_size=6), st.sets(st.integers(0, 5)))
def test_one_order_serves_a_list_and_a_file(found, broken):
    """In Python and on the command line leads stand in one order, also where a policy breaks."""
    breaks = [lead for number, lead in enumerate(found) if number in broken]

    def said(lead):
        return 3 if any(lead is one for one in breaks) else BANT.assess(lead, at=MONDAY)

    rows = [Accepted(row, lead) for row, lead in enumerate(found)]
    with rank_leads(rows, policy=Foreign(said), at=MONDAY) as spool:
        in_file = [record["row"] for record in spool]

    in_list = [id(one.lead) for one in rank(found, Foreign(said), at=MONDAY)]

    assert [id(found[row]) for row in in_file] == in_list
