"""Lists in which nothing stands: a reading of no rows, and no fault."""

from __future__ import annotations

from io import StringIO

import pytest

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop import (
    load_mapping,
    read_leads,
    read_opportunities,
    read_records,
    write_leads,
    write_people,
)
from salesfunnel.interop.mapping.kind_of_list import kind_of_list
from salesfunnel.interop.people import read_people
from tests.interop.examples import MONDAY


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("[]", {}),
        (" [ ] ", {}),
        ('{"records": []}', {"list": "records"}),
        ('{"done": true, "totalSize": 0, "records": []}', {"list": "records"}),
        ('{"data": {"items": []}, "next": null}', {"list": "data items"}),
        ('{"value": [], "errors": [{"code": 1}]}', {"list": "value", "not read": "errors"}),
    ],
)
def test_a_program_that_found_nothing_answers_with_no_rows(text, how):
    """Nobody has to tell an empty answer from a broken one."""
    for reader in (read_leads, read_opportunities):
        reading = reader(StringIO(text), at=MONDAY)

        assert list(reading) == []
        assert (reading.how, reading.unread_columns, reading.encoding) == (how, (), None)


def test_an_empty_list_may_be_asked_for_by_its_name():
    """The other list is not read then."""
    text = '{"leads": [], "owners": [{"name": "Ani"}]}'

    assert list(read_leads(StringIO(text), at=MONDAY, sheet="leads")) == []
    assert len(list(read_leads(StringIO(text), at=MONDAY))) == 1


@pytest.mark.parametrize(
    "text",
    ['{"tags": [], "weather": "fine"}', '{"records": [', "[[]]", "{}", '{"records": null}'],
)
def test_what_is_no_empty_list_is_told(text):
    """An object that nobody knows is no answer without rows."""
    with pytest.raises(UnreadableFile):
        read_leads(StringIO(text), at=MONDAY)


def test_a_lead_without_tags_is_a_lead():
    """A list within a row is a cell of it."""
    (found,) = read_leads(StringIO('{"records": [], "name": "Sara"}'), at=MONDAY)

    assert found.entity.person.name == "Sara"


@pytest.mark.parametrize("name", ["nobody.jsonl", "nobody.NDJSON", "nobody.csv"])
def test_what_was_written_of_nobody_is_read_as_nobody(tmp_path, name):
    """JSON lines of no lead are no lines."""
    path = tmp_path / name
    if path.suffix == ".NDJSON":
        path.write_bytes(b"")
    else:
        write_leads([], path)

    assert list(read_leads(path, at=MONDAY)) == []


def test_people_of_nobody_are_read_as_nobody(tmp_path):
    """As leads are."""
    path = tmp_path / "people.jsonl"
    write_people([], path)

    assert list(read_people(path, at=MONDAY)) == []


def test_no_rows_in_memory_are_a_list_of_none():
    """As a frame without rows is."""
    zoho = load_mapping("zoho")

    reading = read_leads([], at=MONDAY, mapping=zoho)

    assert (list(reading), reading.mapping) == ([], zoho)


def test_a_list_of_nothing_has_neither_names_of_columns_nor_a_kind():
    """Who asks for them is told."""
    with pytest.raises(UnreadableFile, match="its header is missing"):
        read_records([])
    with pytest.raises(UnreadableFile, match="has no columns by which"):
        kind_of_list([])
