"""Accounts that a lead may belong to are named, and none of them is chosen."""

from __future__ import annotations

import pytest

from salesfunnel.conversion import KnownAccounts, draft_conversion, plan_conversion
from salesfunnel.errors import WrongKind
from salesfunnel.values import Company, ContactPoint
from tests.conversion.examples import MONDAY, a_lead, an_account, codes


def named(lead, *accounts):
    """Name the accounts that a lead may belong to, and by what."""
    return [(likely.id, likely.by) for likely in KnownAccounts(accounts).likely(lead)]


@pytest.mark.parametrize(
    ("known", "lead", "by"),
    [
        ({"company": Company("Novin Tejarat (Ltd)")}, {"company": "NOVIN  TEJARAT"}, ("company",)),
        ({"name": "Novin", "company": None}, {"company": "novin"}, ("company",)),
        ({"contact_points": [("email", "i@o.example")]}, {"email": "I@O.example"}, ("email",)),
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

    assert objection.message == "the lead may belong to A2 (email), A1 (company, email)"
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
