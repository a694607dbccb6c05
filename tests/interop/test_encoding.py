"""Which letters a list was written in."""

from __future__ import annotations

import codecs
import gzip
import os

import pytest

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.encoding import recognise
from salesfunnel.interop.inputs.input_file import opened

PERSIAN = "نام,شرکت\nسارا احمدي,نوين تجارت\nآرام,پارس\n"
RUSSIAN = "Имя,Компания\nБорис,Москва\nАнна,Ереван\n"
FRENCH = "nom,société\nHélène,Énergie du Rhône\n"


@pytest.fixture
def file_of(tmp_path):
    """Write bytes into a file and name it."""

    def write(content):
        path = tmp_path / "leads.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_settles_it(file_of, mark, name):
    """A file that begins with a mark is what the mark says."""
    found = recognise(file_of(mark + PERSIAN.encode(name)))

    assert (found.name, found.bom, found.certain) == (name, True, True)


@pytest.mark.parametrize(
    ("text", "name", "certain"),
    [
        ("name\nSara\n", "utf-8", True),
        (PERSIAN, "utf-8", True),
        ("Անուն\nԱրամ\n", "utf-8", True),
        (PERSIAN, "utf-16-le", False),
        (PERSIAN, "utf-16-be", False),
        ("name", "utf-16-le", False),
        (PERSIAN, "cp1256", False),
        (RUSSIAN, "cp1251", False),
        (FRENCH, "cp1252", False),
        ("nom;Größe\nJörg;groß\n", "cp1252", False),
        ("amount\n10 €\n", "cp1252", False),
    ],
)
def test_without_a_mark_the_letters_tell(file_of, text, name, certain):
    """Excel in Tehran, Yerevan and Paris saves in its own code page; each is recognised."""
    found = recognise(file_of(text.encode(name)))

    assert (found.name, found.bom, found.certain) == (name, False, certain)
    assert found.note


def test_letters_far_down_a_long_file_count(file_of):
    """A list may be plain English for thousands of rows before the first Persian name."""
    plain = b"name,company\n" * 20_000

    assert recognise(file_of(plain + PERSIAN.encode("cp1256"))).name == "cp1256"


def test_a_long_file_in_a_code_page_is_not_read_to_its_end(file_of):
    """After ten thousand letters that are no UTF-8 the matter is settled."""
    persian = PERSIAN.encode("cp1256") * 1_000

    assert recognise(file_of(persian + "é".encode() * 100_000)).name == "cp1256"


@pytest.mark.parametrize(
    "content",
    [
        PERSIAN.encode() + b"broken \xff row\n",
        PERSIAN.encode()[:-2],
        "société\n".encode() + b"H\xe9l\n",
        b"name\nSara\xff\n",
    ],
)
def test_a_few_broken_bytes_do_not_change_the_encoding(file_of, content):
    """Where UTF-8 has more letters than faults, or no other page makes words, it stays UTF-8."""
    found = recognise(file_of(content))

    assert (found.name, found.certain) == ("utf-8", False)


@pytest.mark.parametrize("name", [b"Sara", b"Ava"])
def test_a_stray_zero_byte_is_not_utf_16(file_of, name):
    """One zero byte before a line end, in an even or odd place, is no other encoding."""
    assert recognise(file_of(b"name,note\n" + name + b",\0\nAram,x\n")).name == "utf-8"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (codecs.BOM_UTF16_LE, "is empty"),
        (b"PK\x03\x04rest", "is an Excel workbook or another ZIP archive"),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel workbook"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (gzip.compress(b"name\nSara"), "is packed by gzip"),
        (bytes(range(32)) * 10, "is not a text file"),
    ],
)
def test_what_is_no_text_is_named(file_of, content, problem):
    """A workbook or a picture is refused with its kind and a remedy, not with a decoding error."""
    with pytest.raises(UnreadableFile) as refused:
        recognise(file_of(content))

    assert refused.value.problem == problem
    assert refused.value.remedy


def test_a_workbook_is_refused_whatever_encoding_was_named(file_of):
    """No encoding makes a list of a workbook, and the remedy is to save it as CSV."""
    with pytest.raises(UnreadableFile, match="or as CSV"):
        recognise(file_of(b"PK\x03\x04rest"), encoding="cp1252")


def test_what_is_no_file_is_named(tmp_path):
    """A missing file, a folder and a pipe are refused, each in its own words."""
    os.mkfifo(tmp_path / "pipe")

    problems = []
    for name in ("missing.csv", ".", "pipe", "\0"):
        with pytest.raises(UnreadableFile) as refused:
            recognise(tmp_path / name)
        problems.append(refused.value.problem)

    missing = "does not exist"
    assert problems == [missing, "is a folder", "is not an ordinary file", missing]


def test_a_failing_disk_is_an_unreadable_file(file_of):
    """What the operating system refuses, now or half-way, is an unreadable file."""
    with (
        pytest.raises(UnreadableFile, match="cannot be opened or read"),
        opened(file_of(b"name")),
    ):
        raise PermissionError


@pytest.mark.parametrize(
    ("encoding", "content", "name", "bom"),
    [
        ("CP1256", b"name", "cp1256", False),
        ("utf8", codecs.BOM_UTF8 + b"name", "utf-8", True),
        ("utf-8-sig", codecs.BOM_UTF8 + b"name", "utf-8-sig", True),
        ("utf-16", codecs.BOM_UTF16_BE + "name".encode("utf-16-be"), "utf-16-be", True),
        ("utf-16", "name".encode("utf-16-le"), "utf-16-le", False),
        ("utf-16-le", codecs.BOM_UTF8 + b"name", "utf-16-le", False),
    ],
)
def test_the_callers_word_is_taken(file_of, encoding, content, name, bom):
    """Who knows the encoding may name it; then nothing is guessed."""
    found = recognise(file_of(content), encoding=encoding)

    assert (found.name, found.bom, found.certain) == (name, bom, True)
    assert found.note == "the caller named it"


@pytest.mark.parametrize(
    "encoding",
    [
        *("", "no such", "a\0b", "hex", "rot13", "idna", "punycode", "undefined"),
        *("utf-7", "cp037", "unicode_escape"),
    ],
)
def test_what_is_no_encoding_of_lists_is_refused(file_of, encoding):
    """An unknown name, or a codec in which no spreadsheet writes, is refused before any row."""
    with pytest.raises(UnreadableFile, match="encoding that was named, which is not known"):
        recognise(file_of(b"name"), encoding=encoding)


def test_only_decoding_marks_damage():
    """The mark for broken bytes stands for something read, never for something written."""
    with pytest.raises(UnicodeEncodeError):
        "سارا".encode("ascii", "salesfunnel-mark-damage")
