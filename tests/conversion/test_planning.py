"""The plan of a conversion: what it makes, of what, and what speaks against it."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from salesfunnel.activities import move_step, plan_step
from salesfunnel.conversion import (
    NEW,
    STANDARD_MAPPING,
    Carried,
    Conversion,
    draft_conversion,
    plan_conversion,
)
from salesfunnel.errors import ConversionRefused, InvalidValue, MoveRefused
from salesfunnel.history import apply
from salesfunnel.leads import Lead, LeadConverted, handoff
from salesfunnel.opportunities import Involvement
from salesfunnel.pipeline import LEAD_PIPELINE, Guard, Move, Pipeline, Stage
from salesfunnel.qualification import BANT
from salesfunnel.values import Answer, Company, ContactPoint, Money, Person
from tests.conversion.examples import (
    FRIDAY,
    LI,
    MONDAY,
    NOVIN,
    SARA,
    a_deal,
    a_lead,
    an_account,
    codes,
)

JUNE = date(2026, 6, 30)
PRICE = Money(900, "EUR")


def test_a_new_account_and_a_new_deal_have_all_that_the_lead_knew():
    """Company, people and addresses go to the account; answers and own facts to the deal."""
    mail = ContactPoint("email", "sara@novin.example")
    lead = a_lead(contact_points=[mail], source="web", source_words="an ad")

    done = plan_conversion(lead, amount=PRICE, expected_close=JUNE).apply(at=FRIDAY, by="Ani")

    account, deal = done.account, done.opportunity
    sara = attrs.evolve(SARA, contact_points=[mail])
    assert (account.name, account.company, account.people) == ("Novin", NOVIN, (sara,))
    assert (account.contact_points, account.lead_ids) == ((), (lead.id,))
    assert deal.contacts == (Involvement(SARA, "other", primary=True),)
    assert (account.details, deal.details) == ({}, {"hall": "7"})
    assert (deal.name, deal.account_id, deal.lead_ids) == ("Novin", account.id, (lead.id,))
    assert (deal.amount, deal.expected_close, deal.answers) == (PRICE, JUNE, lead.answers)
    assert {account.source.value, deal.source.value} == {"web"}
    assert {account.source_words, deal.source_words} == {"an ad"}
    assert (done.lead.stage, done.lead.account_id) == ("converted", account.id)
    assert done.lead.opportunity_id == deal.id
    assert {noun.timeline[-1].by for noun in done} == {"Ani"}
    assert done.lead.timeline[-1].conversion_id


def test_an_existing_account_and_deal_only_get_what_they_lack():
    """Blanks are filled, also of a known person; what stands there stays."""
    account = an_account(company=Company("Novin", city="Shiraz"), people=[SARA], source="fax")
    deal = a_deal(contacts=[Involvement(SARA, "user")], details={"hall": "1"}, name="Pumps")
    lead = a_lead(
        person=Person("AHMADI Sara", job_title="CFO"),
        company=Company("NOVIN Ltd", city="Tehran", industry="Trade"),
        details={"hall": "7", "pumps": 10},
    )

    plan = plan_conversion(lead, account=account, opportunity=deal, amount=PRICE)
    done = plan.apply(at=FRIDAY)

    assert done.account.company == Company("Novin", city="Shiraz", industry="Trade")
    assert done.account.people == (Person("Sara Ahmadi", job_title="CFO"),)
    assert done.account.source.value == "fax"
    (contact,) = done.opportunity.contacts
    assert (contact.person.job_title, contact.role) == ("CFO", "user")
    assert done.opportunity.details == {"hall": "1", "pumps": 10}
    assert (done.opportunity.name, done.opportunity.amount) == ("Pumps", PRICE)
    assert (done.opportunity.id, done.lead.opportunity_id) == ("D1", "D1")
    assert [str(change) for change in plan.changes if "city" in change.place] == [
        "kept     account.company.city: Shiraz, not Tehran"
    ]


def test_without_a_deal_there_is_an_account_and_a_person():
    """A renewal needs no deal; what only a deal would take stays with the lead, and is told."""
    plan = plan_conversion(a_lead(), opportunity=None)

    done = plan.apply(at=MONDAY)

    assert (done.opportunity, done.lead.opportunity_id, plan.opportunity_id) == (None, "", "")
    assert done.account.people == (SARA,)
    left = {change.place: change for change in plan.changes if change.kind == "left_out"}
    assert left["lead.details.hall"].why == "there is no opportunity, and the lead keeps it"
    assert "lead.answers.budget" in left
    assert "lead.company" not in left
    assert not any("no opportunity" in one.why for one in plan_conversion(a_lead()).changes)
    assert plan.as_data()["opportunity"] is None
    assert codes(done.lead) == ["converted"]


@pytest.mark.parametrize(("opportunity", "is_new"), [(NEW, True), (a_deal(), False)])
def test_a_page_is_told_which_nouns_are_new(opportunity, is_new):
    """What exists is named as it is, and what will be opened by the id that it will have."""
    plan = plan_conversion(a_lead(), account=an_account(), opportunity=opportunity)

    data = plan.as_data()

    assert data["allowed"]
    assert data["account"] == {"id": "A1", "is_new": False}
    assert data["opportunity"] == {"id": plan.opportunity_id, "is_new": is_new}
    assert plan_conversion(a_lead()).as_data()["account"]["is_new"]


def test_ids_are_the_same_in_every_version():
    """What was converted by an older version, and is converted again, has the same ids."""
    done = plan_conversion(a_lead(id="7")).apply(at=MONDAY)

    assert done.account.id == "729ad59a-6378-5f6e-8c3d-1f896e65b228"
    assert done.opportunity.id == "65b923f4-1bd4-549a-9e7b-30aa1c299759"
    assert done.lead.timeline[-1].conversion_id == "e7ca4e47-a583-5ae7-b459-b1a48ee0321e"


@pytest.mark.parametrize("given", [{"name": "N"}, {"amount": PRICE}, {"expected_close": JUNE}])
def test_what_belongs_to_a_deal_needs_one(given):
    """An amount for no deal would be lost, so it is refused."""
    with pytest.raises(InvalidValue, match="opportunity is None, but a name"):
        plan_conversion(a_lead(), opportunity=None, **given)


def test_a_converted_lead_is_not_converted_again():
    """The refusal says into what it was converted."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)

    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(done.lead)

    assert refused.value.refusal == done.lead.decide("convert", at=MONDAY)
    assert done.opportunity.id in str(refused.value)


def test_a_lead_converted_elsewhere_says_what_is_known():
    """A lead that came with an account only names that."""
    way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    lead = apply(a_lead(), LeadConverted(at=MONDAY, **way, account_id="A7", opportunity_id=""))

    assert "account A7" in str(lead.decide("convert", at=MONDAY))
    assert Conversion(lead, an_account(id="A7")).try_undo(at=FRIDAY).code == "converted_elsewhere"


def test_every_objection_is_told_at_once():
    """Lead, account, deal and gates are all asked before anything is refused."""
    lead = Lead.capture(person="Li Wei", company="Faradis", at=FRIDAY)
    deal = a_deal(account_id="A9").lose("price", at=MONDAY)

    found = codes(lead, account=an_account(), opportunity=deal, contact="Li Wei")

    assert found == [
        "not_from_here",
        "other_company",
        "contact_elsewhere",
        "deal_closed",
        "deal_of_other_account",
    ]


def test_a_deal_of_another_account_is_named():
    """The remedy is the account of the deal, also where no account was given."""
    for account in (None, an_account(id="A2")):
        plan = draft_conversion(a_lead(), account=account, opportunity=a_deal())
        (objection,) = plan.refusal.objections
        assert objection.params == {"account_id": "A1"}
    assert codes(a_lead(), opportunity=a_deal(account_id="")) == []


def test_a_deal_without_an_account_gets_that_of_the_lead():
    """A deal that was opened by itself belongs to the new account afterwards."""
    done = plan_conversion(a_lead(), opportunity=a_deal(account_id="")).apply(at=MONDAY)

    assert done.opportunity.account_id == done.account.id
    assert done.undo(at=FRIDAY).opportunity.account_id == ""


def test_the_contact_may_be_one_of_the_people_under_another_name():
    """The lead's person is then the known one, and the other spelling is told."""
    account = an_account(people=[Person("Sara Ahmadi")])
    lead = a_lead(person=Person("S. Ahmadi", job_title="CFO"))

    plan = plan_conversion(lead, account=account, contact=SARA)

    assert plan.apply(at=MONDAY).account.people == (Person("Sara Ahmadi", job_title="CFO"),)
    (told,) = [c for c in plan.changes if c.place == "account.people.name"]
    assert (told.before, told.offered, told.kind) == ("Sara Ahmadi", "S. Ahmadi", "kept")
    nameless = a_lead(person="")
    deal = plan_conversion(nameless, account=account, contact="AHMADI Sara").apply(at=MONDAY)
    assert [contact.person.key for contact in deal.opportunity.contacts] == [SARA.key]


def test_two_people_of_one_name_are_not_guessed_between():
    """Which of the two it is, a conversion does not choose."""
    account = an_account(people=[SARA, Person("AHMADI Sara")])

    assert codes(a_lead(), account=account) == ["ambiguous_person"]
    assert codes(a_lead(person=LI), account=account, contact=LI) == ["contact_elsewhere"]


def test_what_no_longer_qualifies_is_said():
    """With a policy given, the answers of today must still qualify the lead."""
    poor = a_lead().answer("budget", False, at=FRIDAY)

    assert codes(poor, policy=BANT) == ["requalify"]
    assert codes(a_lead(), policy=BANT) == codes(poor) == []


def test_an_assessment_that_no_longer_holds_is_said_on_every_path():
    """Qualifying, offering, planning, applying and the gate of a stage all look at today."""
    until = MONDAY + timedelta(days=1)
    lead = a_lead().answer("budget", Answer(True, expires=until), at=MONDAY)
    lead = lead.answer({"need": True, "timing": True}, at=MONDAY)
    then, plan = BANT.assess(lead, at=MONDAY), plan_conversion(lead, policy=BANT)
    gate = Guard.verdict(BANT)
    stages = [Stage("demo", entry=gate), Stage("won", kind="won")]
    guarded = Pipeline("guarded", stages=stages, moves=[Move("win", "demo", "won")])

    assert handoff.offer(lead, then, at=MONDAY).hand_off.is_open
    assert plan.apply(at=MONDAY).opportunity
    assert gate.objection(lead, at=MONDAY) is None
    with pytest.raises(MoveRefused, match="an answer has expired since the lead was assessed"):
        handoff.offer(lead, then, at=FRIDAY)
    with pytest.raises(ConversionRefused, match="BANT does not qualify the lead any more"):
        plan.apply(at=FRIDAY)
    with pytest.raises(ConversionRefused, match="BANT says undecided"):
        plan_conversion(lead, pipeline=guarded).apply(at=FRIDAY)
    assert gate.objection(lead, at=FRIDAY).code == "verdict_open"


def test_an_offer_keeps_by_which_policy_it_was_made():
    """A policy that has changed since has another fingerprint; one under another name has not."""
    lead = a_lead().answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    offered = handoff.offer(lead, BANT, at=MONDAY).hand_off

    assert offered.fingerprint == BANT.fingerprint
    assert offered.fingerprint != BANT.with_threshold(90).fingerprint


@pytest.mark.parametrize(("authority", "role"), [(True, "decision_maker"), (None, "other")])
def test_who_decides_is_known_from_the_answers(authority, role):
    """The person becomes decision maker if authority was answered with yes."""
    lead = a_lead().answer("authority", authority, at=MONDAY)

    assert [c.role for c in plan_conversion(lead).apply(at=MONDAY).opportunity.contacts] == [role]
    user = plan_conversion(lead, role="user").apply(at=MONDAY).opportunity
    assert [contact.role for contact in user.contacts] == ["user"]


def test_an_expired_yes_makes_nobody_decision_maker():
    """Authority that is known no longer is not taken for granted."""
    said = Answer(True, expires=MONDAY + timedelta(days=1))
    lead = a_lead().answer("authority", said, at=MONDAY).log("call", at=FRIDAY)

    deal = plan_conversion(lead).apply(at=FRIDAY).opportunity

    assert [contact.role for contact in deal.contacts] == ["other"]


@pytest.mark.parametrize(
    ("known", "account_name", "deal_name"),
    [
        ({}, "Novin", "Novin"),
        ({"company": ""}, "Sara Ahmadi", "Sara Ahmadi"),
        ({"company": "", "person": "", "phone": "021 8877"}, "021 8877", "021 8877"),
    ],
)
def test_account_and_deal_bear_the_name_that_is_known(known, account_name, deal_name):
    """The company's name, or the person's; in need that of an address."""
    _, account, deal = plan_conversion(a_lead(**known)).apply(at=MONDAY)

    assert (account.name, deal.name) == (account_name, deal_name)
    assert plan_conversion(a_lead(), name="Pumps").apply(at=MONDAY).opportunity.name == "Pumps"


def test_a_stale_plan_is_refused():
    """A plan says so when lead, account or deal has moved on since, all of them at once."""
    lead, account, deal = a_lead(), an_account(), a_deal()
    plan = plan_conversion(lead, account=account, opportunity=deal)
    now = {
        "lead": lead.log("call", at=MONDAY),
        "account": account.amend(name="N", at=MONDAY),
        "opportunity": deal.move("propose", at=MONDAY),
    }

    with pytest.raises(ConversionRefused) as refused:
        plan.apply(at=MONDAY, **now)

    refusal = refused.value.refusal
    assert [o.params["noun"] for o in refusal.objections] == ["lead", "account", "opportunity"]
    assert (refusal.trigger, refusal.stage, refusal.code) == ("convert", "qualified", "stale_plan")
    assert plan.apply(at=MONDAY, lead=lead, account=account, opportunity=deal).opportunity


def test_a_role_that_the_deal_does_not_know_is_named():
    """It is refused with the others, with the list; without a deal no role is needed."""
    said = r"the role is not one of the roles of opportunity \(did you mean user\?\)"
    with pytest.raises(ConversionRefused, match=said):
        plan_conversion(a_lead(), role="usre")
    assert draft_conversion(a_lead(), role="usre", opportunity=None).refusal is None


@pytest.mark.parametrize("what", ["lead", "account", "opportunity"])
def test_a_plan_is_held_against_nouns_only(what):
    """What is no noun has not moved on: it is invalid."""
    with pytest.raises(InvalidValue, match=f"^{what} is of the wrong kind"):
        plan_conversion(a_lead()).apply(at=MONDAY, **{what: "7"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "900 EUR"},
        {"expected_close": MONDAY},
        {"account": "7"},
        {"opportunity": "new"},
        {"name": "two\nlines"},
        {"role": "two\nlines"},
        {"pipeline": "opportunity"},
        {"mapping": "vtiger"},
        {"decide": "lead"},
        {"decide": {"weather": "lead"}},
        {"decide": {"company.city": "mine"}},
    ],
)
def test_a_plan_that_could_not_be_carried_out_is_not_made(wrong):
    """What is wrong comes to light when the conversion is planned, not half-way."""
    with pytest.raises(InvalidValue):
        plan_conversion(a_lead(), **wrong)


def test_only_a_lead_converts():
    """Anything else is refused as invalid."""
    with pytest.raises(InvalidValue, match="lead is of the wrong kind"):
        plan_conversion("lead")


@pytest.mark.parametrize("field", ["lead", "account", "opportunity"])
def test_a_conversion_holds_nouns_only(field):
    """What a host loads must be the three nouns."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)

    with pytest.raises(InvalidValue, match=f"^{field} is of the wrong kind"):
        attrs.evolve(done, **{field: "7"})


def test_the_gates_of_the_first_stage_are_asked():
    """What opening a deal asks for, converting asks for too, before anything is made."""
    asking = Pipeline(
        "asking",
        stages=[
            Stage("meeting", requires="amount"),
            Stage("won", kind="won"),
            Stage("lost", kind="lost"),
        ],
        moves=[Move("win", "meeting", "won"), Move("lose", "meeting", "lost")],
    )

    assert codes(a_lead(), pipeline=asking) == ["missing"]
    assert codes(a_lead(), pipeline=asking, amount=PRICE) == []
    assert codes(a_lead(), pipeline=asking, opportunity=None) == []


def test_nothing_is_converted_before_the_last_event():
    """Too early for the account or the deal, a conversion is refused as too early for the lead."""
    late = {
        "account": an_account().amend(name="N", at=FRIDAY),
        "opportunity": a_deal().move("propose", at=FRIDAY),
    }
    for given in ({}, late, {"account": late["account"]}):
        plan = plan_conversion(a_lead(), **given)
        with pytest.raises(ConversionRefused) as refused:
            plan.apply(at=MONDAY - timedelta(days=1))
        assert [o.code for o in refused.value.refusal.objections] == ["too_early"]


def test_a_noun_that_was_changed_by_hand_takes_no_conversion():
    """What does not follow from its timeline could not be undone."""
    assert codes(a_lead(), account=attrs.evolve(an_account(), name="N")) == ["changed_by_hand"]


def test_many_leads_are_planned_without_a_try():
    """Of five hundred leads each says for itself whether it can be converted, and why not."""
    leads = [a_lead(company=f"Firm {n}") for n in range(3)]
    leads.append(Lead.capture(company="Firm 9", at=MONDAY))

    plans = [draft_conversion(lead) for lead in leads]

    assert [plan.refusal is None for plan in plans] == [True, True, True, False]
    with pytest.raises(ConversionRefused, match="the stage is new"):
        plans[3].apply(at=MONDAY)


def test_the_plan_prints_what_it_does_with_values_or_without():
    """A person reads the values; a log gets the places only."""
    lead = a_lead(id="L1")
    new = plan_conversion(lead)
    into = plan_conversion(lead, account=an_account(), opportunity=a_deal())
    without = plan_conversion(lead, opportunity=None)

    assert str(new).splitlines()[:3] == [
        "conversion of lead L1",
        f"  create account {new.account_id}",
        f"  create opportunity {new.opportunity_id}",
    ]
    assert "  filled   account.company.city: Tehran" in str(new).splitlines()
    assert "  replaced lead.stage: converted, no longer qualified" in str(new).splitlines()
    assert "  complete account A1\n  complete opportunity D1\n" in str(into)
    assert "  open no opportunity\n" in str(without)
    assert "  filled   account.company.city" in new.text(values=False).splitlines()
    assert not {"Tehran", "Sara", "Novin"} & set(new.text(values=False).split())
    assert "Sara" not in repr(new)
    assert "left out lead.timeline, since it stays with the lead" in new.text()


def test_a_pipeline_of_one_s_own_names_the_stage_of_the_lead():
    """The plan tells the stage into which this lead comes."""
    own = attrs.evolve(
        LEAD_PIPELINE,
        stages=tuple(
            attrs.evolve(s, name="customer") if s.name == "converted" else s
            for s in LEAD_PIPELINE.stages
        ),
        moves=tuple(
            attrs.evolve(m, destination="customer") if m.trigger == "convert" else m
            for m in LEAD_PIPELINE.moves
        ),
    )
    lead = Lead.capture(company="N", pipeline=own, stage="qualified", at=MONDAY)

    plan = plan_conversion(lead)

    assert plan.apply(at=MONDAY).lead.stage == "customer"
    assert {c.place: c.after for c in plan.changes}["lead.stage"] == "customer"


def test_new_is_what_is_opened_unless_told_otherwise():
    """``NEW`` says in words what happens by itself."""
    lead = a_lead()

    assert plan_conversion(lead, opportunity=NEW) == plan_conversion(lead)


def test_open_steps_go_with_the_deal():
    """What was planned for the lead is planned for the deal, under the same id; once."""
    lead = plan_step(a_lead(), "call", due=JUNE, id="S1", at=MONDAY)
    deal = plan_step(a_deal(), "visit", due=JUNE, id="S1", at=MONDAY)

    new = plan_conversion(lead).apply(at=MONDAY)
    into = plan_conversion(lead, account=an_account(), opportunity=a_deal()).apply(at=MONDAY)
    kept = plan_conversion(lead, account=an_account(), opportunity=deal)

    assert [step.id for step in new.opportunity.steps] == ["S1"]
    assert [step.id for step in into.opportunity.steps] == ["S1"]
    assert [step.kind for step in kept.apply(at=MONDAY).opportunity.steps] == ["visit"]
    assert [c.kind.value for c in kept.changes if c.place == "opportunity.steps"] == ["kept"]
    assert new.undo(at=MONDAY).opportunity is None
    assert into.undo(at=MONDAY).opportunity.steps.count == 0


def test_without_a_deal_open_steps_go_to_the_account():
    """The call about the renewal is on the account, whether it is new or not."""
    lead = plan_step(a_lead(), "call", due=JUNE, id="S1", at=MONDAY)

    for account in (None, an_account()):
        plan = plan_conversion(lead, account=account, opportunity=None)
        done = plan.apply(at=MONDAY)
        assert [step.id for step in done.account.steps] == ["S1"]
        assert "account.steps" in [change.place for change in plan.changes]
        assert done.undo(at=MONDAY).lead.steps.count == 1


def test_a_step_that_was_moved_since_stands_in_the_way():
    """Work that was planned anew on the deal is not thrown away with the conversion."""
    lead = plan_step(a_lead(), "call", due=JUNE, id="S1", at=MONDAY)
    done = plan_conversion(lead, account=an_account(), opportunity=a_deal()).apply(at=MONDAY)
    moved = move_step(done.opportunity, "S1", due=date(2026, 7, 1), at=FRIDAY)

    refusal = attrs.evolve(done, opportunity=moved).try_undo(at=FRIDAY)

    assert [objection.params for objection in refusal.objections] == [
        {"noun": "opportunity", "events": "StepMoved"}
    ]


def test_what_is_new_belongs_to_the_owner_of_the_lead():
    """An owner that exists is never changed; the plan says who stays."""
    lead = a_lead().assign("Ani", team="north", at=MONDAY)
    account, deal = an_account(owner="Reza"), a_deal()

    new = plan_conversion(lead)
    into = plan_conversion(lead, account=account, opportunity=deal)

    done = new.apply(at=MONDAY)
    assert {(noun.owner, noun.team) for noun in done} == {("Ani", "north")}
    after = into.apply(at=MONDAY)
    assert (after.account.owner, after.account.team) == ("Reza", "")
    assert (after.opportunity.owner, after.opportunity.team) == ("", "")
    told = {c.place: c.kind.value for c in into.changes if c.place.endswith((".owner", ".team"))}
    assert told == {
        "account.owner": "kept",
        "account.team": "left_out",
        "opportunity.owner": "left_out",
        "opportunity.team": "left_out",
    }
    same = plan_conversion(lead, account=an_account(owner="Ani", team="north"))
    assert "account.owner" not in [change.place for change in same.changes]
    with pytest.raises(InvalidValue, match="decide names owner"):
        plan_conversion(lead, decide={"owner": "lead"})


def test_each_objection_says_what_is_wrong_and_what_to_do():
    """The sentences of all that speaks against a conversion, and the remedy of each."""
    twins = an_account(people=[SARA, SARA], company=Company("Faradis"))
    closed = a_deal(account_id="A9").lose("price", at=MONDAY)
    asking = STANDARD_MAPPING.with_rows(Carried("company", ("account.company",), "ask"))
    shiraz = an_account(company=Company("Novin", city="Shiraz"))
    drafts = [
        draft_conversion(a_lead(), account=twins, opportunity=closed),
        draft_conversion(a_lead(), account=shiraz, contact="Li Wei", mapping=asking),
        draft_conversion(a_lead(), among=[shiraz]),
        draft_conversion(a_lead().answer("budget", False, at=MONDAY), policy=BANT),
    ]

    found = [(o.message, o.remedy) for d in drafts for o in d.refusal.objections]

    assert found[:-1] == [
        (
            "the account bears another name than the company of the lead",
            "give the right account, or decide={'company': 'lead' or 'keep'}",
        ),
        (
            "the account has 2 people of that name",
            "give them ids or addresses that tell which is which",
        ),
        ("the opportunity is closed (lost)", "reopen it first, or open a new one"),
        ("the opportunity belongs to account A9", "give that account"),
        ("the contact is not one of the account's people", "give one of its people"),
        (
            "the account has another company.city than the lead",
            "decide={'company.city': 'lead' or 'keep'}",
        ),
        (
            "the lead may belong to A1 (company)",
            "give account=, or leave among= out to open a new account",
        ),
    ]
    assert found[-1][0].startswith("BANT does not qualify the lead any more: ")
    assert found[-1][1] == "qualify it again"
    assert drafts[0].refusal.objections[0].params["fact"] == "company"


def test_what_stays_with_the_lead_is_told_with_the_reason():
    """Each field that goes nowhere is named, if the lead has anything there."""
    lead = a_lead().nurture(until=FRIDAY, at=MONDAY)
    lead = lead.log("call", at=MONDAY).qualify(BANT, at=MONDAY)

    left = [str(c) for c in plan_conversion(lead).changes if c.place.startswith("lead.")]

    assert {line.partition(", since ")[2] for line in left} >= {
        "the opportunity follows a pipeline of its own",
        "the lead keeps its own",
        "the opportunity begins in a stage of its own",
        "it stays with the lead, which the others name",
    }


def test_an_amount_may_be_decided():
    """The amount that stands on a deal stays, unless the planner says that the new one counts."""
    given = {"account": an_account(), "opportunity": a_deal(amount=Money(1, "EUR"))}

    kept = plan_conversion(a_lead(), **given, amount=PRICE)
    taken = plan_conversion(a_lead(), **given, amount=PRICE, decide={"amount": "lead"})

    assert kept.apply(at=MONDAY).opportunity.amount == Money(1, "EUR")
    assert "kept     opportunity.amount: 1 EUR, not 900 EUR" in str(kept)
    assert taken.apply(at=MONDAY).opportunity.amount == PRICE
    later = {"expected_close": JUNE, "decide": {"expected_close": "keep"}}
    assert (
        plan_conversion(a_lead(), **given, **later).apply(at=MONDAY).opportunity.expected_close
        is None
    )


def test_the_printed_plan_is_made_to_be_read():
    """People and steps are told in words; what has no text of its own is only named."""
    lead = plan_step(a_lead().log("call", at=MONDAY), "call", due=JUNE, at=MONDAY)

    printed = str(plan_conversion(lead, role="decision_maker"))

    assert "added    opportunity.contacts: Sara Ahmadi, decision maker\n" in printed
    assert f"added    opportunity.steps: call, due {JUNE}\n" in printed
    assert "filled   opportunity.engagement\n" in printed
    assert "(" not in printed
