"""Workbooks that are written: true numbers and days, no formula, and the same bytes each time."""

from __future__ import annotations

import errno
import sys
import tempfile
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, UnwritableFile
from salesfunnel.interop.cells.cell_values import as_cell
from salesfunnel.interop.inputs.inputs import open_input
from salesfunnel.interop.writing import excel_sheet
from salesfunnel.interop.writing.excel_cells import LONGEST_TEXT, cut_text, excel_value
from salesfunnel.interop.writing.excel_output import write_workbook
from salesfunnel.interop.writing.excel_sheet import SheetLook
from salesfunnel.interop.writing.replaced_file import replaced
from salesfunnel.interop.writing.sheet_names import sheet_name
from salesfunnel.interop.writing.tables import Table
from salesfunnel.values.text import hides_nothing


def clock(*numbers):
    """Make a moment as Excel has it, without a zone."""
    return datetime(*numbers, tzinfo=UTC).replace(tzinfo=None)


# Texts as nouns hold them: Excel has no place for controls and for what Unicode never assigns.
texts = st.text(max_size=30).filter(hides_nothing).filter(lambda text: "\r" not in text)
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**17),
    texts,
    st.dates(),
    st.datetimes(timezones=st.sampled_from([UTC]) | st.none()),
)


def written(*tables, look=None):
    """Write tables to a workbook and give its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        write_workbook(tables, path, look=look)
        return path.read_bytes()


def rows_of(content, sheet=None):
    """Read all rows of a workbook as our readers do."""
    return [row.cells for row in open_input(BytesIO(content), sheet=sheet).rows()]


def opened(content, **how):
    """Open a workbook with another library."""
    return openpyxl.load_workbook(BytesIO(content), **how)


def plain(value):
    """Say of a cell what must come back, whether as number, day or text."""
    is_true_moment = isinstance(value, datetime) and value.date() >= date(1900, 3, 1)
    if is_true_moment and value.tzinfo and not value.microsecond:
        value = value.replace(tzinfo=None)
    text = as_cell(value)[0]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(text)
    return text.removesuffix("T00:00:00")


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5))
@example([["<r>Sara</r>", "=1+1"], ["'+98 21", "\t_x0041_\n"]])
@example([[None, datetime(1900, 1, 1, tzinfo=UTC)]])
@example([[date(1900, 2, 28), clock(2026, 3, 2, 9, 5, 7, 8)], [10**15 + 1, Decimal("0.1")]])
def test_what_is_written_to_a_workbook_is_read(rows):
    """Each number, day, yes and text comes back, of any size, in any letters."""
    marked = [["x", *row] for row in rows]

    read = rows_of(written(Table(("x", "one", "two"), marked)))[1:]

    for row, found in zip(marked, read, strict=True):
        for value, cell in zip(row, found, strict=True):
            wanted = plain(value)
            assert (Decimal(cell) if isinstance(wanted, Decimal) else cell) == wanted


def test_numbers_and_days_are_true_ones():
    """A spreadsheet can add them up and sort them; what it would falsify is text."""
    row = (Decimal("12.50"), date(2026, 3, 2), datetime(2026, 3, 2, 9, 5, tzinfo=UTC), True)

    sheet = opened(written(Table(("a", "b", "c", "d"), [row]))).active

    assert [cell.value for cell in sheet[2]] == [
        12.5,
        clock(2026, 3, 2),
        clock(2026, 3, 2, 9, 5),
        True,
    ]
    assert [cell.number_format for cell in sheet[2]][1:3] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]
    assert excel_value(1234567890123456) == "1234567890123456"


@pytest.mark.parametrize("text", ["=1+1", "+98 21", "@SUM(1)", "http://x.example", "{=1}", "12"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text):
    """What stands in a cell is what was written."""
    cell = opened(written(Table((text,), [(text,)]))).active["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_same_tables_are_the_same_bytes():
    """No clock is read."""
    table = Table(("Name",), [("Sara",)])

    assert written(table) == written(table)
    assert opened(written(table)).properties.created == clock(2000, 1, 1)


def test_the_header_stands_still_and_columns_are_as_wide_as_their_cells():
    """A list can be scrolled and filtered."""
    sheet = opened(written(Table(("Name", "Note"), [("Sara Ahmadi-Karimi", "x" * 400)]))).active

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert 18 < sheet.column_dimensions["A"].width < 24
    assert 40 < sheet.column_dimensions["B"].width < 50
    wordy = opened(written(Table(("x" * 400,), []))).active
    assert 20 < wordy.column_dimensions["A"].width < 24
    assert (sheet.row_dimensions[1].height, wordy.row_dimensions[1].height) == (None, 120)


@pytest.mark.parametrize(
    ("header", "asked", "runs"),
    [
        (("نام", "شرکت", "E-mail"), None, True),
        (("Name", "شرکت", "2026"), None, False),
        (("Name",), True, True),
        (("نام",), False, False),
    ],
)
def test_a_sheet_runs_from_the_right_where_its_header_does(header, asked, runs):
    """A Persian sheet begins at the right, unless it is told otherwise."""
    sheet = opened(written(Table(header, [], right_to_left=asked))).active

    assert bool(sheet.sheet_view.rightToLeft) is runs


def test_excel_does_not_complain_of_telephone_numbers():
    """A number that is a text is one on purpose."""
    content = written(Table(("Phone",), [("02188776655",)]))

    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b'numberStoredAsText="1"' in sheet


def test_several_tables_are_several_sheets():
    """Each has its name, and those without one are numbered."""
    content = written(Table(("a",), [("1",)], "Ani"), Table(("b",), []))

    assert opened(content).sheetnames == ["Ani", "Sheet2"]
    assert rows_of(content, sheet="Ani") == [("a",), ("1",)]


def test_cells_that_are_to_be_filled_in_are_marked_and_offer_words():
    """A column can be coloured, offer what is meant to stand there, or be hidden."""
    look = SheetLook(to_fill=frozenset([1]), choices={1: ("yes", "no")}, hidden=frozenset([2]))

    sheet = opened(written(Table(("a", "b", "c"), [("x", None, 7)]), look=look)).active

    assert (sheet["B2"].fill.patternType, sheet["A2"].fill.patternType) == ("solid", None)
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["B2"]
    assert sheet.column_dimensions["C"].hidden
    assert opened(written(Table(("a", "b"), []), look=look)).active.auto_filter.ref is None


def test_more_rows_or_columns_than_excel_can_hold_are_refused(monkeypatch):
    """A sheet has 1,048,576 rows, its header among them, and 16,384 columns."""
    monkeypatch.setattr(excel_sheet, "MOST_ROWS", 3)

    assert len(rows_of(written(Table(("a",), [(1,)] * 2)))) == 3
    with pytest.raises(InvalidValue, match="more than the 3 rows that a sheet") as found:
        written(Table(("a",), [(1,)] * 3, "Ani"))
    assert found.value.field == "Ani"
    with pytest.raises(InvalidValue, match="16,384 columns"):
        written(Table(["a"] * 16_385, []))


def test_a_text_too_long_for_a_cell_is_refused_and_can_be_cut():
    """A cell has 32,767 letters, where those beyond the first plane count twice."""
    for text in ("x" * (LONGEST_TEXT + 1), "😀" * (LONGEST_TEXT // 2 + 1)):
        with pytest.raises(InvalidValue, match="32,767 letters"):
            written(Table(("a",), [(text,)]))
        assert rows_of(written(Table(("a",), [(cut_text(text),)])))[1] == (cut_text(text),)
        assert cut_text(text).endswith("…")
    assert cut_text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert cut_text("a\ud800b") == "a?b"


@pytest.mark.parametrize("name", ["a/b", "x" * 32, "'a", "History", " "])
def test_a_name_that_excel_forbids_is_refused(name):
    """The message says which name would do."""
    with pytest.raises(InvalidValue, match="not a name that Excel allows"):
        written(Table(("a",), [], name))


def test_two_sheets_of_one_name_are_refused():
    """Excel sees no difference between capitals and small letters."""
    with pytest.raises(InvalidValue, match=r"such as 'ani \(2\)'"):
        written(Table(("a",), [], "Ani"), Table(("a",), [], "ani"))


@given(st.lists(st.text(), max_size=5))
@example(["x" * 31, "x" * 31, "X" * 40])
@example(["😀", "[]", "HISTORY", "'"])
@example(["\ufffe", "0/\U00010000\U000f00000"])
def test_any_names_can_be_made_names_of_sheets(wanted):
    """Excel takes each of them, and they are unlike each other."""
    names: list[str] = []
    for name in wanted:
        names.append(sheet_name(name, names))

    assert len({name.casefold() for name in names}) == len(names)
    if names:
        assert opened(written(*(Table(("a",), [], name) for name in names))).sheetnames == names
        assert all(sheet_name(name) == name for name in names)


def test_what_stands_there_stays_where_writing_fails(tmp_path):
    """A row that fails in the middle costs the new file, never the old one, and leaves nothing."""
    target = tmp_path / "calls.xlsx"
    target.write_bytes(b"old")

    def rows():
        yield ("Sara",)
        raise InvalidValue("row", excel_sheet._TOO_LONG, {"most": 1})

    with pytest.raises(InvalidValue), replaced(target) as path:
        write_workbook([Table(("Name",), rows())], path)

    assert [file.name for file in tmp_path.iterdir()] == ["calls.xlsx"]
    assert target.read_bytes() == b"old"


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    """What the system says of a workbook is said of the target."""

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(xlsxwriter.workbook, "ZipFile", full)

    with (
        pytest.raises(UnwritableFile, match="No space left"),
        replaced(tmp_path / "a.xlsx") as path,
    ):
        write_workbook([Table(("Name",), [("Sara",)])], path)


def test_without_xlsxwriter_the_remedy_is_told(monkeypatch, tmp_path):
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(InvalidValue, match=r"pip install 'salesfunnel\[excel\]'"):
        write_workbook([], tmp_path / "a.xlsx")
