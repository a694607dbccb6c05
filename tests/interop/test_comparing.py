"""Two readings of one list, such as the exports of two weeks."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import WrongKind
from salesfunnel.interop import compare_readings, read_accounts, read_leads, read_opportunities
from tests.interop.examples import MONDAY

LEADS = "Lead ID,Name,Email,Status,Company\n"
DEALS = "Deal ID,Deal,Stage,Amount,Reason\n"


def compared(reader, before, after):
    """Compare two lists that are written as texts."""
    return compare_readings(*(reader(StringIO(text), at=MONDAY) for text in (before, after)))


def told(changed):
    """Write the changes of one noun."""
    return [str(change) for change in changed.changes]


def test_what_is_new_what_is_gone_and_what_changed():
    """One deal came, one went, one moved on and has another amount, and one is as before."""
    found = compared(
        read_opportunities,
        f"{DEALS}1,Pumps,Meeting,900,\n2,Fans,Won,100,\n3,Belts,Won,50,\n",
        f"{DEALS}1,Pumps,Lost,800,price\n3,Belts,Won,50,\n4,Tubes,Meeting,,\n",
    )

    assert found.summary == "1 new, 1 gone, 1 changed, 1 as before"
    assert ([deal.id for deal in found.new], [deal.id for deal in found.gone]) == (["4"], ["2"])
    (pumps,) = found.changed
    assert [type(event).__name__ for event in pumps.events] == ["AmountRevised", "OpportunityLost"]
    assert pumps.entity.timeline[: pumps.before.version] == pumps.before.timeline
    assert {
        "replaced stage: lost, no longer meeting",
        "replaced amount: 800 XXX, no longer 900 XXX",
        "filled   closing.reason: price",
    } <= {*told(pumps)}
    assert str(found).startswith("1 new, 1 gone, 1 changed, 1 as before\n1:\n  ")


def test_a_lead_with_a_new_number_is_the_same_lead():
    """It is found by its address, its id stays, and the number is added."""
    found = compared(
        read_leads,
        "Name,Email,Phone\nSara Ahmadi,sara@x.example,+98 21 8888 0001\nAni P,,\n",
        "Name,Email,Phone,Mobile\nSara Ahmadi,sara@x.example,+98 21 8888 0002,+98 912 123 4567\n",
    )

    (sara,) = found.changed
    assert found.new == ()
    assert [lead.person.name for lead in found.gone] == ["Ani P"]
    assert sara.entity.id == sara.before.id
    assert told(sara) == [
        "added    contact_points: +98 21 8888 0002",
        "added    contact_points: +98 912 123 4567",
    ]


def test_a_list_without_stages_moves_nobody():
    """What a later list does not tell is no news."""
    found = compared(read_leads, f"{LEADS}1,Sara,,Contacted,Novin\n", "Lead ID,Name\n1,Sara\n")

    assert found.summary == "0 new, 0 gone, 0 changed, 1 as before"


def test_accounts_are_found_by_name():
    """A firm without an id is the same in another spelling."""
    found = compared(
        read_accounts,
        "Account ID,Name,City\nA7,Novin Ltd,\nA8,Ararat,\n",
        "Name,City\nNOVIN,Tehran\nFaradis,\n",
    )

    (novin,) = found.changed
    assert told(novin) == ["filled   company.city: Tehran"]
    assert ([one.name for one in found.new], [one.id for one in found.gone]) == (
        ["Faradis"],
        ["A8"],
    )


def test_two_leads_that_find_one_are_not_both_the_same():
    """The first is the one that is known, and the second is new."""
    found = compared(
        read_leads,
        "Lead ID,Name,Email,Company\nL1,Sara Ahmadi,sara@x.example,Novin\n",
        "Lead ID,Name,Email,Company\nX1,Sara Ahmadi,sara@x.example,\nX2,Sara Ahmadi,,Novin\n",
    )

    assert (len(found.new), len(found.gone), len(found.changed)) == (1, 0, 0)


def test_what_was_withdrawn_is_told():
    """A member that is no longer there is said, too."""
    from salesfunnel.interop.comparing import differences

    reading = read_leads(StringIO("Name,Email\nSara,sara@x.example\n"), at=MONDAY)
    (lead,) = reading.entities()

    changes = [*differences(lead, lead.amend(contact_points=[], at=MONDAY))]

    assert [(change.place, change.after) for change in changes] == [("contact_points", None)]


def test_other_things_are_not_compared():
    """What is no lead, deal or account is answered by what is wanted."""
    with pytest.raises(WrongKind, match="leads, deals or accounts"):
        compare_readings(["Sara"], [])


rows = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["Pumps", "Fans"]),
        st.sampled_from(["Meeting", "Proposal", "Won", "Lost"]),
        st.sampled_from(["", "900", "12.5"]),
        st.sampled_from(["", "price"]),
    ),
    max_size=5,
)


@given(rows, rows)
def test_nothing_is_both_new_and_known(before, after):
    """Each deal is new, gone, changed or as before; what changed is what the later list says."""
    texts = [DEALS + "".join(",".join(row) + "\n" for row in part) for part in (before, after)]
    was, now = (read_opportunities(StringIO(text), at=MONDAY) for text in texts)

    found = compare_readings(was, now)

    assert len(found.new) + len(found.changed) + found.unchanged == len([*now.entities()])
    assert len(found.gone) + len(found.changed) + found.unchanged == len([*was.entities()])
    again = [one.entity for one in found.changed]
    stages = {deal.id: deal.stage for deal in now.entities()}
    assert all(deal.stage == stages[deal.id] for deal in again)
    assert compare_readings(again, again).changed == ()
    assert compare_readings(now, now).changed == ()


def test_another_spelling_is_no_change():
    """Arabic letters for Persian ones, capitals, digits: what is said is the same."""
    header = "Lead ID,Name,Company,City,Owner,Note\n"

    found = compared(
        read_leads,
        f"{header}1,سارا احمدی,تولی‌پرس,تهران - خیابان ۷,آنی,پیگیری شد\n",
        f"{header}1,سارا احمدي,تولي‌پرس,تهران - خيابان 7,آني,پيگيري شد\n",
    )
    deals = compared(
        read_opportunities,
        f"{DEALS}1,Pumps,Lost,900,قیمت بالای ما\n",
        f"{DEALS}1,PUMPS,Lost,900,قيمت بالاي ما\n",
    )

    assert (found.changed, deals.changed) == ((), ())
    assert compared(read_leads, f"{header}1,Sara,,,,12.5\n", f"{header}1,Sara,,,,125\n").changed


def test_two_kinds_are_not_compared():
    """No lead is found among deals."""
    leads = read_leads(StringIO("Name\nSara\n"), at=MONDAY)
    deals = read_opportunities(StringIO("Deal,Stage\nA,Won\n"), at=MONDAY)

    with pytest.raises(WrongKind, match="wrong kind: Opportunity; allowed: two lists"):
        compare_readings(leads, deals)


def test_readings_of_two_kinds_are_not_compared_even_if_nothing_stands_in_them():
    """An empty list of leads is not one of deals."""
    leads, deals = read_leads([], at=MONDAY), read_opportunities([], at=MONDAY)

    with pytest.raises(WrongKind, match="two lists of the same kind, here Lead"):
        compare_readings(leads, deals)
    assert compare_readings(leads, []).summary == "0 new, 0 gone, 0 changed, 0 as before"
