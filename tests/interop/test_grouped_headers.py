"""Headers in two rows, as on lists of visitors: groups above, and the names of columns below."""

from __future__ import annotations

from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop import read_leads, write_leads
from salesfunnel.interop.rows.grouped_header import in_groups
from salesfunnel.interop.rows.records import Record
from tests.interop.examples import MONDAY
from tests.interop.workbooks import a_workbook

GROUPS = {
    "en": ("No,Visitor,,,Company,,Remarks", ",Name,Phone,E-mail,Name,City,"),
    "fr": ("N°,Visiteur,,,Société,,Remarques", ",Nom,Téléphone,E-mail,Nom,Ville,"),
    "fa": ("ردیف,شخص,,,شرکت,,توضیحات", ",نام,تلفن,ایمیل,نام,شهر,"),
    "hy": ("Հ/Հ,Անձ,,,Ընկերություն,,Նշում", ",Անուն,Հեռախոս,Էլ. փոստ,Անուն,Քաղաք,"),
}
ENTRY = "1,Sara Ahmadi,+98 21 88881234,sara@novin.example,Novin,Tehran,call her"
CELLS = st.lists(st.sampled_from(["", "Name", "name", "Phone", "Sara", " "]), max_size=6).map(tuple)


@pytest.mark.parametrize("language", GROUPS)
@pytest.mark.parametrize("title", ["", "Visitors of our stand\n", "Visitors,2026\n,\n"])
def test_names_of_groups_tell_columns_apart(language, title):
    """Of two columns called Name one is that of the company; joined cells name theirs."""
    text = title + "\n".join([*GROUPS[language], ENTRY])
    reading = read_leads(StringIO(text), at=MONDAY)
    (lead,) = reading.entities()

    assert (lead.person.name, lead.company.name) == ("Sara Ahmadi", "Novin")
    assert lead.company.city == "Tehran"
    assert lead.details["note"] == "call her"
    assert len(lead.contact_points) == 2
    assert reading.unread_columns in ((), (GROUPS[language][0].split(",")[0],))


def test_a_group_of_the_company_may_come_first(tmp_path):
    """In a workbook cells are joined; all that stands twice is told by its group."""
    rows = [
        ("Company", None, "Contact", None, "Status"),
        ("Name", "Phone", "Name", "Phone", None),
        ("Novin", "+98 21 88881234", "Sara Ahmadi", "+98 912 123 4567", "Hot"),
    ]
    reading = read_leads(BytesIO(a_workbook(visitors=rows)), at=MONDAY)
    (lead,) = reading.entities()

    assert (lead.person.name, lead.company.name, lead.stage) == (
        "Sara Ahmadi",
        "Novin",
        "contacted",
    )
    write_leads([lead], tmp_path / "there.csv")
    assert next(read_leads(tmp_path / "there.csv", at=MONDAY).entities()).person == lead.person


def test_a_row_of_entries_is_no_header_for_what_stands_above_it():
    """The header that knows more stays, though an entry is wider."""
    text = "Name,Phone,Company,\nSara,1234567,Novin,x\nAra,7654321,Novin,x\n"

    assert read_leads(StringIO(text), at=MONDAY).header_row == 1


@given(CELLS, CELLS, st.integers(1, 3))
def test_no_name_of_a_column_is_lost(cells, above, row):
    """Each stands in each of the rows that may be the header, the last of which has them alone."""
    found = list(in_groups(Record(2, cells), Record(row, above)))

    assert all(
        cell.strip() in told for one in found for cell, told in zip(cells, one.cells, strict=False)
    )
    alone = zip(found[-1].cells, cells, strict=False)
    assert row == 1 or [one.cells for one in found] == [cells]
    assert all(told == cell for told, cell in alone if cell.strip())
