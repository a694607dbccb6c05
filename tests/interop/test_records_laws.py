"""What holds for every list of leads, whoever saved it and whatever happened to it since."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.inputs.inputs import read_records
from salesfunnel.interop.rows.records import Record, fitted
from salesfunnel.interop.rows.row_fault import Refused

PERSIAN = "اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهيئأؤءة"
LATIN = "abcXYZ 019.@-_"

# A formula guard is taken away on purpose, so no cell here begins with an apostrophe.
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")).filter(
    lambda cell: not cell.startswith("'")
)
# A mark that was left open is closed by the next one before a delimiter or a line end: together
# they are a well-formed cell, and no reader can tell. So no cell below a bad row is such a one.
plain_cells = cells.filter(lambda cell: '"' not in cell and not cell.startswith((",", "\r", "\n")))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6)
)
# In one word Latin and Persian letters do not meet, or no one could tell the code page.
tame_words = st.sampled_from([LATIN, PERSIAN]).flatmap(
    lambda letters: st.text(st.sampled_from(letters), min_size=1, max_size=8).map("سارا {}".format)
)
tame_tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(tame_words, min_size=width, max_size=width), min_size=1, max_size=6
    )
)
scraps = st.sampled_from(
    [*"\",;|\t\n\r a'=\0é", "\r\n", 'x,"y\n', "a,b\n", '""', "سارا", "sep=;\n", "\ufeff"]
)
hostile = st.binary(max_size=60) | st.lists(
    scraps.flatmap(
        lambda scrap: st.sampled_from(["utf-8", "cp1256", "utf-16-le", "utf-16-be"]).map(
            lambda name: scrap.encode(name, "ignore")
        )
    ),
    max_size=30,
).map(b"".join)


@pytest.fixture(scope="module")
def leads_in(tmp_path_factory):
    """Write bytes into one file again and again, and open it as a list."""
    path = tmp_path_factory.mktemp("lists") / "leads.csv"

    def write_and_read(content, **told):
        path.write_bytes(content)
        return read_records(path, **told)

    return write_and_read


def written(table, **dialect):
    """Write a table as the standard library does, under a plain header."""
    text = io.StringIO(newline="")
    width = len(table[0]) if table else 1
    csv.writer(text, **dialect).writerows([[f"c{n}" for n in range(width)], *table])
    return text.getvalue()


@given(hostile, st.sampled_from([None, "utf-8", "cp1256", "utf-16", "gbk", "no such"]))
@example(b"\xff\xfea", None)
@example(b"\xef\xbb\xbf\xef\xbb\xbf", None)
def test_any_bytes_are_a_list_or_an_unreadable_file(leads_in, content, encoding):
    """No bytes raise anything else, and rows come in order, as wide as the header, encodable."""
    try:
        leads = leads_in(content, encoding=encoding)
    except UnreadableFile:
        return
    found = list(leads)
    numbers = [row.row for row in found]

    assert numbers == sorted(set(numbers))
    assert all(
        len(row.cells) == len(leads.header) and "".join(row.cells).encode("utf-8") is not None
        for row in found
        if isinstance(row, Record)
    )


@given(st.lists(st.sampled_from(["a,b", "a", "a,b,c", "", " , ", "\udcff,b", "a,'=b"])))
def test_every_physical_row_is_counted_once(leads_in, typed):
    """Records, refusals and blank rows together are all the rows of the file."""
    content = "\n".join(["x,y", *typed, "a,b"]).encode("utf-8", "surrogateescape")
    found = list(leads_in(content, encoding="utf-8"))
    blank = sum(not line.strip(" ,") for line in typed)

    assert len(found) + blank == len(typed) + 1
    assert found[-1] == Record(len(typed) + 2, ("a", "b"))
    refused = [row.row - 2 for row in found if isinstance(row, Refused)]
    assert [typed[n] for n in refused] == [line for line in typed if line in {"a,b,c", "\udcff,b"}]


@given(tables, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_a_well_formed_list_is_read_as_the_standard_library_reads_it(
    leads_in, table, delimiter, quoting
):
    """Whatever a careful program wrote comes back cell for cell."""
    text = written(table, delimiter=delimiter, quoting=quoting)
    _, *expected = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    found = list(leads_in(text.encode(), encoding="utf-8", delimiter=delimiter))

    assert [row.cells for row in found] == [
        tuple(row) for row in expected if any(cell.strip() for cell in row)
    ]
    assert [row.row for row in found] == [
        number for number, row in enumerate(expected, 2) if any(cell.strip() for cell in row)
    ]


@given(
    tame_tables,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(",;\t|"),
)
def test_who_saved_the_list_does_not_change_it(leads_in, table, encoding, end, delimiter):
    """Encoding, line ends and delimiter differ from desk to desk; the leads do not."""
    text = written(table, delimiter=delimiter, lineterminator=end)

    leads = leads_in(text.encode(encoding))

    assert leads.input.delimiter == delimiter
    assert [row.cells for row in leads] == [tuple(row) for row in table]


@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), max_size=3),
    st.sampled_from([b'a,"b', b"a,b,c", b"a,\xff", b'"a"b,c', b"x" * 2**20]),
    st.lists(st.lists(plain_cells, min_size=2, max_size=2)),
)
def test_a_bad_row_never_changes_its_neighbours(leads_in, above, bad, below):
    """With the bad row in their midst the good rows are those that are read without it."""
    good = [row for row in [*above, *below] if any(cell.strip() for cell in row)]
    plain = written([*above, ["stop", "stop"], *below]).encode().split(b"stop,stop")

    found = list(leads_in(plain[0] + bad + plain[1], encoding="utf-8", delimiter=","))

    assert good == [list(row.cells) for row in found if isinstance(row, Record)]


def test_a_list_ten_times_as_long_needs_no_more_memory(leads_in):
    """Rows are read one at a time, so memory does not grow with the file."""
    peaks = []
    for rows in (10_000, 100_000):
        leads = leads_in(b"name,company,city\n" + b'Sara,"Novin, Ltd",Tehran\n' * rows)
        tracemalloc.start()
        assert sum(1 for _ in leads_again(leads)) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] <= 1.2 * peaks[0]


def leads_again(leads):
    """Open the same file anew, so that recognition is measured too."""
    return read_records(leads.input.file.path)


def test_blank_cells_beyond_the_header_are_no_cells():
    """A spreadsheet writes them where somebody has once clicked."""
    assert fitted(7, ["a", "b", "", " "], 2) == Record(7, ("a", "b"))
