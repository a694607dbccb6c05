"""Lists in JSON: an array, an object that holds one, or an object in each line."""

from __future__ import annotations

import json
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.inputs import open_input, read_records
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.rows.records import Record
from tests.interop.examples import MONDAY, sorted_out

ROWS = [{"name": "Sara", "city": "Paris"}, {"name": "Ani", "phone": 9121234567}]
CELLS = [("Sara", "Paris", ""), ("Ani", "", "9121234567")]


def told(text):
    """Say of each row its cells, or what is wrong with it."""
    rows = read_records(StringIO(text))
    return [row.cells if isinstance(row, Record) else row.problem for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        "\n".join(map(json.dumps, ROWS)),
        "\ufeff" + "\r\n\r\n".join(map(json.dumps, ROWS)) + "\n",
        json.dumps({"totalSize": 2, "done": True, "records": ROWS}),
        json.dumps({"data": ROWS, "more": [1]}, indent=4),
        "".join(json.dumps(row, indent=1) for row in ROWS),
    ],
)
def test_a_list_in_json_is_read_however_it_is_laid_out(text):
    """Each object is a row, and the columns are all the names in it."""
    assert told(text) == CELLS


def test_a_name_within_a_name_is_a_column_of_both():
    """Lists in a cell are read as one would type them, and a name that stands twice has both."""
    text = '{"person": {"name": "Sara"}, "email": ["a@x.example", "b@x.example"], "t": "a", "t": 1}'

    records = read_records(StringIO(text))

    assert records.header == ("person name", "email", "t")
    assert told(text) == [("Sara", "a@x.example; b@x.example", "a; 1")]


def test_names_that_are_one_when_they_are_joined_keep_both_values():
    """As a name that stands twice does."""
    text = '{"company name": "Acme", "company": {"name": "Bolt", "city": "Paris"}, "t": 1}'

    assert told(text) == [("Acme; Bolt", "Paris", "1")]


@pytest.mark.parametrize("name", ["value", "number", "phone"])
def test_a_number_may_stand_beside_its_kind(name):
    """The list of them is a list of numbers; what has no such name is kept as it is."""
    phones = [{"type": "work", name: "+98 21 8877 6655"}, {"type": "mobile"}]

    ((cell,),) = told(json.dumps([{"phones": phones}]))

    assert cell == '+98 21 8877 6655; {"type": "mobile"}'


def test_a_name_that_stands_twice_is_told():
    """All its values are taken, and the row says so; a pair of values is no link of Odoo then."""
    text = '[{"name": "Sara", "company": 7, "company": "Novin"}, {"name": "Ani"}]'

    sara, ani = read_leads(StringIO(text), at=MONDAY)

    assert sara.entity.company.name == "7; Novin"
    assert [(note.column, note.code) for note in sara.notes] == [("company", "json_name_twice")]
    assert ani.notes == ()


def test_many_values_of_one_name_are_read_in_one_pass():
    """An object of very many names, one of them twice, is a row as any other."""
    many = ", ".join(f'"c{n}": {n}' for n in range(16_000))

    (row,) = told(f'{{{many}, "c0": 7}}')

    assert (len(row), row[0], row[-1]) == (16_000, "0; 7", "15999")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1}]\n[{"a": 2}]', [("1",), ("2",)]),
        ('[{"a": 1}],\n{"a": 2}', [("1",), ("2",)]),
        ('[{"a": 1}]\n[{"a": 2}', [("1",), ("2",), "is not there"]),
        ('[{"a": 1}] and more', [("1",), "is broken JSON: what stands below"]),
        ('{"records": [{"a": 1}], "more": [', [("1",)]),
        ('{"records": [{"a": 1}], "more": [{"a": 2}, {', [("1",)]),
        ('{"records": [{"a": 1}]}\n{"records": [{"a": 2}]', [("1",), "is broken JSON"]),
        ('{"records": [{"a": 1}, {"a": ]}', [("1",), "is broken JSON: what stands below"]),
        ('{"records": [\n{"a": 1},\n{"a": \n,\n{"a": 2}\n]}', [("1",), "is broken", ("2",)]),
    ],
    ids=range(9),
)
def test_what_stands_below_the_first_list_is_accounted_for(text, expected):
    """It is read as more of the list, or a row says that it was not."""
    found = told(text)

    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        assert row.startswith(wanted) if isinstance(wanted, str) else row == wanted


@pytest.mark.parametrize("blank_rows", [0, 20], ids=["short", "long"])
@pytest.mark.parametrize(
    ("about", "records", "below"),
    [
        ({"success": True}, "data", {"additional_data": {"start": 0}}),
        ({"@odata.context": "https://x.example", "@odata.count": 2}, "value", {}),
        ({"meta": {"count": 2, "of": {"page": 1}}}, "data", {"links": {"next": None}}),
        ({"errors": [], "schema": {"fields": [{"name": "name"}]}}, "data", {}),
        ({"jsonrpc": "2.0", "id": 1}, "result records", {}),
        ({"data": {"total": 2}}, "data leads list", {"included": [{"name": "Novin"}]}),
    ],
    ids=range(6),
)
def test_the_rows_of_an_answer_are_found_in_it(about, records, below, blank_rows):
    """However deep its list stands, and whatever it says besides; and however long it is."""
    answer = dict(about)
    *outer, last = records.split()
    inner = answer
    for name in outer:
        inner = inner.setdefault(name, {})
    inner[last] = [*ROWS, *[{"note": " " * 90_000}] * blank_rows]
    answer |= below

    read = open_input(StringIO(json.dumps(answer)))

    assert read.how["list"] == records
    assert [row.cells[:3] for row in read.rows(below=1)] == CELLS


def test_the_longest_list_is_read_and_the_others_are_named():
    """One may ask for another, as for a sheet of a workbook."""
    text = json.dumps({"schema": {"fields": [{"name": "a"}]}, "deals": ROWS, "none": []})
    leads = open_input(StringIO(text), sheet="Schema Fields")

    assert open_input(StringIO(text)).how == {
        "encoding": "utf-8",
        "list": "deals",
        "not read": "schema fields",
    }
    assert [row.cells for row in leads.rows()] == [("name",), ("a",)]
    with pytest.raises(UnreadableFile, match="has no sheet 'leads'"):
        open_input(StringIO(text), sheet="leads")


def test_pages_of_answers_below_each_other_are_one_list():
    """The names of the columns tell that the rows are meant and not the pages."""
    pages = [{"done": page == 1, "records": [row]} for page, row in enumerate(ROWS)]

    for text in (json.dumps(pages), "\n".join(map(json.dumps, pages))):
        found, () = sorted_out(read_leads(StringIO(text), at=MONDAY))
        assert [row.entity.person.name for row in found] == ["Sara", "Ani"]


def test_lists_within_leads_are_no_lists_of_leads():
    """Three numbers of one lead are one row."""
    rows = [{"name": "Sara", "calls": [{"name": "a"}, {"name": "b"}]}, {"name": "Ani"}]

    found, () = sorted_out(read_leads(StringIO(json.dumps(rows)), at=MONDAY))

    assert [row.entity.person.name for row in found] == ["Sara", "Ani"]


@pytest.mark.parametrize(
    "row",
    [
        {"id": "7", "properties": {"name": "Sara", "email": "s@n.example"}},
        {"node": {"id": "7", "name": "Sara", "email": "s@n.example"}},
        {"id": "7", "attributes": {"name": "Sara", "email": "s@n.example"}},
        {"type": "leads", "id": "7", "attributes": {"name": "Sara", "email": "s@n.example"}},
        {"attributes": {"type": "Lead", "url": "/7"}, "id": "7", "name": "Sara", "email": ""},
    ],
    ids=range(5),
)
def test_what_programs_put_around_the_facts_of_a_row_is_no_part_of_their_names(row):
    """Their kind and their address on a server are no facts of a lead."""
    (found,), () = sorted_out(read_leads(StringIO(json.dumps([row])), at=MONDAY))

    assert (found.entity.id, found.entity.person.name) == ("7", "Sara")
    assert found.entity.company is None


@pytest.mark.parametrize("letters", [1, 60_000])
def test_json_may_break_off_anywhere(letters):
    """What stands whole before that is read."""
    rows = [{"a": str(n) + "x" * letters} for n in range(40)]
    text = json.dumps({"of": {"page": 1}, "records": rows})

    for cut in (1, 2, len(text) // 2):
        assert told(text[:-cut])[0] == (rows[0]["a"],)
    for cut in (12, 30):
        with pytest.raises(UnreadableFile, match="is broken JSON without one whole object"):
            open_input(StringIO(text[:cut]))


@pytest.mark.parametrize(
    "text", ['{"a": 1, "b"', '{"a" 1, "b": [{', '{"a": {"b": tru', '{"a": [' + " " * 2**21 + "{}"]
)
def test_an_object_that_is_broken_before_its_list_is_no_list(text):
    """Nothing of it can be read."""
    with pytest.raises(UnreadableFile, match="is broken JSON without one whole object"):
        open_input(StringIO(text))


def test_an_object_of_very_many_facts_is_no_answer():
    """Nobody says so much before the list."""
    text = "{" + ", ".join(f'"f{n}": "{"x" * 1_000}"' for n in range(5_000)) + ', "r": [{"a": 1}]}'

    with pytest.raises(UnreadableFile, match="is broken JSON without one whole object"):
        open_input(StringIO(text))


def test_a_long_answer_may_have_wide_gaps():
    """Where its next list begins is seen all the same, and where a value ends with a chunk."""
    rows = [json.dumps({"a": "x" * 60_000})] * 40
    text = '{"r": [' + ", ".join(rows) + '], "more": [' + " " * 2**17 + '{"a": 2}]}'
    begun = '[{"a": "x"},'
    whole = begun + " " * (2**16 - len(begun) - 8) + '{"a": 7}]'

    assert open_input(StringIO(text)).how["not read"] == "more"
    assert told(whole) == [("x",), ("7",)]


def test_the_ways_of_an_answer_are_its_lists():
    """Each of them first once, and last the answer itself."""
    ways = [*open_input(StringIO('{"r": [{"a": 1}], "s": [{"b": 1}]}')).ways()]

    assert [next(way.rows()).cells for way in ways] == [("a",), ("b",), ("r", "s")]


def test_more_lists_than_anyone_keeps_are_left_out():
    """A hundred are enough to choose from."""
    lists = {f"l{n}": [{"name": n}] for n in range(200)}

    assert len(open_input(StringIO(json.dumps(lists))).lists) == 100


def test_a_lead_is_read_from_json():
    """The reader does not know what its list was."""
    (sara, ani), () = sorted_out(read_leads(StringIO(json.dumps(ROWS)), at=MONDAY))

    assert (sara.entity.person.name, sara.row, ani.row) == ("Sara", 2, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n{"a": \n{"a": 2}', [("1",), "is broken JSON", ("2",)]),
        ('{"a": 1}\n{"a": "x\n{"a": 2}', [("1",), "is broken JSON", ("2",)]),
        ('{"a": 1}\nhello\n{"a": 2}', [("1",), "is broken JSON", ("2",)]),
        ('[\n  {"a": 1},\n  {"a": }\n, \n  {"a": 2}\n]', [("1",), "is broken JSON", ("2",)]),
        ('[{"a": 1},\n{"a"},\n{"a": 2}]', [("1",), "is broken JSON", ("2",)]),
        ('[{"a": 1}, 7, null, {"a": 2}]', [("1",), "is not a JSON", "is not a JSON", ("2",)]),
        ('[{"a": 1}, {"a": , {"a": 2}]', [("1",), "is broken JSON: what stands below"]),
        ('[{"a": 1},{"a": 2},', [("1",), ("2",), "is not there: the file ends"]),
        ('{"records":[{"a": 1}', [("1",), "is not there: the file ends"]),
        ('[\n{"a": 1},\n{"a"}\n,\n{"a": 2}\n', [("1",), "is broken JSON", ("2",), "is not there"]),
        ('{"a": 1}\n{"a', [("1",), "is broken JSON: what stands below"]),
        ('{"a": 1}\n' + "[" * 100_000, [("1",), "is broken JSON: what stands below"]),
        ('{"a": 1}\n{"a": "' + "x" * 2**21 + '"}\n{"a": 2}', [("1",), "is broken", ("2",)]),
        ('{"a": 1}\n{"a": ' + "9" * 5_000 + "}", [("1",), ("9" * 5_000,)]),
        ('{"a": 1}\n{"a": 1e999999999}', [("1",), ("1E+999999999",)]),
        (f'{{"a": 1}}\n{{"a": 1e{"9" * 22}}}', [("1",), (f"1e{'9' * 22}",)]),
        ('{"a": 1}\n{"a": NaN}\n{"a": -Infinity}', [("1",)]),
        ('{"a": 1}\n{"a": "' + "x" * 131_073 + '"}', [("1",), "has a cell longer"]),
    ],
    ids=range(18),
)
def test_a_broken_object_costs_itself_alone(text, expected):
    """Where the next one can be found it is read; where not, that is said."""
    found = told(text)

    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, str):
            assert row.startswith(wanted)
        else:
            assert row == wanted


def test_objects_that_are_cut_by_a_chunk_are_whole():
    """A long file is read bit by bit, on one line or on many."""
    rows = [{"a": f"{n} " + "x" * (n % 500)} for n in range(2_000)]

    for text in (json.dumps(rows), json.dumps(rows, indent=1), "\n".join(map(json.dumps, rows))):
        assert told(text) == [(row["a"],) for row in rows]


@pytest.mark.parametrize("text", ["{}", "[[1, 2]]"])
def test_json_without_objects_is_no_list(text):
    """There are no names of columns in it."""
    with pytest.raises(UnreadableFile, match="is JSON without a list of objects"):
        open_input(StringIO(text))


@pytest.mark.parametrize("text", ["{", "[", "[{", '{"a": ', '{"a": [{"b": 1'])
def test_json_that_is_cut_in_its_first_object_is_broken(text):
    """It may well have had a list of objects."""
    with pytest.raises(UnreadableFile, match="is broken JSON without one whole object"):
        open_input(StringIO(text))


def test_json_of_too_many_columns_is_refused():
    """As many as a spreadsheet has are enough."""
    with pytest.raises(UnreadableFile, match="has more than 16,384 columns"):
        open_input(StringIO(json.dumps({f"c{n}": 1 for n in range(16_385)})))


def test_json_of_another_encoding_is_read():
    """Windows writes UTF-16, too; what is no letter is left out of its cell."""
    assert open_input(BytesIO('[{"a": "سارا"}]'.encode("utf-16"))).how == {"encoding": "utf-16-le"}
    assert told('[{"a": "x\\ud800"}]') == [("x\ud800",)]


def test_json_that_is_cut_within_a_letter_is_read_so_far():
    """A download that broke off keeps its whole objects."""
    records = read_records(BytesIO('{"a": 1}\n{"a": 2}'.encode("utf-16")[:-1]))

    first, last = records
    assert (first.cells, last.problem.partition(":")[0]) == (("1",), "is broken JSON")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.text(), values, max_size=4)), st.sampled_from([None, 2]))
@example([{"": [{}, None]}], None)
def test_any_list_of_objects_is_read(rows, indent):
    """Each object that is not blank is a row or a refusal, in its order."""
    text = json.dumps(rows, indent=indent)
    try:
        given_rows = list(read_records(StringIO(text)))
    except UnreadableFile:
        return

    assert [row.row for row in given_rows] == sorted({row.row for row in given_rows})
    assert all(2 <= row.row <= len(rows) + 1 for row in given_rows)


@given(st.text(st.sampled_from('[]{}",: \n\\u01aet'), max_size=60))
def test_any_text_is_a_list_or_an_unreadable_file(text):
    """No JSON, however broken, raises anything else."""
    try:
        found = list(read_records(StringIO("{" + text)))
    except UnreadableFile:
        return

    assert len(found) <= len(text) + 1


def test_the_rows_of_a_list_are_given_from_any_one_on():
    """As those of any other list are, which may have its header further down."""
    rows = open_input(StringIO('[{"a": "1"}, {"a": "2"}]')).rows(below=2)

    assert [(row.row, row.cells) for row in rows] == [(3, ("2",))]


def test_a_wide_space_between_objects_is_a_blank():
    """However far apart they stand, none is overlooked."""
    text = '[{"a": "1"},' + " " * 400_000 + '{"a": "2"}]'

    assert [row.cells for row in open_input(StringIO(text)).rows(below=1)] == [("1",), ("2",)]
