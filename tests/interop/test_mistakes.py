"""Mistakes that are easily made: each is answered by a sentence that says what to write instead."""

from __future__ import annotations

import attrs
import pytest

from salesfunnel.errors import InvalidHistory, Text, UnreadableFile, WrongKind
from salesfunnel.interop import (
    find_policy,
    load_mapping,
    read_leads,
    read_mapping,
    read_opportunities,
    recognise,
)
from salesfunnel.interop.printing import report_as_text
from salesfunnel.interop.rows.import_report import ImportReport
from tests.interop.examples import MONDAY, a_list

LEADS = [("Name", "Stage"), ("Sara", "new")]


@pytest.mark.parametrize("reader", [read_leads, read_opportunities])
@pytest.mark.parametrize(
    ("mapping", "remedy"),
    [
        ("salesforce", "mapping=load_mapping('salesforce')"),
        ("vtigr", "mapping=load_mapping('vtiger')"),
        ("ours.toml", "mapping=load_mapping('ours.toml')"),
        (7, "mapping=load_mapping('salesforce')"),
        ({}, "mapping=load_mapping('salesforce')"),
    ],
)
def test_a_name_is_no_mapping(tmp_path, reader, mapping, remedy):
    """Who gives the name of a mapping reads how to load it."""
    with pytest.raises(WrongKind) as raised:
        reader(a_list(tmp_path, LEADS), at=MONDAY, mapping=mapping)

    assert raised.value.allowed == remedy
    assert isinstance(raised.value, TypeError)


@pytest.mark.parametrize("path", [None, 7, b"x.csv", ["x.csv"]])
def test_what_is_no_path_is_told(path):
    """A file is named by a text or a path."""
    for reader in (read_leads, read_opportunities):
        with pytest.raises(WrongKind, match="allowed: the name of a file"):
            reader(path, at=MONDAY)


def test_a_text_is_no_path_where_bytes_are_looked_at():
    """The encoding is that of a file, not that of a text."""
    with pytest.raises(WrongKind, match="allowed: a path, such as"):
        recognise("x.csv")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (lambda: load_mapping(7), "a name such as"),
        (lambda: read_mapping(7, name="own"), "the text of a TOML file"),
        (lambda: find_policy(7), "the name of a policy"),
    ],
)
def test_a_thing_of_another_kind_is_told(asked, wanted):
    """Each says what it wants."""
    with pytest.raises(WrongKind, match=wanted):
        asked()


@pytest.mark.parametrize("name", ["x" * 5_000, "a\0b", "\ud800", "x" * 300 + "/y", "a\n\u202eb"])
@pytest.mark.parametrize(
    "read", [lambda name: read_leads(name, at=MONDAY), load_mapping], ids=["list", "mapping"]
)
def test_an_impossible_name_of_a_file_is_an_unreadable_file(read, name):
    """It is shown short, on one line, and without what a screen would obey."""
    with pytest.raises(UnreadableFile) as raised:
        read(name)

    assert len(raised.value.file) <= 80
    assert raised.value.file.isprintable()
    assert "\u202e" not in raised.value.file


def test_a_misspelt_column_is_answered_by_what_was_meant(tmp_path):
    """The header and the field stand in the sentence."""
    with pytest.raises(UnreadableFile, match="did you mean company by 'Compnay'") as raised:
        read_leads(a_list(tmp_path, [("Weather", "Compnay"), ("fine", "Novin")]), at=MONDAY)

    assert raised.value.text.code == "column_misspelt"
    assert "--mapping" in raised.value.remedy


def test_a_header_is_shown_without_what_a_screen_would_obey(tmp_path):
    """A header may hold anything, its message only letters, and few of them."""
    rows = [("Name", "Need (\u202e" + "x" * 500 + ")"), ("Sara", "sooner")]

    (refused,) = read_leads(a_list(tmp_path, rows), at=MONDAY, strict=True)

    assert "\u202e" not in str(refused)
    assert len(str(refused)) < 700


def test_each_fault_is_its_template_filled_in(tmp_path):
    """So that it can be translated; a refused row has the code of its first fault."""
    rows = [("Name", "Need", "Date"), ("Sara", "sooner", "soon"), ("Ani", "yes", "x", "y")]

    one, two = read_leads(a_list(tmp_path, rows), at=MONDAY, strict=True)

    for fault in (*one.faults, *two.faults):
        assert fault.message == fault.text.template.format(**fault.params)
        assert fault.as_data()["code"] == fault.code
    assert [fault.code for fault in one.faults] == ["not_a_date", "unknown_text"]
    assert (one.code, two.code, two.column) == ("not_a_date", "cell_count", "")


def test_a_note_has_a_code_too(tmp_path):
    """What is odd about a row can be counted by its code."""
    rows = [("Name", "Date"), ("Sara", "1404/10/15")]

    (found,) = read_leads(a_list(tmp_path, rows), at=MONDAY)

    assert [note.code for note in found.notes] == ["jalali_date"]


def test_a_row_of_which_no_entity_can_be_made_is_refused(tmp_path):
    """Another refusal of the library costs the row, never the file."""

    def impossible(_row):
        raise InvalidHistory("timeline", Text("early", "begins {when}"), {"when": "too early"})

    leads = read_leads(a_list(tmp_path, LEADS), at=MONDAY)
    reader = attrs.evolve(leads.reader, make=impossible)
    reading = attrs.evolve(leads, reader=reader)

    assert [str(row) for row in reading] == ["row 2: cannot be read: timeline begins too early"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            b"Sara Ahmadi;sara@novin.example\nAni;ani@ararat.example\n",
            "no_names_of_columns",
        ),
        ("Farbe;Größe\nrot;klein\n".encode("cp1252"), "no_known_column_in_this_encoding"),
    ],
)
def test_a_header_of_which_nothing_is_known_is_answered_by_what_to_do(tmp_path, content, code):
    """There may be none at all, or it may be read in a wrong encoding."""
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile) as refused:
        read_leads(path, at=MONDAY)

    assert refused.value.text.code == code


@pytest.mark.parametrize("name", ["list.xlsx", "LIST.XLS", "list.ods"])
@pytest.mark.parametrize("content", ["garbage\n", "Farbe,Größe\nrot,klein\n", '{"a": 1}'])
def test_a_text_that_is_called_a_workbook_is_told(tmp_path, name, content):
    """What is read as a list of another name is read; else its name is what is odd about it."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="is not a workbook, though its name ends with"):
        read_leads(path, at=MONDAY)

    path.write_text("Name,Company\nSara,Novin\n", encoding="utf-8")
    assert [row.entity.person.name for row in read_leads(path, at=MONDAY)] == ["Sara"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("salesforze", "salesforce"),
        ("SugarCRM", "suitecrm"),
        ("sugar.fr", "suitecrm"),
        ("zoho-crm", "zoho"),
        ("Microsoft Dynamics 365", "dynamics"),
        ("OpenERP 7", "odoo"),
    ],
)
def test_a_mapping_is_answered_by_the_one_that_was_meant(name, meant):
    """Misspelt, in more words, or by another name of the system; it may be a file as well."""
    with pytest.raises(UnreadableFile, match=rf"did you mean {meant}\? Otherwise name a TOML file"):
        load_mapping(name)


@pytest.mark.parametrize("name", ["crm", "our-vtiger-lists.toml", "sugar.toml"])
def test_a_name_that_may_be_that_of_any_file_is_answered_by_all_mappings(name):
    """A system in the name of a TOML file says what it is about, and not that there is none."""
    with pytest.raises(UnreadableFile, match="name a TOML file, or one of: salesfunnel, "):
        load_mapping(name)


def test_what_stands_above_a_header_is_told(tmp_path):
    """A reading knows the row of its header, and the report says it."""
    path = tmp_path / "list.csv"
    path.write_text("Contacts\n\nName,Company\nSara,Novin\n", encoding="utf-8")
    reading = read_leads(path, at=MONDAY)

    with ImportReport() as report:
        assert [row.entity.person.name for row in report.accepted_of(reading)] == ["Sara"]
        lines = list(report_as_text(report, (), header_row=reading.header_row))

    assert reading.header_row == 3
    assert lines[1] == "  the header is row 3: what stands above it is left out"
