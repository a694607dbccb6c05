"""Several files of one system, put on one timeline each, and held against each other."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.activities import ActivityLogged
from salesfunnel.analytics import report, stage_times
from salesfunnel.errors import InvalidHistory, Text, WrongKind
from salesfunnel.history import time_in_stage
from salesfunnel.interop import (
    combine,
    combining,
    load_mapping,
    read_accounts,
    read_activities,
    read_leads,
    read_mapping,
    read_opportunities,
    read_people,
    read_stage_history,
)
from salesfunnel.interop.mapping.noun_mapping import key
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from tests.interop.examples import MONDAY

READERS = {
    "leads": read_leads,
    "opportunities": read_opportunities,
    "accounts": read_accounts,
    "people": read_people,
    "activities": read_activities,
}


def put_together(**files):
    """Put together files that are written as texts."""
    readings = {
        name: READERS[name](StringIO(text), at=MONDAY)
        for name, text in files.items()
        if name != "history"
    }
    if "history" in files:
        readings["history"] = read_stage_history(StringIO(files["history"]))
    return combine(**readings, at=MONDAY)


def codes(combined):
    """Name the contradictions."""
    return [found.code for found in combined.contradictions]


def stages(noun):
    """List the stages of a lead or a deal, with the day on which each was entered."""
    return [
        (event.to_stage, event.at.date().isoformat()[5:])
        for event in noun.timeline
        if getattr(event, "to_stage", "")
    ]


def test_people_come_to_their_accounts():
    """By the id of the account, or by its name; each has addresses of their own."""
    found = put_together(
        accounts="Account ID,Name\nA7,Novin Ltd\nA8,Ararat\n",
        people=(
            "Contact ID,Name,Account ID,Company,Email\n"
            "C1,Sara Ahmadi,A7,,sara@novin.example\nC2,Ani P,,NOVIN,\nC3,Li Wei,A9,,\nC4,Zoé,,,\n"
        ),
    )

    novin, ararat = found.accounts
    assert [person.name for person in novin.people] == ["Sara Ahmadi", "Ani P"]
    assert novin.people[0].contact_points[0].key == "sara@novin.example"
    assert ararat.people == ()
    assert [person.account_id for person in found.people] == ["A7", "A7", "A9", ""]
    assert [str(no) for no in found.contradictions] == ["account A9 of person C3 is in no file"]


def test_deals_find_the_account_that_they_name():
    """A deal that only has the name of its account gets the id of the file of accounts."""
    found = put_together(
        accounts="Account ID,Name\nA7,Novin Ltd\n",
        opportunities="Deal ID,Account,Stage\n1,novin,Won\n2,Elsewhere,Won\n3,,Won\n",
    )

    named, elsewhere, none = (deal.account_id for deal in found.opportunities)
    assert (named, none) == ("A7", "")
    assert elsewhere not in ("A7", "")
    assert codes(found) == ["deal_without_account"]


def test_a_history_of_stages_becomes_the_timeline_of_its_deal():
    """How it ended stays as its own file tells; the way there is that of the history."""
    found = put_together(
        opportunities=(
            "Deal ID,Stage,Amount,Closed,Reason,Created\n"
            "7,Lost,900,2026-02-16,price,2026-01-05\n8,Proposal,100,,,2026-01-05\n"
        ),
        history=(
            "Deal ID,Stage,Entered\n7,Meeting,2026-01-05\n7,Proposal,2026-01-12\n"
            "7,Proposal,2026-01-20\n7,Lost,2026-02-16\n8,Proposal,2026-01-12\n"
        ),
    )

    lost, opened = found.opportunities
    assert stages(lost) == [("meeting", "01-05"), ("proposal", "01-12"), ("lost", "02-16")]
    assert (lost.loss.reason, lost.loss.stage, str(lost.amount)) == ("price", "proposal", "900 XXX")
    assert lost.closed_on == date(2026, 2, 16)
    assert stages(opened) == [("meeting", "01-05"), ("proposal", "01-12")]
    assert time_in_stage(lost.timeline, at=MONDAY)["proposal"].days == 35
    assert found.contradictions == found.left_out == ()
    assert Opportunity.replay(lost.timeline) == lost


@pytest.mark.parametrize("entered", ["2026-01-05", "2026-01-05 20:55"])
def test_a_deal_begins_in_the_first_stage_of_its_history_on_the_day_of_its_creation(entered):
    """No one tells that it stood in another one for the hours before; one that ends is no such."""
    found = put_together(
        opportunities="Deal ID,Stage,Created\n7,Proposal,2026-01-05\n8,Won,2026-01-05\n",
        history=f"Deal ID,Stage,Entered\n7,Proposal,{entered}\n8,Won,{entered}\n",
    )

    deal, won = found.opportunities
    assert stages(deal) == [("proposal", "01-05")]
    assert deal.opened_on == date(2026, 1, 5)
    assert stage_times([won, deal], at=MONDAY).stage("meeting").ended == 0


def test_a_deal_that_was_lost_and_won_again():
    """Every closing of the history stays, and the last is that of the deal."""
    found = put_together(
        opportunities="Deal ID,Stage,Amount\n7,Won,900\n",
        history=(
            "Deal ID,Stage,Entered\n7,Proposal,2026-01-05\n7,Lost,2026-01-12\n"
            "7,Negotiation,2026-01-20\n7,Won,2026-02-16\n"
        ),
    )

    (deal,) = found.opportunities
    assert [(c.kind.value, c.closed_on.day) for c in deal.closings] == [("lost", 12), ("won", 16)]
    assert deal.opened_on == date(2026, 1, 5)
    assert report([deal], at=deal.timeline[-1].at).as_data()["won"] == 1


def test_lines_of_one_instant_keep_the_order_of_the_file():
    """A line that ended at once comes first; else nothing but the file says which was first."""
    found = put_together(
        opportunities="Deal ID,Stage\n7,Negotiation\n",
        history=(
            "Deal ID,Stage,Entered,Left\n7,Proposal,2026-01-05,2026-02-05\n"
            "7,Negotiation,2026-01-05,2026-01-20\n7,Meeting,2026-01-05,2026-01-05\n"
        ),
    )

    (deal,) = found.opportunities
    assert [stage for stage, _ in stages(deal)] == ["meeting", "proposal", "negotiation"]
    assert {*codes(found)} == {"history_strange"}


def test_a_chance_that_a_hand_set_stays():
    """The stages of the history have their own; in the end the estimate stands."""
    found = put_together(
        opportunities="Deal ID,Stage,Probability\n7,Proposal,80%\n",
        history="Deal ID,Stage,Entered\n7,Proposal,2026-01-12\n",
    )

    (deal,) = found.opportunities
    assert (str(deal.probability.value), deal.probability.origin.value) == ("0.8", "hand")


def test_a_history_of_a_lead():
    """Leads have stages, too: contacted, qualified, converted, or given up."""
    found = put_together(
        leads=(
            "Lead ID,Name,Status,Reason,Created\nL1,Sara,Converted,,2026-01-02\n"
            "L2,Ani,Disqualified,no budget,2026-01-02\nL3,Li,Qualified,,\n"
        ),
        history=(
            "Lead ID,Stage,Entered\nL1,New,2026-01-02\nL1,Contacted,2026-01-05\n"
            "L1,Converted,2026-01-12\nL2,Contacted,2026-01-05\nL2,Disqualified,2026-01-06\n"
            "L3,Contacted,2026-01-05\nL3,Qualified,2026-01-06\n"
        ),
    )

    sara, ani, li = found.leads
    assert stages(sara) == [("new", "01-02"), ("contacted", "01-05"), ("converted", "01-12")]
    assert stages(ani) == [("new", "01-02"), ("contacted", "01-05"), ("disqualified", "01-06")]
    assert stages(li) == [("contacted", "01-05"), ("qualified", "01-06")]
    assert ani.rejection == "no_budget"
    assert Lead.replay(sara.timeline) == sara


@pytest.mark.parametrize(
    ("deal", "history", "expected"),
    [
        ("7,Proposal,,", "7,Won,2026-01-12", "history_ends_elsewhere"),
        ("7,Won,2026-02-20,", "7,Won,2026-01-12", "closed_another_day"),
        ("7,Proposal,,2026-01-20", "7,Proposal,2026-01-12", "history_before_beginning"),
        ("7,Proposal,,", "7,Somewhere,2026-01-12", "history_unknown_word"),
        ("7,Proposal,,", "7,s@x.example,2026-01-12", "history_unknown_text"),
        ("7,Proposal,,", "9,Proposal,2026-01-12", "history_of_unknown"),
    ],
)
def test_a_history_that_contradicts_its_deal(deal, history, expected):
    """Both stay as they are: the deal stands where its own file says, and that is named."""
    found = put_together(
        opportunities=f"Deal ID,Stage,Closed,Created\n{deal}\n",
        history=f"Deal ID,Stage,Entered\n{history}\n",
    )

    assert codes(found) == [expected]
    assert found.opportunities[0].stage == ("won" if "Won" in deal else "proposal")
    assert bool(found.left_out) is (expected == "history_of_unknown")


@pytest.mark.parametrize(
    ("deal", "lines", "way", "lost_from"),
    [
        ("Lost,", "Proposal,Lost,2026-02-03", ["proposal", "lost"], "proposal"),
        ("Lost,", ",Lost,2026-02-03", ["meeting", "lost"], ""),
        ("Proposal,Lost", ",Lost,2026-02-03", ["meeting", "lost"], "proposal"),
        (
            "Lost,",
            "Negotiation,Lost,2026-02-03\n7,,Meeting,2026-01-10",
            ["meeting", "negotiation", "lost"],
            "negotiation",
        ),
        ("Lost,", "Meeting,Lost,2026-02-03\n7,,Meeting,2026-01-10", ["meeting", "lost"], "meeting"),
    ],
)
def test_the_stage_that_was_left_is_taken_from_its_line(deal, lines, way, lost_from):
    """Where no line tells it, it is not known, though a timeline has to begin in some stage."""
    found = put_together(
        opportunities=f"Deal ID,Stage,Status,Created\n7,{deal},2026-01-10\n",
        history=f"Deal ID,From stage,Stage,Date\n7,{lines}\n",
    )

    (lost,) = found.opportunities
    assert [stage for stage, _ in stages(lost)] == way
    assert lost.loss.stage == lost_from
    assert found.contradictions == ()


def test_a_stage_left_that_is_not_known_is_named():
    """As one that was entered is."""
    found = put_together(
        opportunities="Deal ID,Stage\n7,Lost\n",
        history="Deal ID,From stage,Stage,Date\n7,Somewhere,Lost,2026-02-03\n",
    )

    assert [str(one) for one in found.contradictions] == [
        "the history of 7 has the stage 'Somewhere', which is not known"
    ]
    assert found.opportunities[0].loss.stage == ""


@settings(max_examples=5)
@given(
    st.lists(
        st.text("Աբգ آبپ ABCé", min_size=1, max_size=9).map(str.strip).filter(bool),
        min_size=4,
        max_size=4,
        unique_by=key,
    )
)
@pytest.mark.parametrize("is_named", [True, False])
def test_the_words_of_deals_and_leads_hold_for_their_history(is_named, words):
    """A word that a mapping knows for a stage of a list is known in the history of it, too."""
    reached, mine, closed, there = (f"{word} x" for word in words)
    text = (
        f'[opportunity.values.stage]\nproposal = "{mine}"\nwon = "{closed}"\n'
        f'[lead.values.stage]\nqualified = "{there}"\ncontacted = "{reached}"\n'
    )
    own = read_mapping(text, name="own")
    deals = StringIO(f"Deal ID,Stage\nD,{closed}\n")
    leads = StringIO(f"Lead ID,Name,Status\nL,Sara,{there}\n")
    days = [f"D,{mine},2026-01-05", f"D,{closed},2026-01-06"]
    days += [f"L,{reached},2026-01-05", f"L,{there},2026-01-06"]
    read = {
        "opportunities": read_opportunities(deals, at=MONDAY, mapping=own),
        "leads": read_leads(leads, at=MONDAY, mapping=own),
    }
    more = {"mapping": own} if is_named else {}
    read = {name: [*rows] for name, rows in read.items()} if is_named else read
    history = read_stage_history(StringIO("\n".join(["ID,Stage,Entered", *days])))

    found = combine(**read, history=history, at=MONDAY, **more)

    assert found.contradictions == ()
    assert [stage for stage, _ in stages(found.opportunities[0])] == ["proposal", "won"]
    assert [stage for stage, _ in stages(found.leads[0])] == ["contacted", "qualified"]


def test_a_lead_is_given_up_from_the_stage_that_it_left():
    """The stage in which a lead stood is that of the line that tells it was left."""
    found = put_together(
        leads="Lead ID,Name,Status\nL1,Sara,Lost\n",
        history="Lead ID,From stage,Stage,Date\nL1,Qualified,Lost,2026-02-03\n",
    )

    assert [stage for stage, _ in stages(found.leads[0])] == ["qualified", "disqualified"]


def test_stages_of_a_system_of_its_own():
    """The lines have the stages of the pipeline of their deal."""
    deals = read_opportunities(
        StringIO("Id,StageName,Amount\n006A,Perception Analysis,100.5\n"),
        at=MONDAY,
        mapping=load_mapping("salesforce"),
    )
    lines = read_stage_history(
        StringIO(
            "OpportunityId,StageName,CreatedDate\n006A,Prospecting,2026-01-05\n"
            "006A,Perception Analysis,2026-01-12\n"
        )
    )

    (deal,) = combine(opportunities=deals, history=lines, at=MONDAY).opportunities
    assert [stage for stage, _ in stages(deal)] == ["Prospecting", "Perception Analysis"]


def test_leads_and_deals_name_each_other():
    """One of them tells the link, and both have it."""
    found = put_together(
        leads="Lead ID,Name,Status,Opportunity ID\nL1,Sara,Converted,\nL2,Ani,Converted,\n",
        opportunities="Deal ID,Stage,Lead ID,Account ID\n7,Won,L1,A7\n",
    )
    sara, _ = found.leads

    assert (sara.opportunity_id, sara.account_id) == ("7", "A7")
    assert [str(no) for no in found.contradictions] == [
        "lead L2 was converted, but no deal in the files is of it"
    ]


MAPPED = load_mapping("salesforce")


def salesforce(leads, deals, accounts=""):
    """Put together exports that link leads and deals."""
    return combine(
        leads=read_leads(StringIO(leads), at=MONDAY, mapping=MAPPED),
        opportunities=read_opportunities(StringIO(deals), at=MONDAY),
        accounts=read_accounts(StringIO(accounts), at=MONDAY) if accounts else (),
        at=MONDAY,
    )


LINKED = (
    "Id,Name,Status,IsConverted,ConvertedOpportunityId,ConvertedAccountId,CreatedDate,"
    "ConvertedDate\n"
)


@pytest.mark.parametrize(
    ("lead", "deal", "expected"),
    [
        (
            "L1,Sara,,1,7,,2026-01-12,2026-01-20",
            "7,Won,,2026-01-05,2026-02-02",
            "deal_older_than_lead",
        ),
        ("L1,Sara,,1,9,,,", "7,Won,,,2026-02-02", "converted_into_unknown"),
        ("L1,Sara,,1,7,A1,,", "7,Won,A2,,2026-02-02", "accounts_differ"),
        ("L1,Sara,,1,7,A1,2026-01-05,", "7,Won,A1,2026-01-05,2026-02-02", ""),
        ("L1,Sara,,0,,,,", "7,Won,,,2026-02-02", ""),
    ],
)
def test_a_deal_that_contradicts_its_lead(lead, deal, expected):
    """A deal is no older than its lead, and a conversion leads where its link says."""
    found = salesforce(f"{LINKED}{lead}\n", f"Deal ID,Stage,Account ID,Created,Closed\n{deal}\n")

    assert codes(found) == [expected] * bool(expected)
    if "7,," in lead:
        assert found.opportunities[0].lead_ids == ("L1",)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [("L1,Sara,New", "deal_of_open_lead"), ("L2,Ani,New", "deal_of_unknown_lead")],
)
def test_a_deal_of_a_lead_that_is_none(lead, expected):
    """A deal that names a lead says that it was converted."""
    found = put_together(
        leads=f"Lead ID,Name,Status\n{lead}\n", opportunities="Deal ID,Stage,Lead ID\n7,Won,L1\n"
    )

    assert codes(found) == [expected]


def test_activities_come_to_what_they_are_about():
    """To deals and leads, else to accounts, else to the accounts of the people."""
    found = put_together(
        leads="Lead ID,Name\nL1,Sara\n",
        opportunities="Deal ID,Stage,Created\n7,Proposal,2026-01-05\n",
        accounts="Account ID,Name\nA7,Novin\nA8,Ararat\n",
        people="Contact ID,Name,Account ID\nC1,Sara Ahmadi,A7\nC2,Li Wei,\n",
        activities=(
            "Activity ID,Type,Date,Status,Lead ID,Deal ID,Account ID,Contact ID\n"
            "T1,Call,2026-02-02,Completed,L1,7,A7,C1\n"
            "T2,Meeting,2026-02-03,Completed,,,A7,C1\n"
            "T3,Call,2026-02-04,Completed,,,,C1\n"
            "T4,Call,2026-03-09,Open,,7,,\n"
            "T5,Call,2026-02-05,Cancelled,,7,,\n"
            "T6,Call,2026-02-05,Completed,,9,,\n"
            "T7,Call,2026-02-05,Completed,,,,\n"
            "T8,Call,2026-01-01,Completed,,7,,\n"
            "T9,Call,2026-02-05,Completed,,,,C2\n"
        ),
    )

    deal, lead, novin = found.opportunities[0], found.leads[0], found.accounts[0]
    logged = [event for event in deal.timeline if isinstance(event, ActivityLogged)]
    assert [event.id for event in logged] == ["T8", "T1"]
    assert (logged[0].at.day, logged[0].when.day, logged[1].person) == (5, 1, "Sara Ahmadi")
    assert [step.id for step in deal.steps.open] == ["T4"]
    assert lead.engagement.activities == 1
    assert novin.engagement.activities == 2
    assert [line.id for line in found.left_out] == ["T5", "T6", "T7", "T9"]
    assert Counter(codes(found)) == {"activity_of_unknown": 2}


def test_the_person_whom_a_call_names_stays():
    """A name that the list of calls gives is believed before that of the id."""
    found = put_together(
        opportunities="Deal ID,Stage\n7,Won\n",
        people="Contact ID,Name\nC1,Sara Ahmadi\n",
        activities="Type,Date,Deal ID,Contact ID,Contact\nCall,2026-02-02,7,C1,Sara A.\n",
    )

    assert found.opportunities[0].timeline[-1].person == "Sara A."


def test_a_deal_that_was_won_before_the_first_contact():
    """Whoever bought was met before, so one of the two days is wrong."""
    found = put_together(
        opportunities="Deal ID,Stage,Closed\n7,Won,2026-01-12\n8,Lost,2026-01-12\n9,Won,\n",
        activities=(
            "Type,Date,Deal ID\nMeeting,2026-02-02,7\nMeeting,2026-02-02,8\nMeeting,2026-02-02,9\n"
        ),
    )

    assert [str(no) for no in found.contradictions] == [
        "deal 7 was won on 2026-01-12, before the first contact on 2026-02-02"
    ]
    assert found.contradictions[0].as_data()["params"]["deal"] == "7"


def test_what_makes_no_timeline_is_left_out(monkeypatch):
    """A history that does not fit costs neither the deal nor the others, and is named."""

    def impossible(*_given, **_how):
        raise InvalidHistory("timeline", Text("odd", "is odd"))

    monkeypatch.setattr(combining, "with_history", impossible)
    found = put_together(
        opportunities="Deal ID,Stage\n7,Won\n", history="Deal ID,Stage,Entered\n7,Won,2026-01-05\n"
    )

    assert (len(found.opportunities), [line.of for line in found.left_out]) == (1, ["7"])
    assert [str(no) for no in found.contradictions] == [
        "the history of 7 makes no timeline with it: timeline is odd"
    ]


def test_readings_and_plain_lists_say_the_same():
    """Each entity counts once, whether its rows or what was read of them is given."""
    text = "Deal ID,Stage\n7,Meeting\n7,Meeting\n7,Won\n8,\n"
    reading = read_opportunities(StringIO(text), at=MONDAY)

    assert combine(opportunities=reading, at=MONDAY) == combine(
        opportunities=reading.entities(), at=MONDAY
    )
    assert len(combine(opportunities=reading, at=MONDAY).opportunities) == 1


LISTS = {
    "leads": read_leads(StringIO("Lead ID,Name\n1,Sara\n"), at=MONDAY),
    "opportunities": read_opportunities(StringIO("Deal ID,Stage\n7,Won\n"), at=MONDAY),
    "accounts": read_accounts(StringIO("Account ID,Name\nA7,Novin\n"), at=MONDAY),
    "people": read_people(StringIO("Contact ID,Name\nC1,Sara\n"), at=MONDAY),
    "history": read_stage_history(StringIO("Deal ID,Stage,Entered\n7,Won,2026-01-05\n")),
    "activities": read_activities(StringIO("Type,Date,Deal ID\nCall,2026-01-05,7\n"), at=MONDAY),
}


@pytest.mark.parametrize("field", LISTS)
def test_a_list_of_another_kind_is_refused(field):
    """A reading, even of no rows, or what was read of it; nothing is taken for what it is not."""
    own = LISTS[field]
    combine(**{field: own}, at=MONDAY)
    combine(**{field: own.entities()}, at=MONDAY)
    others = [one for name, one in LISTS.items() if name != field]
    wrong = [*others, *(list(one) for one in others), *(list(one.entities()) for one in others)]

    for odd in [*wrong, "fa_deals.csv", Path("x.csv"), None, 5, Lead, {"7": own}, [None], ["x"]]:
        with pytest.raises(WrongKind, match=f"{field} is of the wrong kind: .*; allowed: what rea"):
            combine(**{field: odd}, at=MONDAY)


def test_an_empty_list_of_another_kind_is_refused():
    """Tomorrow something stands in it."""
    deals = read_opportunities(StringIO("Deal ID,Stage\n"), at=MONDAY)

    with pytest.raises(WrongKind, match="leads is of the wrong kind: FileReading"):
        combine(leads=deals, at=MONDAY)
    with pytest.raises(WrongKind, match="mapping is of the wrong kind: str"):
        combine(mapping="salesforce", at=MONDAY)
