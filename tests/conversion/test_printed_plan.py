"""What a plan prints, to the letter: it is what people read before they say yes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from salesfunnel.accounts import Account
from salesfunnel.conversion import Dropped, plan_conversion
from salesfunnel.conversion.contract import Carried, into_existing
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE, Pipeline
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRICE, JUNE = Money(900, "EUR"), date(2026, 6, 30)
NOVIN = Account.open(id="A7", name="Novin", at=MONDAY)

STAYS_BEHIND = """\
  drop   pipeline, since the opportunity follows a pipeline of its own
  drop   stage, since the lead keeps its own: converted
  drop   last_open_stage, since the lead keeps its own
  drop   stage_since, since the opportunity begins in a stage of its own
  drop   engagement, since calls and messages stay with the lead, and count once
  drop   steps, since they stay with the lead, out of the agenda
  drop   consent, since it is asked of the lead, which the opportunity names
  drop   nurture_until, since a qualified lead waits no longer
  drop   rejection, since a qualified lead has none; earlier ones stay on its timeline
  drop   account_id, since conversion sets it on the lead
  drop   opportunity_id, since conversion sets it on the lead
  drop   contact_id, since it names a record of another system
  drop   timeline, since it stays with the lead, which the opportunity names"""
INTO_A_NEW_ACCOUNT = """\
  carry  id to account.lead_ids, opportunity.lead_id
  carry  person to account.people, opportunity.contacts
  carry  company to account.company
  carry  contact_points to account.contact_points
  carry  source to account.source, opportunity.source
  carry  source_words to account.source_words, opportunity.source_words
  carry  details to account.details, opportunity.details
  carry  answers to opportunity.answers
  carry  owner to account.owner, opportunity.owner
  carry  team to account.team, opportunity.team"""
INTO_AN_ACCOUNT_THAT_EXISTS = """\
  carry  id to account.lead_ids where empty, opportunity.lead_id
  carry  person to account.people where empty, opportunity.contacts
  carry  company to account.company where empty
  carry  contact_points to account.contact_points where empty
  carry  source to opportunity.source
  carry  source_words to opportunity.source_words
  carry  details to account.details where empty, opportunity.details
  carry  answers to opportunity.answers
  carry  owner to opportunity.owner
  carry  team to opportunity.team"""


def qualified(**known):
    """Take in a lead that is qualified already."""
    who = {"person": "Sara Ahmadi", "company": "Novin"} | known
    return Lead.capture(**who, id="L1", stage="qualified", at=MONDAY)


def lines(plan):
    """Give the lines of a printed plan."""
    return str(plan).split("\n")


def test_a_plan_into_a_new_account_is_printed_in_full():
    """Amount and expected close, the three links, and each field of the lead, in one order."""
    plan = plan_conversion(qualified(), amount=PRICE, expected_close=JUNE)

    assert str(plan) == (
        "conversion of lead L1\n"
        f"  create account {plan.account_id}\n"
        f"  create opportunity {plan.opportunity_id}: 900 EUR, expected close 2026-06-30\n"
        "  link   lead, account and opportunity; the person's role is other\n"
        f"{INTO_A_NEW_ACCOUNT}\n{STAYS_BEHIND}"
    )


def test_a_plan_into_an_account_that_exists_is_printed_in_full():
    """The account is completed, and keeps its own source."""
    plan = plan_conversion(qualified(), account=NOVIN, role="decision_maker")

    assert str(plan) == (
        "conversion of lead L1\n"
        "  complete account A7\n"
        f"  create opportunity {plan.opportunity_id}: no amount yet\n"
        "  link   lead, account and opportunity; the person's role is decision_maker\n"
        f"{INTO_AN_ACCOUNT_THAT_EXISTS}\n{STAYS_BEHIND}"
    )


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({}, "no amount yet"),
        ({"amount": PRICE}, "900 EUR"),
        ({"amount": Money(0, "EUR")}, "0 EUR"),
        ({"expected_close": JUNE}, "no amount yet, expected close 2026-06-30"),
    ],
)
def test_what_is_not_known_of_the_deal_is_said(known, printed):
    """An amount of nothing is an amount; one that is not known is said to be missing."""
    plan = plan_conversion(qualified(), **known)

    assert lines(plan)[2] == f"  create opportunity {plan.opportunity_id}: {printed}"


def test_where_no_person_is_known_no_role_is_printed():
    """The line of the links ends after them."""
    plan = plan_conversion(qualified(person=""))

    assert lines(plan)[3] == "  link   lead, account and opportunity"


def test_a_field_of_one_s_own_is_printed_last():
    """What a host has added to the contract follows our own lines."""
    plan = plan_conversion(qualified())
    own = Dropped("vip", "the account has its own")

    assert str(own) == "drop   vip, since the account has its own"
    assert [str(term) for term in into_existing((own,))] == [str(own)]
    assert lines(plan)[-1] == STAYS_BEHIND.rpartition("\n")[2]


def test_a_carried_field_says_where_it_goes():
    """One place or several, and only places of the account have to be empty."""
    term = Carried("details", ("account.details", "opportunity.details"))

    assert str(term) == "carry  details to account.details, opportunity.details"
    assert into_existing((term,)) == (
        Carried("details", ("account.details where empty", "opportunity.details")),
    )


def test_what_is_printed_is_what_happens():
    """Ids, amount, date, name, role and pipeline of the plan are those of what it makes."""
    ours = Pipeline("ours", stages=OPPORTUNITY_PIPELINE.stages, moves=OPPORTUNITY_PIPELINE.moves)
    lead = qualified(source="fax", source_words="by fax", details={"hall": "7"})
    plan = plan_conversion(
        lead, amount=PRICE, expected_close=JUNE, name="Generators", role="user", pipeline=ours
    )

    done = plan.apply(at=MONDAY, by="Li")

    assert done.opportunity == Opportunity.open(
        id=plan.opportunity_id,
        name="Generators",
        account_id=plan.account_id,
        lead_id="L1",
        amount=PRICE,
        expected_close=JUNE,
        contacts=done.opportunity.contacts,
        source="fax",
        source_words="by fax",
        details={"hall": "7"},
        pipeline=ours,
        at=MONDAY,
        by="Li",
    )
    assert [(c.person.name, c.role) for c in done.opportunity.contacts] == [("Sara Ahmadi", "user")]
    assert done.account == Account.open(
        id=plan.account_id,
        company=lead.company,
        people=[lead.person],
        source="fax",
        source_words="by fax",
        details={"hall": "7"},
        lead_ids=["L1"],
        at=MONDAY,
        by="Li",
    )
    assert (done.lead.account_id, done.lead.opportunity_id) == (
        plan.account_id,
        plan.opportunity_id,
    )
    assert done.lead.timeline[-1].by == "Li"


def test_an_account_that_exists_gets_all_that_it_lacks():
    """Completing by a conversion says by whom, and which lead it was."""
    lead = qualified(email="sara@novin.example", details={"hall": "7"})

    done = plan_conversion(lead, account=NOVIN).apply(at=MONDAY, by="Li")

    assert done.account == NOVIN.complete(
        company=lead.company,
        people=[lead.person],
        contact_points=lead.contact_points,
        details={"hall": "7"},
        lead_ids=["L1"],
        at=MONDAY,
        by="Li",
    )
