"""Accounts that a lead may belong to are named, and none of them is chosen."""

from __future__ import annotations

import pytest

from salesfunnel.conversion import KnownAccounts, draft_conversion, plan_conversion
from salesfunnel.conversion.likely import bears_other_name
from salesfunnel.duplicates import fact_key
from salesfunnel.errors import WrongKind
from salesfunnel.values import Company, ContactPoint, Person
from tests.conversion.examples import MONDAY, a_lead, an_account, codes


def named(lead, *accounts):
    """Name the accounts that a lead may belong to, and by what."""
    return [(likely.id, likely.by) for likely in KnownAccounts(accounts).likely(lead)]


@pytest.mark.parametrize(
    ("known", "lead", "by"),
    [
        ({"company": Company("Novin Tejarat (Ltd)")}, {"company": "NOVIN  TEJARAT"}, ("company",)),
        ({"name": "Novin", "company": None}, {"company": "novin"}, ("company",)),
        (
            {"contact_points": [("email", "i@o.example")]},
            {"email": "I@O.example"},
            ("email", "domain"),
        ),
        ({"contact_points": [("phone", "0098 21 8877")]}, {"phone": "+98 (0)21 8877"}, ("phone",)),
        ({"contact_points": [("mobile", "09123456789")]}, {"phone": "0912 345 6789"}, ("phone",)),
        ({"contact_points": [("phone", "8877")]}, {"phone": "8877"}, None),
        ({"contact_points": [("fax", "02188776655")]}, {"contact_points": "fax"}, None),
        (
            {"contact_points": [("website", "https://www.o.example/x")]},
            {"company": Company("Orient", website="o.example")},
            ("website",),
        ),
        ({"company": Company("Other")}, {"company": "Novin"}, None),
        (
            {"company": Company("شرکت نوین تجارت")},
            {"company": "Novin Tejarat Ltd"},
            ("company by sound",),
        ),
        ({"company": Company("Navin Tajarat")}, {"company": "Novin Tejarat"}, None),
        ({"company": Company("Other", website="o.example")}, {"company": "Novin"}, None),
    ],
)
def test_an_account_is_recognised_by_its_name_or_an_address(known, lead, by):
    """Spelling, legal form and punctuation make no difference; short numbers say nothing."""
    points = [ContactPoint(*point) for point in known.get("contact_points", ())]
    known = {"company": Company("Somebody Else")} | known | {"contact_points": points}
    if lead.get("contact_points"):
        lead = {"contact_points": [ContactPoint("fax", "02188776655")]}
    found = named(a_lead(**{"company": ""} | lead), an_account(**known))

    assert found == ([("A1", by)] if by else [])


def test_a_name_in_another_script_is_not_another_name():
    """Who says that the lead belongs to Novin Tejarat need not decide how it is written."""
    lead = a_lead(company="نوین تجارت")

    assert not bears_other_name(an_account(company=Company("Novin Tejarat")), lead.company)
    assert bears_other_name(an_account(company=Company("Novin Sanat")), lead.company)
    assert bears_other_name(an_account(company=Company("نوین صنعت")), lead.company)


@pytest.mark.parametrize(
    ("known", "told", "is_likely"),
    [
        ("Bimeh Dana", "بیمه دانا", True),
        ("Bimeh Dena", "بیمه دانا", False),
        ("Behnoush Iran Co.", "شرکت بهنوش ایران", True),
        ("Ararat Group", "Արարատ Գրուպ ՍՊԸ", True),
    ],
)
def test_a_firm_in_another_script_is_likely_if_its_vowels_agree(known, told, is_likely):
    """Consonants alone make many firms one."""
    register = KnownAccounts([an_account(company=Company(known))])

    assert bool(register.likely(a_lead(company=told))) is is_likely


def test_likely_accounts_are_named_and_the_conversion_waits():
    """Also where only one is likely, somebody else decides; the message names ids, no person."""
    mail = ContactPoint("email", "sara@novin.example")
    accounts = [
        an_account(id="A2", company=Company("Orient"), contact_points=[mail]),
        an_account(id="A1", contact_points=[mail]),
        an_account(id="A3", company=Company("Faradis")),
    ]
    lead = a_lead(contact_points=[mail])

    (objection,) = draft_conversion(lead, among=accounts).refusal.objections

    assert objection.message == (
        "the lead may belong to A2 (email, domain), A1 (email, domain, company)"
    )
    assert codes(lead, among=KnownAccounts(accounts)) == ["ambiguous"]
    assert codes(lead, among=accounts, account=accounts[1]) == []
    assert codes(lead) == codes(a_lead(company="Toys"), among=accounts) == []
    assert plan_conversion(lead, account=accounts[1]).account_id == "A1"


def test_likely_accounts_are_looked_for_among_accounts():
    """One account by itself, or an id, is no list of accounts."""
    for wrong in (an_account(), "A1", ["A1"]):
        with pytest.raises(WrongKind, match=r"^among is of the wrong kind"):
            draft_conversion(a_lead(), among=wrong)


def test_what_a_conversion_opened_is_known_to_the_next():
    """Three leads of one new firm become one account, and that is named once."""
    known, accounts = KnownAccounts([]), {}
    for number, city in enumerate(("", "Tehran", "Shiraz")):
        lead = a_lead(id=f"L{number}", company=Company("Novin", city=city))
        likely = known.likely(lead)
        account = accounts[likely[0].id] if likely else None
        done = plan_conversion(lead, account=account).apply(at=MONDAY)
        accounts[done.account.id] = done.account
        known.add(done.account)

    assert [account.lead_ids for account in accounts.values()] == [("L0", "L1", "L2")]
    assert len(known.likely(a_lead())) == 1
    with pytest.raises(WrongKind, match="account is of the wrong kind"):
        known.add("A1")


PEOPLE = [
    Person("Sara Ahmadi", id="p1", contact_points=[ContactPoint("mobile", "+98 912 1234567")]),
    Person("Reza Karimi", id="p2", contact_points=[ContactPoint("email", "reza@novin.example")]),
]


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ({"person": "سارا احمدی"}, [("p1", ("name",))]),
        ({"person": "AHMADI S.", "phone": "0912 123 4567"}, [("p1", ("phone", "name"))]),
        ({"person": None, "email": "Reza@Novin.example"}, [("p2", ("email", "domain"))]),
        ({"person": "Ali Moradi", "phone": "0912 123 4567"}, []),
        ({"person": "Mina Ahmadi"}, []),
    ],
)
def test_who_of_its_people_may_be_meant_is_named(lead, who):
    """By the same keys and in every script; another name is another person."""
    [likely] = KnownAccounts([an_account(people=PEOPLE)]).likely(a_lead(**lead))

    assert [(contact.id, contact.by) for contact in likely.contacts] == who


def test_a_person_under_another_spelling_is_not_added_without_a_word():
    """The account is told, but not who of its people it is: that waits too."""
    account = an_account(people=PEOPLE)
    lead = a_lead(person="S. Ahmadi")

    (objection,) = draft_conversion(lead, account=account, among=[account]).refusal.objections

    assert objection.code == "ambiguous_contact"
    assert objection.message == "the person of the lead may be p1 (name) of the account"
    assert codes(lead, account=account, among=[account], contact="p1") == []
    assert codes(a_lead(person="Sara Ahmadi"), account=account, among=[account]) == []
    assert codes(lead, account=account) == []
    other = an_account(id="A2", people=PEOPLE)
    assert codes(lead, account=other, among=[account]) == ["ambiguous_contact"]


def test_what_many_firms_share_speaks_for_its_name_alone():
    """A group of firms has one domain: that alone joins nobody to a firm of another name."""
    holding = an_account(company=Company("Holding", website="group.example"))
    mail = ContactPoint("email", "sara@group.example")
    shop = an_account(id="A2", company=Company("Shop"), contact_points=[mail])

    assert named(a_lead(company="Toys", email="li@group.example"), holding, shop) == []
    unnamed = a_lead(company="", email="li@group.example")
    assert named(unnamed, holding, shop) == [("A2", ("domain",))]


def test_a_key_of_ones_own_names_an_account():
    """A number of the tax office, in the details of lead and account."""
    tax = fact_key("details.tax_number", strength="identity")
    account = an_account(company=Company("Other"), details={"tax_number": "FR 12"})
    lead = a_lead(details={"tax_number": "fr-12"})

    assert KnownAccounts([account]).likely(lead) == ()
    [likely] = KnownAccounts([account], keys=[tax]).likely(lead)
    assert (likely.id, likely.by) == ("A1", ("details.tax_number",))
    with pytest.raises(WrongKind, match="keys"):
        KnownAccounts([account], keys="tax")


def test_what_an_account_has_lost_speaks_for_it_no_longer():
    """A corrected address is forgotten; what a conversion brought is learned."""
    mail = ContactPoint("email", "sara@gmail.com")
    account = an_account(company=Company("Other"), contact_points=[mail])
    known = KnownAccounts([account])
    lead = a_lead(company="Toys", email="sara@gmail.com")
    assert [likely.id for likely in known.likely(lead)] == ["A1"]

    known.add(account.amend(contact_points=[], at=MONDAY))
    assert known.likely(lead) == ()
    joined = plan_conversion(
        a_lead(id="L7", company="Other", person="Sara", email="sara@gmail.com"), account=account
    ).apply(at=MONDAY)
    known = KnownAccounts([account.amend(contact_points=[], at=MONDAY)])
    known.add(account)
    known.add(joined.account)
    [likely] = known.likely(a_lead(company="Toys", person="Sara", email="sara@gmail.com"))
    assert [contact.by for contact in likely.contacts] == [("email", "name")]
