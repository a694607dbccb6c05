"""What people asked of importers in public, each need as a test of ours."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest

from salesfunnel import plan_conversion
from salesfunnel.errors import ConversionRefused
from salesfunnel.interop import Joined, read_leads, read_mapping, read_opportunities
from salesfunnel.interop.rows.later_deals import deal_told_later
from salesfunnel.interop.rows.perhaps_seen import PerhapsSeen
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from tests.interop.examples import MONDAY


def leads(text, **how):
    """Read leads from a text."""
    return list(read_leads(StringIO(text), at=MONDAY, **how))


def deals(text, **how):
    """Read deals from a text."""
    return list(read_opportunities(StringIO(text), at=MONDAY, **how))


def test_a_close_date_with_a_zone_keeps_its_day():
    """Whoever closed on Friday in Tokyo, or in Alaska, closed on Friday."""
    found = deals(
        "Deal,Stage,Close Date\nA,Won,2022-03-25T08:00:00+09:00\nB,Won,2023-03-31T16:09:00-09:00\n"
    )

    assert [row.entity.closed_on for row in found] == [date(2022, 3, 25), date(2023, 3, 31)]


def test_four_stages_of_a_crm_stay_four():
    """An export is read by the stages of its own system."""
    header = "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date"
    stages = ["Value Proposition", "Perception Analysis", "Needs Analysis", "Prospecting"]
    rows = [f"006{n},N{n},Novin,{s},10.5,6/30/2026,1/15/2026" for n, s in enumerate(stages)]

    found = deals("\n".join([header, *rows]))

    assert [row.entity.stage for row in found] == stages


def test_a_column_may_serve_a_field_and_a_detail():
    """The word of the stage is read, and kept as it is written."""
    mine = read_mapping(
        '[opportunity.columns]\nname = "Deal"\nstage = "Stage"\n'
        '[opportunity.details]\nraw_stage = "Stage"',
        name="mine",
    )

    (found,) = deals("Deal,Stage\nA,Needs Analysis\n", mapping=mine)

    assert (found.entity.stage, found.entity.details["raw_stage"]) == ("meeting", "Needs Analysis")


def test_a_number_is_enough_and_a_bad_address_costs_nobody():
    """What can reach no one is kept as text, and noted."""
    number, address = leads("Name,Email,Phone\n,,+98 21 8888 0001\nSara,sara(at)novin.example,\n")

    assert number.entity.contact_points[0].key == "+982188880001"
    assert address.entity.details["email"] == "sara(at)novin.example"
    assert address.notes != ()


def test_each_row_has_its_owner():
    """A plain list with a salesperson gives each deal its own."""
    found = deals("Deal,Stage,Amount,Owner\nA,Won,1.5,Reza\nB,Won,2.5,Ani\n")

    assert [row.entity.owner for row in found] == ["Reza", "Ani"]


def test_street_and_postal_code_are_kept_with_the_zero():
    """They go with the company, up to the account."""
    (found,) = leads(
        "Name,Company,Street,ZIP,City,State\nSara,Novin,Main St 1,01234,Springfield,MA\n"
    )

    company = found.entity.company
    assert (company.street, company.postal_code, company.state) == ("Main St 1", "01234", "MA")


def test_a_lead_that_was_converted_elsewhere_is_not_converted_again():
    """It has its link, and says into what it was converted."""
    (found,) = leads(
        "Lead ID,First Name,Last Name,Company / Account,Lead Status,Converted,Converted Date,"
        "Converted Opportunity ID\n00Q1,Sara,Ahmadi,Novin,Closed - Converted,1,3/1/2026,006A\n"
    )

    assert (found.entity.stage, found.entity.opportunity_id) == ("converted", "006A")
    with pytest.raises(ConversionRefused, match="it is already opportunity 006A"):
        plan_conversion(found.entity)


def test_a_national_number_meets_the_international_one():
    """With the country of the list both spellings are one lead."""
    first, second = leads(
        "Name,Mobile\nJan Jansen,0612345678\nJan Jansen,+31 6 12345678\n", country="NL"
    )

    assert first.entity.id == second.entity.id


@pytest.mark.parametrize("known", [{"person": "Sara Ahmadi"}, {"email": "sara@x.example"}])
def test_a_private_person_gives_account_and_deal_a_name(known):
    """Without a company they bear the name of the person, or the address."""
    lead = Lead.capture(id="1", stage="qualified", at=MONDAY, **known)

    done = plan_conversion(lead).apply(at=MONDAY)

    assert done.account.name == done.opportunity.name == next(iter(known.values()))


def test_a_deal_that_is_taken_up_again_is_open():
    """A later list may say that it was won too early; its estimate is a revision."""
    before = deals("Deal ID,Stage,Closed\n7,Won,2026-02-02\n")[0].entity
    again = deals("Deal ID,Stage,Amount\n7,Proposal,90\n")[0].entity
    later = deals("Deal ID,Stage,Amount,Probability\n7,Proposal,90,80%\n")[0].entity

    reopened = deal_told_later(before, again)
    revised = deal_told_later(reopened, later)

    assert (reopened.stage, reopened.closing) == ("proposal", None)
    assert str(revised.probability.value) == "0.8"
    assert Opportunity.replay(revised.timeline) == revised


def test_a_long_list_has_more_than_one_memory():
    """A text that was seen is seen, however many came between."""
    seen = PerhapsSeen(words=64, most=2)

    assert [seen.add(text) for text in ("a", "b", "c", "d", "e")].count(True) <= 2
    assert all(seen.add(text) for text in ("a", "b", "c", "d", "e"))


def test_a_row_that_cannot_be_read_costs_no_other():
    """A row with more cells than the header is refused, and the rows around it are one deal."""
    found = deals("Deal ID,Stage\n7,Meeting\n7,Won,odd\n7,Proposal\n")

    assert [type(row).__name__ for row in found] == ["Accepted", "Refused", "Joined"]


def test_a_deal_that_is_only_open_stays_where_it_is():
    """An outcome without a stage moves no deal; the day on which it is expected may slip."""
    header = "Deal ID,Stage,Status,Expected Close,Probability\n"
    found = deals(f"{header}7,Proposal,Open,2026-04-01,80%\n7,,Open,2026-05-01,80%\n")

    deal = found[0].entity
    assert (deal.stage, deal.expected_close) == ("proposal", date(2026, 5, 1))
    assert [type(event).__name__ for event in deal.timeline] == [
        "OpportunityOpened",
        "CloseDateMoved",
    ]


def test_a_row_joins_two_that_share_nothing_else():
    """One has the number, one the address, and a third one both; a few others stand between."""
    rows = "Sara,0912 123 4567,\nSara,,sara@n.example\nAni,,ani@n.example\na,b,c,d\n"

    first, second, ani, _, third = leads(
        f"Name,Mobile,Email\n{rows}Sara,0912 123 4567,sara@n.example\n"
    )

    assert isinstance(second, Joined)
    assert (second.of, third.of, ani.entity.person.name) == (2, 2, "Ani")
    assert len(first.entity.contact_points) == 2


def test_a_word_that_is_in_no_list_is_named_and_kept():
    """An unknown status costs no lead, and an unknown source keeps its words."""
    (sara, reza) = leads("Name,Status,Source\nSara,Dreaming,fair\nReza,Contacted,skywriting\n")

    assert (sara.entity.stage, sara.entity.details["stage"]) == ("new", "Dreaming")
    assert "'Dreaming', which the mapping does not know" in str(sara.notes[0])
    assert (reza.entity.source.value, reza.entity.source_words) == ("other", "skywriting")
    assert "'skywriting', which names no known source" in str(reza.notes[0])


def test_rows_of_nothing_but_delimiters_are_left_out():
    """A spreadsheet puts them below a list; the counts stay right."""
    assert len(leads("Name;Email\nSara;sara@x.example\n;\n;\n;;;\n")) == 1


def test_each_fault_of_a_row_stands_by_itself():
    """With its column and its remedy, as data; lenient or strict."""
    text = "Name,Company,Employees,Need,Date\nSara,Novin,many,perhaps so,32/13/2026\n"

    (kept,) = leads(text)
    (refused,) = leads(text, strict=True)

    assert {note.column for note in kept.notes} == {"Employees", "Need", "Date"}
    assert {fault.column for fault in refused.faults} == {"Employees", "Need", "Date"}
    assert all(fault.as_data()["remedy"] for fault in refused.faults)


def test_a_number_that_a_spreadsheet_has_cut_is_kept_as_text():
    """It reaches no one; the person is still worth a visit."""
    (found,) = leads("Name,Phone\nSara,4.41E+11\n")

    assert (found.entity.contact_points, found.entity.details["phone"]) == ((), "4.41E+11")
    assert "has lost digits in a spreadsheet" in str(found.notes[0])


def test_an_order_of_dates_that_nothing_proves_is_not_guessed():
    """The note says which word would settle it, and that word settles it."""
    text = "Deal,Stage,Created\nA,Meeting,05/01/2026\nB,Meeting,03/02/2026\n"

    doubtful = list(read_opportunities(StringIO(text), at=MONDAY))
    told = read_opportunities(StringIO(text), at=MONDAY).with_format(day_first=True)

    assert [row.entity.opened_on for row in doubtful] == [None, None]
    assert all("kept_as_text" in [note.code for note in row.notes] for row in doubtful)
    assert [row.entity.opened_on.isoformat() for row in told] == ["2026-01-05", "2026-02-03"]
