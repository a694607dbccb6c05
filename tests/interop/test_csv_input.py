"""A list of leads from a CSV file, record by record."""

from __future__ import annotations

import codecs

import pytest

from salesfunnel.errors import InvalidValue, UnreadableFile, WrongKind
from salesfunnel.interop.inputs.dialect import sample_of
from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.inputs.line_reader import LineReader
from salesfunnel.interop.rows.header import headers
from salesfunnel.interop.rows.records import Record
from salesfunnel.interop.rows.row_fault import Refused


def told(rows):
    """Say of each row its cells, or its number and what is wrong with it."""
    return [row.cells if isinstance(row, Record) else (row.row, row.problem) for row in rows]


@pytest.fixture
def leads_in(tmp_path):
    """Write a list, as text or as bytes, and open it."""

    def write_and_read(content, **told):
        path = tmp_path / "leads.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_records(path, **told)

    return write_and_read


def test_rows_are_numbered_as_in_a_spreadsheet(leads_in):
    """The header is row 1, a note of two lines is one row, and a blank row has its number."""
    leads = leads_in('name,note\nSara,"one\ntwo"\n\nAram,three,four\nAni,five\n')

    assert [row.row for row in leads] == [2, 4, 5]
    assert told(leads) == [
        ("Sara", "one\ntwo"),
        (4, "has 3 cells where the header has 2"),
        ("Ani", "five"),
    ]


def test_a_list_can_be_read_twice(leads_in):
    """Each iteration begins again at the first row."""
    leads = leads_in("name\nSara\nAram\n")

    assert list(leads) == list(leads) == [Record(2, ("Sara",)), Record(3, ("Aram",))]


def test_a_list_of_headers_only_has_no_rows(leads_in):
    """An empty form is a good file without leads."""
    leads = leads_in("name,company")

    assert (leads.header, list(leads)) == (("name", "company"), [])


def test_a_lead_does_not_show_in_a_log(leads_in):
    """What is printed of a row holds its number and no personal data."""
    (record,) = leads_in("name\nSara\n")

    assert repr(record) == "Record(row=2)"


@pytest.mark.parametrize(
    ("typed", "header"),
    [
        (" Name ,\tE-mail \n", ("Name", "E-mail")),
        ("\ufeff\ufeffname,email\n", ("name", "email")),
        ('\ufeff"name","email"\n', ("name", "email")),
        ("name,,phone,\n", ("name", "column 2", "phone", "column 4")),
        ('"Company\r\nname",size\n', ("Company name", "size")),
        ("نام,شرکت\n", ("نام", "شرکت")),
        ("'=name,'t Hooft\n", ("=name", "'t Hooft")),
    ],
)
def test_a_header_is_read_as_written(leads_in, typed, header):
    """Names of columns lose their mark and outer blanks, and a blank one is named by its place."""
    assert leads_in(typed).header == header


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("\n , \n", "its header is missing"),
        ('"",""\n', "its header is missing"),
        ("\ufeff\ufeff", "its header is missing"),
        ('name,"email\nSara,x\n', "its header has a quotation mark that is not closed"),
        (b"name,\xff\n", "its header has bytes that mean nothing"),
        ("x" * 2**21, "its header is longer than 1,048,576 letters"),
        ("\ufeff" + "a," * 2**20, "its header is longer than 1,048,576 letters"),
        ("," * 20_000 + "a", "has more than 16,384 columns"),
    ],
)
def test_a_header_at_fault_refuses_the_file(leads_in, content, problem):
    """Without a sound header no row can be understood, so none is read."""
    with pytest.raises(UnreadableFile) as refused:
        leads_in(content)

    assert refused.value.problem.startswith(problem)


@pytest.mark.parametrize(
    ("content", "delimiter", "columns"),
    [
        ("name,email\nSara,x\n", ",", 2),
        ("name;email\nSara;x\n", ";", 2),
        ("name\temail\nSara\tx\n", "\t", 2),
        ("name|email\nSara|x\n", "|", 2),
        ("name;email", ";", 2),
        ('name;city\nSara;"Paris, France"\nAni;Gyumri, Armenia\n', ";", 2),
        ("nom;ville;montant (EUR, net)\nSara;Paris;1,5\n", ";", 3),
        ("name,note;more\nSara,x\nAram,y\n", ",", 2),
        ("name\nSara\nAram\n", ",", 1),
        ('name\n"Ahmadi, Sara"\nAram\n', ",", 1),
        ("nom\nAhmadi, Sara\nAram\n", ";", 1),
        ("Company, legal name\nNovin\n\nFaradis\n", ";", 1),
        ("name,note\nSara,a,b\nAram,c,d\n", ",", 2),
        ("sep=|\nname|city, country\nSara|x\n", "|", 2),
        ('"sep=;"\r\nname;city\r\n', ";", 2),
    ],
)
def test_the_delimiter_is_recognised(leads_in, content, delimiter, columns):
    """The sign that divides the header and agrees with the rows divides the list."""
    leads = leads_in(content)

    assert (leads.input.delimiter, len(leads.header)) == (delimiter, columns)


def test_the_line_that_names_the_delimiter_is_no_row(leads_in):
    """Excel's first line ``sep=;`` is not shown in Excel and has no number here."""
    sara = [Record(2, ("Sara", "Paris"))]

    assert list(leads_in("sep=;\nname;city\nSara;Paris\n")) == sara
    assert list(leads_in("sep=;\nname,city\nSara,Paris\n", delimiter=",")) == sara


def test_a_delimiter_may_be_named(leads_in):
    """Who knows the delimiter may name any single sign."""
    assert leads_in("name:a,b\n", delimiter=":").header == ("name", "a,b")


@pytest.mark.parametrize("delimiter", ["", "::", '"', "\n", "\r", " "])
def test_what_cannot_divide_is_no_delimiter(leads_in, delimiter):
    """A delimiter is one sign, and none that has another meaning in a list."""
    with pytest.raises(InvalidValue, match="delimiter is not one sign"):
        leads_in("name\n", delimiter=delimiter)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("نام\nسارا\n".encode() + b"br\xd8ken \xd8\xb1\n" + "آرام\n".encode(), {}),
        (b"n\nS\n\x81\nA\n", {"encoding": "cp1252"}),
        ("n\nS\n".encode("utf-16") + b"\x00\xd8\n\0A\0\n\0", {}),
        ("n\nS\n".encode("utf-32") + b"\xff\xff\xff\xff\n\0\0\0A\0\0\0", {}),
        (b"n\nS\n\xff\nA\n", {"encoding": "gbk"}),
    ],
)
def test_bytes_that_are_no_letters_cost_their_row_only(leads_in, content, told):
    """One broken byte refuses one row, in every encoding."""
    *_, good, bad, last = leads_in(content, **told)

    assert bad.problem.startswith("has bytes that mean nothing")
    assert (good.row + 1, last.row - 1) == (bad.row, bad.row)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, b""])
def test_a_file_cut_in_the_middle_of_a_letter_loses_its_last_row_only(leads_in, mark):
    """A download that broke off keeps all its whole rows."""
    *rows, last = leads_in(mark + "name\nSara\nAram\nAni".encode("utf-16-le")[:-1])

    assert rows == [Record(2, ("Sara",)), Record(3, ("Aram",))]
    assert (last.row, last.problem.split()[:2]) == (4, ["has", "bytes"])


def test_a_wrong_encoding_is_no_crash(leads_in):
    """A named encoding that does not fit gives refused rows or an unreadable file."""
    assert isinstance(next(iter(leads_in("n\nسارا\n", encoding="ascii"))), Refused)
    with pytest.raises(UnreadableFile):
        leads_in("نام\nسارا\n", encoding="ascii")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<html><table><tr><td>Name</td></tr></table></html>", "is a web page or XML"),
        ('\ufeff <?xml version="1.0"?>\n<leads/>', "is a web page or XML"),
        ("<!DOCTYPE html>\n", "is a web page or XML"),
        ("[\n", "is broken JSON without one whole object"),
    ],
)
def test_what_is_no_list_is_named(leads_in, content, problem):
    """Some systems name a web page as if it were a workbook."""
    with pytest.raises(UnreadableFile, match=problem):
        leads_in(content)


def test_a_header_may_begin_with_a_bracket(leads_in):
    """A sign at the beginning of a name makes no JSON of a list."""
    assert leads_in("[x] done,(Do Not Modify) Lead,<b>\n").header[0] == "[x] done"


def test_a_list_may_begin_below_a_title(leads_in):
    """Each of its first rows may be the header; the rows keep the numbers of a spreadsheet."""
    leads = leads_in('Expo\n"two, lines\nof title"\n\nname;city\nSara;Paris\nAni;a;b\n')

    (below,) = [found for found in headers(leads.input) if found.header == ("name", "city")]

    assert (below.input.delimiter, below.header_row) == (";", 4)
    assert told(below) == [("Sara", "Paris"), (6, "has 3 cells where the header has 2")]
    assert [row.row for row in below] == [5, 6]


def test_blank_rows_above_the_header_are_left_out(leads_in):
    """They have their numbers, as any blank row has, and divide nothing."""
    leads = leads_in("\n;;\n ; \nname;city\nSara;Paris, France\n")

    assert (leads.input.delimiter, leads.header, leads.header_row) == (";", ("name", "city"), 4)
    assert list(leads) == [Record(5, ("Sara", "Paris, France"))]


def test_below_a_title_a_named_delimiter_is_kept(leads_in):
    """Whoever wrote ``sep=;`` meant it."""
    found = headers(leads_in("sep=;\nExpo\nname;a,b\n").input)

    assert {leads.input.delimiter for leads in found} == {";"}


def test_a_file_that_vanishes_is_an_unreadable_file(leads_in):
    """Between opening a list and reading it somebody may have removed it."""
    leads = leads_in("name\nSara\n")
    leads.input.file.path.unlink()

    with pytest.raises(UnreadableFile, match="does not exist"):
        list(leads)


def test_the_delimiter_is_sought_in_little_text():
    """Of a list with endless notes only the first lines are kept to find the delimiter."""
    notes = iter(["name\n", "x" * 70_000 + "\n", "y" * 70_000 + "\n"])

    assert len(sample_of(LineReader(lambda: next(notes)))) == 2


@pytest.mark.parametrize("found", [b"x.csv", None, 7])
def test_what_holds_no_list_is_of_the_wrong_kind(found):
    """Bytes or nothing are easily given; the sentence says what to write."""
    with pytest.raises(WrongKind, match=r"allowed: the name of a file"):
        read_records(found)
