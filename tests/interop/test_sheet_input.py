"""Lists in Excel and OpenDocument workbooks, and workbooks that are traps."""

from __future__ import annotations

import itertools
import sys
import zipfile
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.excel_bounds import ExcelBounds
from salesfunnel.interop.inputs.inputs import open_input, read_records
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY, sorted_out
from tests.interop.workbooks import (
    a_raw_workbook,
    a_workbook,
    an_archive,
    an_open_document,
    open_rows,
    saved,
)


def cells_of(content, **how):
    """Read all rows of a workbook."""
    return [row.cells for row in open_input(BytesIO(content), **how).rows()]


def test_a_sheet_is_read_as_any_list():
    """Rows have the numbers that the spreadsheet shows, and blank ones are left out."""
    book = a_workbook(Leads=[["Name", "Phone"], [], ["Sara Ahmadi", 9121234567]])

    (lead,), () = sorted_out(read_leads(BytesIO(book), at=MONDAY))

    assert (lead.row, lead.entity.person.name) == (3, "Sara Ahmadi")
    assert lead.entity.contact_points[0].text == "9121234567"


def test_numbers_and_days_stay_what_they_are():
    """A mapping that expects a decimal comma and the day first changes no true number or day."""
    rows = [["Deal", "Stage", "Amount", "Created"], ["7", "Won", 12.345, date(2026, 3, 5)]]
    comma = read_mapping('[format]\ndecimal_mark = ","\ncurrency = "KWD"', name="comma")
    ours = read_mapping(
        '[format]\ndecimal_mark = ","\ncurrency = "KWD"\n[opportunity.columns]\nid = "Deal"\n'
        'stage = "Stage"\namount = "Amount"\nopened = "Created"',
        name=comma.name,
    )

    for mapping in (None, ours):
        (deal,), () = sorted_out(
            read_opportunities(BytesIO(a_workbook(D=rows)), at=MONDAY, mapping=mapping)
        )
        assert deal.entity.amount.amount == Decimal("12.345")
        assert deal.entity.timeline[0].at == datetime(2026, 3, 5, tzinfo=UTC)


def test_the_first_sheet_that_fits_is_read():
    """A cover sheet in front of the list is passed over; the sheet that was read is told."""
    book = a_workbook(
        Cover=[["Expo 2026"], ["made by", "Ani"]],
        Leads=[["Name", "Email"], ["Sara", "s@x.example"]],
    )

    reading = read_leads(BytesIO(book), at=MONDAY)

    assert reading.how == {"sheet": "Leads"}
    assert [row.entity.person.name for row in reading] == ["Sara"]
    assert reading.encoding is None


def test_a_sheet_of_another_kind_is_passed_over():
    """The deals of a workbook do not hide its leads, nor the other way round."""
    content = a_workbook(
        Deals=[["Deal Name", "Stage", "Amount", "Close Date"], ["A", "Won", 900, ""]],
        Leads=[["Name", "Mobile"], ["Sara", "0912"]],
    )

    leads = read_leads(BytesIO(content), at=MONDAY)
    deals = read_opportunities(BytesIO(content), at=MONDAY)

    assert (leads.how["sheet"], deals.how["sheet"]) == ("Leads", "Deals")


def test_a_sheet_is_read_by_its_name():
    """Any sheet can be asked for, one that is hidden too; a misspelt name is answered."""
    book = openpyxl.load_workbook(BytesIO(a_workbook(A=[["x"]], Hidden=[["y"]], Blank=[])))
    book["Hidden"].sheet_state = "hidden"
    content = saved(book)

    assert cells_of(content, sheet="hidden") == [("y",)]
    assert cells_of(content) == [("x",)]
    with pytest.raises(UnreadableFile, match="has no sheet 'Hiden'; did you mean 'Hidden'"):
        open_input(BytesIO(content), sheet="Hiden")
    with pytest.raises(UnreadableFile, match="has no sheet 'zzz'; name one of: A, Hidden, Blank"):
        open_input(BytesIO(content), sheet="zzz")


def test_formulas_and_joined_cells_are_read():
    """Of a formula its last result is read, of joined cells the first; macros are never run."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Email", "Note"])
    sheet.append(["Sara", "s@x.example", "=1+1"])
    sheet.merge_cells("A2:A3")

    (lead,), () = sorted_out(read_leads(BytesIO(saved(book)), at=MONDAY))

    assert (lead.entity.person.name, dict(lead.entity.details)) == ("Sara", {})


def test_an_open_document_is_read():
    """LibreOffice's own format has sheets, too."""
    content = an_open_document("", open_rows(["Name", "Email"], ["Sara", "s@x.example"]))

    assert cells_of(content) == [("Name", "Email"), ("Sara", "s@x.example")]


def test_a_workbook_of_blank_sheets_is_refused():
    """There is nothing to read, and that is said."""
    with pytest.raises(UnreadableFile, match="has no sheet with a cell in it"):
        open_input(BytesIO(a_workbook(A=[], B=[])))


def with_a_lie(content):
    """Let a part of an archive say that it is shorter than it is."""
    whole, told = b"x" * 5_000, b"x" * 11
    size, check = len(whole).to_bytes(4, "little"), zlib.crc32(whole).to_bytes(4, "little")
    content = content.replace(check, zlib.crc32(told).to_bytes(4, "little"))
    return content.replace(size, (10).to_bytes(4, "little"))


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>2</v></c></row>'
WIDE = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
PLACES = [
    'r="xfd900000"',
    'r="A90000000"',
    'r="XFD00900000"',
    "r='XFD1048576'",
    f'r{" " * 5_000}= "XFD1048576"',
    f'r{" " * 3_000_000}= "XFD1048576"',
    f's="{"1" * (2**20 - 137)}" r = "XFD1048576"',
    f'r="A{"9" * 5_000}"',
    'r="AAAAAAAAAAAA2"',
]
UNPLACED = f'<row>{"<c><v>1</v></c>" * 1_000}</row><row r="99999"><c><v>1</v></c></row>'


def repeated(told):
    """Write a text that is repeated in many columns and rows."""
    return (
        f'<table:table-row table:number-rows-repeated="5000"><table:table-cell {told} '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


REPEATED = [
    'table:number-columns-repeated="00000000000016384"',
    'table:number-columns-repeated="+16384"',
    'table:number-columns-repeated="&#49;6384"',
    'table:x="a > b" table:number-columns-repeated="16384"',
    f'table:x="{"x" * 2**21}" table:number-columns-repeated="16384"',
]
LONG = (
    '<table:table-row table:number-rows-repeated="9000"><table:table-cell '
    f'office:value-type="string"><text:p>{"x" * 100_000}</text:p></table:table-cell>'
    "</table:table-row>"
)
BLANKS = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>x'
    '<text:s text:c="9999999999"/></text:p></table:table-cell></table:table-row>'
)


def with_shared(*texts, cells):
    """Write a workbook whose cells tell shared texts."""
    content = BytesIO(a_raw_workbook(f'<row r="1">{cells}</row>'))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as packed:
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        packed.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
    return content.getvalue()


BEHIND = (
    '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/>'
    '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    "</table:table-row>"
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (a_raw_workbook(FAR), "has a sheet that is too large"),
        (an_open_document(WIDE), "has a sheet that is too large"),
        (an_open_document(BEHIND), "has a sheet that is too large"),
        *[
            (a_raw_workbook(ONE + f"<row><c {place}><v>2</v></c></row>"), "is too large to be")
            for place in PLACES
        ],
        (a_raw_workbook(UNPLACED), "has a sheet that is too large"),
        *[(an_open_document(repeated(told)), "is too large to be") for told in REPEATED],
        (an_open_document(LONG), "has a sheet that is too large"),
        (an_open_document(BLANKS), "has a sheet that is too large"),
        *[
            (with_shared("name", "x" * 1_000_000, cells=cell * 6_000), "is too large to be")
            for cell in (
                '<c t="s"><v>1</v></c>',
                "<c t='s'><v > +01 </v></c>",
                '<c t="s"><v>&#49;</v></c>',
                '<c t="s"><v><![CDATA[1]]></v></c>',
            )
        ],
        (with_shared("x" * 5_000_000, cells=""), "has a sheet that is too large"),
        (an_archive(**{f"xl__{n}": b"" for n in range(10_001)}), "has a sheet that is too large"),
        (an_archive(xl__workbook_xml=b"<x/>"), "is a broken workbook"),
        (with_a_lie(an_archive(xl__workbook_xml=b"x" * 5_000)), "is a broken workbook"),
        (a_workbook(A=[["x"]])[:-30], "is a broken workbook"),
        (b"PK\x03\x04" + b"x" * 99, "is a broken workbook"),
        (an_archive(content_xml=b"<x"), "is a broken workbook"),
        (an_archive(leads_csv=b"name"), "is a ZIP archive"),
        (an_archive(**{"xl__workbook.bin": b""}), "is a broken workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is a broken workbook"),
    ],
)
def test_a_trap_is_one_sentence(content, problem):
    """A bomb, a broken or a protected workbook is refused before it is unpacked."""
    with pytest.raises(UnreadableFile, match=problem):
        open_input(BytesIO(content))


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch):
    """What a small file would fill the memory with is counted first."""
    monkeypatch.setattr("salesfunnel.interop.inputs.workbook_gate._MOST_BYTES", 2**20)

    with pytest.raises(UnreadableFile, match="too large to be unpacked safely"):
        open_input(BytesIO(an_archive(xl__workbook_xml=b"0" * (2**20 + 1))))


def test_a_long_note_is_no_trap():
    """Only where many cells tell one long text is it too much."""
    cells = '<c t="s"><v>0</v></c><c><v>1.5</v></c><c><v>7</v></c>' * 3_000
    book = with_shared("x", "y" * 100_000, cells=cells + '<c t="s"><v>1</v></c>')

    (row,) = open_input(BytesIO(book)).rows()

    assert (len(row.cells), len(row.cells[-1])) == (9_001, 100_000)


def test_blank_rows_far_below_are_no_trap():
    """A spreadsheet writes a million blank rows below a list as one that is repeated."""
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    blank += 'table:number-columns-repeated="16384"/></table:table-row>'

    assert cells_of(an_open_document(open_rows(["Name"], ["Sara"]) + blank)) == [
        ("Name",),
        ("Sara",),
    ]


def test_a_header_of_all_columns_is_read_and_no_more():
    """A spreadsheet has 16,384 columns at most, and so has a header."""
    wide = a_workbook(A=[[f"c{n}" for n in range(16_384)], ["x"]])

    assert len(read_records(BytesIO(wide)).header) == 16_384


def test_cells_beyond_the_header_are_left_out_if_they_are_blank():
    """A spreadsheet gives every row as many cells as the longest has."""
    book = a_workbook(A=[["Name", "Email"], ["Sara", "s@x.example"], ["Ani", "a@x.example", "odd"]])
    title = a_workbook(A=[["Expo", "", ""], ["Name", "Email"], ["Sara", "s@x.example"]])

    good, bad = read_leads(BytesIO(book), at=MONDAY)
    (lead,) = read_leads(BytesIO(title), at=MONDAY)

    assert good.entity.person.name == lead.entity.person.name == "Sara"
    assert bad.row == 3


def test_a_long_cell_and_odd_signs_are_accounted_for():
    """A cell of all the letters that Excel allows is read; so is U+2028 in a header."""
    book = a_workbook(A=[["Name", "No\u2028te"], ["Sara", "x" * 32_767], ["Ani", "y"]])

    records = read_records(BytesIO(book))

    assert records.header == ("Name", "No te")
    assert [len(row.cells[1]) for row in records] == [32_767, 1]


def test_without_the_extra_the_remedy_is_told(monkeypatch):
    """Workbooks need one package more, and the sentence names it."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(UnreadableFile, match=r"pip install 'salesfunnel\[excel\]'"):
        open_input(BytesIO(a_workbook(A=[["x"]])))


def test_an_interrupted_reading_is_interrupted(monkeypatch):
    """Ctrl-C is no fault of the workbook."""
    import python_calamine

    class Interrupted:
        @staticmethod
        def from_path(_path):
            raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Interrupted)

    with pytest.raises(KeyboardInterrupt):
        open_input(BytesIO(a_workbook(A=[["x"]])))


def test_every_cut_of_a_workbook_is_one_sentence():
    """A download that broke off anywhere is refused, and nothing else is raised."""
    content = a_workbook(A=[["Name"], ["Sara"]])
    assert zipfile.is_zipfile(BytesIO(content))

    for end in range(4, len(content), 97):
        with pytest.raises(UnreadableFile):
            open_input(BytesIO(content[:end]))


PLACED = st.tuples(st.integers(1, 26), st.integers(1, 99))


def tags_and_reach(tags):
    """Write rows and cells, and tell how far they reach by the rules of Excel."""
    text, row, column, width, height = ["<row>"], 1, 0, 0, 0
    for is_row, place in tags:
        column, row = place or ((0, row + 1) if is_row else (column + 1, row))
        column = 0 if is_row else column
        where = f'{row}"' if is_row else f'{chr(column + 64) if column < 27 else "Z"}{row}"'
        name = "row" if is_row else "c"
        text.append(f'<{name} r="{where}>' if place else f"<{name}>")
        if not is_row:
            width, height = max(width, column), max(height, row)
    return "".join(text).encode(), width, height


@given(
    st.lists(st.tuples(st.booleans(), st.none() | PLACED), max_size=12).map(tags_and_reach),
    st.lists(st.integers(0, 300), max_size=6),
)
def test_no_cell_of_a_workbook_is_overlooked(told, cuts):
    """Wherever it is cut into chunks, and however many cells are looked at at once."""
    text, width, height = told
    places = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    bounds = ExcelBounds()

    for begin, end in itertools.pairwise(places):
        bounds.look_at(text[begin:end])

    assert not bounds.is_large()
    assert bounds.width >= width
    assert bounds.height >= height
