"""The conversion of a lead: all or nothing, once, and with nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.conversion import CONTRACT, Dropped, plan_conversion
from salesfunnel.conversion.contract import contract
from salesfunnel.errors import ConversionRefused, InvalidDefinition, InvalidValue
from salesfunnel.history import apply
from salesfunnel.leads import Lead, LeadConverted
from salesfunnel.pipeline import OPPORTUNITY_PIPELINE, Stage
from salesfunnel.qualification import BANT
from salesfunnel.testing import accounts, leads, moneys
from salesfunnel.values import Company, Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
JUNE = date(2026, 6, 30)


def qualified(kind=Lead, **known):
    """Make a qualified lead."""
    lead = kind.capture(**({"person": "Sara Ahmadi", "company": "Novin"} | known), at=MONDAY)
    for question in ("need", "budget", "timing"):
        lead = lead.answer(question, True, at=MONDAY)
    return lead.qualify(BANT.assess(lead, at=MONDAY), at=MONDAY)


def later(*entities):
    """Give a time after all that has happened."""
    return max(entity.timeline[-1].at for entity in entities) + timedelta(hours=1)


@given(leads(stage="qualified"), st.none() | moneys(), st.none() | accounts())
def test_converting_twice_is_converting_once(lead, amount, account):
    """A second plan, and a second application, give the same ids and equal results."""
    at = later(lead, account or lead)
    plan = plan_conversion(lead, amount=amount, account=account)

    done = plan.apply(at=at)

    assert plan.apply(at=at) == done
    assert plan_conversion(lead, amount=amount, account=account).apply(at=at) == done
    assert plan.apply(at=at + timedelta(days=1)).opportunity.id == done.opportunity.id
    assert (done.lead.account_id, done.lead.opportunity_id) == (
        done.account.id,
        done.opportunity.id,
    )


@given(leads(stage="qualified"))
def test_nothing_that_was_learnt_is_lost(lead):
    """Each fact of the lead lives on in the account, in the opportunity, or in both."""
    _, account, deal = plan_conversion(lead).apply(at=later(lead))

    assert (account.company, account.contact_points) == (lead.company, lead.contact_points)
    assert account.people == ((lead.person,) if lead.person else ())
    assert [contact.person for contact in deal.contacts] == list(account.people)
    for noun in (account, deal):
        assert (noun.source, noun.source_words) == (lead.source, lead.source_words)
        assert noun.details == lead.details
    assert (deal.answers, deal.lead_id, account.lead_ids) == (lead.answers, lead.id, (lead.id,))


@given(leads(stage="qualified"), accounts())
def test_an_existing_account_keeps_all_it_had(lead, account):
    """Converting into an account fills what is empty and overwrites nothing."""
    kept = {"id", "name", "source", "source_words"}

    done = plan_conversion(lead, account=account).apply(at=later(lead, account))

    assert all(getattr(done.account, field) == getattr(account, field) for field in kept)
    assert done.account.timeline[: account.version] == account.timeline
    assert lead.id in done.account.lead_ids
    assert done.opportunity.account_id == account.id


@given(leads(stage="converted"))
def test_a_converted_lead_is_not_converted_again(lead):
    """The refusal says into what it was converted, and `decide` says the same."""
    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(lead)

    (objection,) = refused.value.refusal.objections
    assert refused.value.refusal == lead.decide("convert", at=lead.timeline[-1].at)
    assert objection.message == (
        f"it is already account {lead.account_id} and opportunity {lead.opportunity_id}"
    )
    assert objection.params["account_id"] == lead.account_id


def test_a_lead_converted_elsewhere_says_what_is_known():
    """A lead that came with an account only names that."""
    way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    lead = apply(qualified(), LeadConverted(at=MONDAY, **way, account_id="A7", opportunity_id=""))

    assert str(lead.decide("convert", at=MONDAY)) == "cannot convert: it is already account A7"


def test_a_lead_that_is_not_qualified_is_not_converted():
    """Only a qualified lead becomes an opportunity."""
    with pytest.raises(ConversionRefused, match=r"^cannot convert: the stage is new"):
        plan_conversion(Lead.capture(company="Novin", at=MONDAY))


def test_a_stale_plan_is_refused():
    """A plan says so when the lead or the account has moved on since, both if both have."""
    lead, account = qualified(), Account.open(id="7", name="Novin", at=MONDAY)
    plan = plan_conversion(lead, account=account)
    called = lead.log("call", inbound=True, at=MONDAY)
    amended = account.amend(name="Novin Tejarat", at=MONDAY)

    with pytest.raises(ConversionRefused) as refused:
        plan.apply(at=MONDAY, lead=called, account=amended)

    assert [o.code for o in refused.value.refusal.objections] == ["stale_plan", "stale_plan"]
    assert plan.apply(at=MONDAY, lead=lead, account=account).lead.stage == "converted"


@pytest.mark.parametrize("what", ["lead", "account"])
def test_a_plan_is_held_against_nouns_only(what):
    """What is no lead, or no account, has not moved on: it is invalid."""
    with pytest.raises(InvalidValue, match=f"^{what} is of the wrong kind"):
        plan_conversion(qualified()).apply(at=MONDAY, **{what: "7"})


def test_planning_changes_nothing():
    """Before it is applied, a plan is only words, and can be thrown away."""
    lead = qualified()
    before = attrs.evolve(lead)

    plan = plan_conversion(lead, amount=Money(900, "EUR"), expected_close=JUNE)

    assert "create opportunity" in str(plan)
    assert lead == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "900 EUR"},
        {"expected_close": MONDAY},
        {"account": "7"},
        {"name": "two\nlines"},
        {"role": "boss"},
        {"pipeline": "opportunity"},
        {"dropped": ["stage"]},
    ],
)
def test_a_plan_that_could_not_be_carried_out_is_not_made(wrong):
    """What is wrong comes to light when the conversion is planned, not half-way."""
    (field,) = wrong

    with pytest.raises(InvalidValue, match=rf"^{field} "):
        plan_conversion(qualified(), **wrong)


def test_only_a_lead_converts():
    """Anything else is refused as invalid."""
    with pytest.raises(InvalidValue, match="lead is of the wrong kind"):
        plan_conversion("lead")


@pytest.mark.parametrize(("authority", "role"), [(True, "decision_maker"), (None, "other")])
def test_who_decides_is_known_from_the_answers(authority, role):
    """The person becomes decision maker if authority was answered with yes."""
    lead = qualified().answer("authority", authority, at=MONDAY)

    deal = plan_conversion(lead).apply(at=MONDAY).opportunity

    assert [contact.role for contact in deal.contacts] == [role]
    assert plan_conversion(lead, role="user").role == "user"


@pytest.mark.parametrize(
    ("known", "account_name", "deal_name"),
    [
        ({}, "Novin", "Novin"),
        ({"company": ""}, "Sara Ahmadi", "Sara Ahmadi"),
        ({"company": "", "person": "", "phone": "021 8877"}, "021 8877", ""),
    ],
)
def test_account_and_deal_bear_the_name_that_is_known(known, account_name, deal_name):
    """The company's name, or the person's; in need the account has that of an address."""
    _, account, deal = plan_conversion(qualified(**known)).apply(at=MONDAY)

    assert (account.name, deal.name) == (account_name, deal_name)


def test_the_printed_plan_says_what_becomes_of_each_field():
    """A new account takes everything over; an existing one only what it lacks."""
    plan = plan_conversion(qualified())
    into = plan_conversion(qualified(), account=Account.open(id="7", name="Novin", at=MONDAY))

    assert [entry.field for entry in plan.terms] == [term.field for term in CONTRACT]
    assert "carry  source to account.source, opportunity.source\n" in str(plan)
    assert "carry  source to opportunity.source\n" in str(into)
    assert "carry  details to account.details where empty, opportunity.details\n" in str(into)
    assert "complete account 7" in str(into)
    assert "the person's role" not in str(plan_conversion(qualified(person="")))


def test_the_contract_names_every_field_of_a_lead():
    """A field without an entry, an entry without a field, or two entries are errors."""
    names = {field.name for field in attrs.fields(Lead) if field.init}

    assert {entry.field for entry in CONTRACT} == names
    with pytest.raises(InvalidDefinition, match="field 'id' of the lead is not mentioned"):
        contract(CONTRACT[1:])
    with pytest.raises(InvalidDefinition, match="field 'vip' does not exist"):
        contract([*CONTRACT, Dropped("vip", "we have none")])
    with pytest.raises(InvalidDefinition, match="field 'id' is named twice"):
        contract([*CONTRACT, CONTRACT[0]])


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead with a field of its own."""

    vip: bool = False


def test_a_field_of_one_s_own_is_not_lost_without_a_word():
    """A lead of another class converts only with a word on what becomes of its fields."""
    lead = qualified(OurLead)
    stays = Dropped("vip", "the account has a field of that name")

    with pytest.raises(InvalidDefinition, match="field 'vip' of the lead is not mentioned"):
        plan_conversion(lead)
    plan = plan_conversion(lead, dropped=[stays])

    assert f"  {stays}" in str(plan).splitlines()
    assert type(plan.apply(at=MONDAY).lead) is OurLead


def test_facts_about_the_company_fill_blanks_of_the_account():
    """What the lead knows of the same company is not thrown away."""
    account = Account.open(id="7", company=Company("Novin Ltd"), at=MONDAY)
    lead = qualified(company=Company("NOVIN", city="Tehran"))

    done = plan_conversion(lead, account=account).apply(at=MONDAY)

    assert done.account.company == Company("Novin Ltd", city="Tehran")


def test_nothing_is_converted_into_an_account_before_its_last_event():
    """Too early for the account, a conversion is refused as one too early for the lead."""
    account = Account.open(id="9", name="Novin", at=MONDAY + timedelta(days=4))

    for plan, at in (
        (plan_conversion(qualified(), account=account), MONDAY),
        (plan_conversion(qualified()), MONDAY - timedelta(days=4)),
    ):
        with pytest.raises(ConversionRefused) as refused:
            plan.apply(at=at)
        assert refused.value.refusal.code == "too_early"


def test_a_stale_plan_says_what_has_changed():
    """The noun that has moved on is named, and what to do."""
    lead = qualified()
    plan = plan_conversion(lead)

    with pytest.raises(ConversionRefused) as refused:
        plan.apply(at=MONDAY, lead=lead.log("call", at=MONDAY))

    assert str(refused.value) == (
        "cannot convert: the lead has changed since the plan was made (plan again)"
    )
    assert refused.value.refusal.code == "stale_plan"
    assert refused.value.refusal.stage == "qualified"


def test_a_deal_that_could_not_begin_is_not_planned():
    """What the first stage of the deal asks for is said when the conversion is planned."""
    asking = Stage("meeting", requires=("amount", "expected_close"), probability="0.25")
    stages = [asking, *OPPORTUNITY_PIPELINE.stages[1:]]
    pipeline = attrs.evolve(OPPORTUNITY_PIPELINE, name="asking", stages=stages)

    with pytest.raises(ConversionRefused) as refused:
        plan_conversion(qualified(), pipeline=pipeline)

    assert [o.params["fact"] for o in refused.value.refusal.objections] == [
        "amount",
        "expected_close",
    ]
    plan = plan_conversion(
        qualified(), amount=Money(9, "EUR"), expected_close=JUNE, pipeline=pipeline
    )
    assert plan.apply(at=MONDAY).opportunity.pipeline == pipeline
