"""Ranking leads: open before converted before given up, then by verdict and score."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.lead_list import lead_record, rank_leads
from salesfunnel.interop.rows.row_outcomes import Accepted
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, Criterion
from tests.interop.examples import MONDAY, lead_of

STAGES = ["open", "won", "lost"]
VERDICTS = ["qualified", "undecided", "disqualified"]
ANSWERS = st.fixed_dictionaries(
    {question: st.sampled_from([True, False, None]) for question in ("need", "budget", "timing")}
)


def a_lead(answers, ending):
    """Build a lead with answers, open, or disqualified."""
    lead = Lead.capture(company="Novin", at=MONDAY)
    for question, value in answers.items():
        lead = lead.answer(question, value, at=MONDAY)
    return lead.disqualify("no_need", at=MONDAY) if ending else lead


@given(st.lists(st.tuples(ANSWERS, st.booleans()), max_size=8))
def test_the_most_promising_come_first_and_equals_as_in_the_file(leads):
    """Rank is stage, then verdict, then score; ties keep the order of the file."""
    found = [Accepted(row, a_lead(*lead)) for row, lead in enumerate(leads, start=2)]
    kinds = {row.row: row.entity.pipeline.stage(row.entity.stage).kind.value for row in found}

    def place(record):
        return (
            STAGES.index(kinds[record["row"]]),
            VERDICTS.index(record["verdict"]),
            -record["floor"],
            -record["ceiling"],
            record["row"],
        )

    with rank_leads(found, policy=BANT, at=MONDAY) as store:
        ranked = list(store)

    assert all(place(one) < place(other) for one, other in pairwise(ranked))
    assert sorted(record["row"] for record in ranked) == [row.row for row in found]


def test_a_record_says_all_that_a_list_says_about_a_lead(tmp_path):
    """Who, where from, how far, the verdict, why, and what to ask."""
    found = lead_of(tmp_path, Name="Sara", Company="Novin", Source="fax", Need="yes", Id="7")

    record = lead_record(found, BANT.assess(found.entity, at=MONDAY))

    assert {name: record[name] for name in ("row", "id", "person", "company", "stage")} == {
        "row": 2,
        "id": "7",
        "person": "Sara",
        "company": "Novin",
        "stage": "new",
    }
    assert (record["source"], record["verdict"]) == ("fax", "undecided")
    assert [bool(record[part]) for part in ("why", "ask", "notes")] == [True, True, False]


def test_a_record_of_a_nameless_lead_says_so(tmp_path):
    """Somebody known by an address only has neither name nor company."""
    found = lead_of(tmp_path, Email="a@b.example", Converted="yes")

    record = lead_record(found, BANT.assess(found.entity, at=MONDAY))

    assert (record["person"], record["company"]) == (None, None)
    assert record["converted"] == {"account_id": "", "opportunity_id": "", "contact_id": ""}


def test_a_lead_that_is_only_early_is_recycled():
    """Not now on timing alone comes with a date."""
    lead = a_lead({"need": True, "budget": True, "timing": False}, ending=False)

    record = lead_record(Accepted(2, lead), BANT.assess(lead, at=MONDAY))

    assert record["recycle_on"] > (MONDAY + timedelta(days=1)).date().isoformat()


def test_a_broken_scorer_of_a_policy_is_named_in_the_list():
    """Whoever reads the list learns why a criterion is never answered."""
    broken = BANT.with_criterion(Criterion("model", lambda _lead, _at: 1 / 0, weight=5))
    lead = a_lead({}, ending=False)

    record = lead_record(Accepted(2, lead), broken.assess(lead, at=MONDAY))

    assert record["notes"] == ["model: the scorer raised ZeroDivisionError"]


def test_one_lead_on_which_a_policy_breaks_costs_no_other():
    """A policy of somebody else may fail; the list says where, and all leads are in it."""

    class Broken:
        """A policy that wants an answer."""

        name = "hasty"

        def assess(self, lead, /, *, at):
            """Fail where there is none."""
            assert lead.answers["need"].value
            return BANT.assess(lead, at=at)

    found = [Accepted(2, a_lead({}, ending=False)), Accepted(3, a_lead({"need": True}, ending=0))]

    with rank_leads(found, policy=Broken(), at=MONDAY) as store:
        good, bad = store

    assert (good["row"], good["notes"], bad["row"]) == (3, [], 2)
    assert bad["notes"] == ["policy hasty: it raised KeyError; run check_policy on it"]
