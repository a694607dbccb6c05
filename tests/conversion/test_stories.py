"""What salespeople live through with conversions, each as a small story."""

from __future__ import annotations

from datetime import date

from salesfunnel.accounts import person_id
from salesfunnel.activities import plan_step
from salesfunnel.conversion import Conversion, KnownAccounts, draft_conversion, plan_conversion
from salesfunnel.leads import Lead
from salesfunnel.values import Answer, Company, ContactPoint, Money, Person
from tests.conversion.examples import FRIDAY, LI, MONDAY, SARA, a_deal, a_lead, an_account, codes

MAIL = ContactPoint("email", "sara@novin.example")


def test_a_qualified_lead_that_rested_is_converted_from_where_it_was():
    """Nurtured and taken up again, a qualified lead converts as if it had never rested."""
    rested = a_lead().nurture(at=MONDAY)

    assert codes(rested) == ["not_from_here"]
    assert codes(a_lead()) == []


def test_the_second_lead_of_a_customer_is_not_guessed_into_an_account():
    """Story 9: the same firm and mail are named; then blanks are filled and the rest is printed."""
    account = an_account(
        company=Company("Novin", city="Shiraz"), people=[SARA], contact_points=[MAIL]
    )
    lead = a_lead(person=Person("Sara Ahmadi", job_title="CFO"), contact_points=[MAIL])

    refusal = draft_conversion(lead, among=KnownAccounts([account])).refusal
    plan = plan_conversion(lead, account=account)

    who = person_id("A1", SARA)
    named = f"A1 (email, domain, company), there {who} (name)"
    assert refusal.objections[0].params == {"accounts": named}
    assert plan.apply(at=MONDAY).account.people == (lead.person,)
    assert "account.company.city: Shiraz, not Tehran" in str(plan)


def test_a_lead_of_one_firm_does_not_vanish_in_the_account_of_another():
    """Story 10: Faradis into Novin is refused; decided, each of its values is named."""
    lead = a_lead(company=Company("Faradis", city="Yerevan"))

    assert codes(lead, account=an_account()) == ["other_company"]
    plan = plan_conversion(lead, account=an_account(), decide={"company": "keep"})

    assert plan.apply(at=MONDAY).account.company == Company("Novin")
    assert {"Faradis", "Yerevan"} <= {change.offered for change in plan.changes}


def test_the_second_of_three_leads_in_one_deal_was_a_mistake():
    """Story 11: its person and its answer go; what the others brought, stage and amount stay."""
    price = Money(900, "EUR")
    account, deal = an_account(), a_deal(amount=price)
    done = []
    for id_, person, said in (("L1", SARA, {}), ("L2", LI, {"plans": "two"}), ("L3", SARA, {})):
        lead = a_lead(id=id_, person=person)
        lead = lead.answer(said, at=MONDAY) if said else lead
        done.append(plan_conversion(lead, account=account, opportunity=deal).apply(at=MONDAY))
        account, deal = done[-1].account, done[-1].opportunity
    deal = deal.move("propose", at=FRIDAY)

    after = Conversion(done[1].lead, account, deal).undo(at=FRIDAY)

    assert [contact.person for contact in after.opportunity.contacts] == [SARA]
    assert after.account.people == (SARA,)
    assert after.account.lead_ids == after.opportunity.lead_ids == ("L1", "L3")
    assert "plans" not in after.opportunity.answers
    assert (after.opportunity.stage, after.opportunity.amount) == ("proposal", price)


def test_a_renewal_needs_no_deal():
    """Story 12: account and person are there, and the open call is on the account."""
    lead = plan_step(a_lead(), "call", due=date(2026, 3, 9), at=MONDAY)

    done = plan_conversion(lead, opportunity=None).apply(at=MONDAY)

    assert (done.opportunity, done.account.people) == (None, (SARA,))
    assert done.account.steps.next.kind == "call"


def test_a_fact_of_one_s_own_is_on_the_deal_as_what_it_is():
    """Story 13: ten pumps are a number there, and the plan names them."""
    plan = plan_conversion(a_lead(details={"pumps": 10}))

    assert plan.apply(at=MONDAY).opportunity.details["pumps"] == 10
    assert "opportunity.details.pumps: 10" in str(plan)


def test_the_same_person_in_any_spelling_is_one_person():
    """An apostrophe, and the order of the names, make no second contact and no second company."""
    account = an_account(company=Company("Queen's College"), people=[Person("Amy D'Unger")])
    lead = Lead.capture(
        person=Person("D\u2019Unger Amy"),
        company="Queen\u2019s College",
        stage="qualified",
        at=MONDAY,
    )

    done = plan_conversion(lead, account=account).apply(at=MONDAY)

    assert len(done.account.people) == 1
    assert len(KnownAccounts([account]).likely(lead)) == 1


def test_an_answer_of_the_lead_does_not_overwrite_that_of_the_deal():
    """What was said about the deal stands, what the lead said is named, and can be decided."""
    deal = a_deal().answer("budget", Answer(False), at=MONDAY)
    given = {"account": an_account(), "opportunity": deal}

    kept = plan_conversion(a_lead(), **given)
    taken = plan_conversion(a_lead(), **given, decide={"answers.budget": "lead"})

    assert kept.apply(at=MONDAY).opportunity.answers["budget"].value is False
    assert "opportunity.answers.budget: False, not True" in str(kept)
    assert taken.apply(at=MONDAY).opportunity.answers["budget"].value is True
