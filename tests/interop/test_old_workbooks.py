"""Workbooks of old Excel (.xls) and binary ones (.xlsb): read as others are, within bounds."""

from __future__ import annotations

import random
import struct
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.errors import SalesFunnelError, UnreadableFile
from salesfunnel.interop import open_input, read_leads
from salesfunnel.interop.inputs import binary_bounds, old_excel_bounds, sheet_input, workbook_gate
from salesfunnel.interop.inputs.binary_bounds import BinaryBounds
from salesfunnel.interop.inputs.compound_file import CompoundFile
from tests.interop.examples import MONDAY
from tests.interop.old_workbooks import (
    END,
    a_binary_workbook,
    a_compound_file,
    a_stream,
    an_old_workbook,
    binary_cells,
    binary_record,
    record,
)
from tests.interop.workbooks import a_workbook

ROWS = (["Name", "Company", "Employees"], ["سارا احمدی", "نوین", 40.0], ["Ani", "Ararat", 7.5])
WRITERS = {"xls": an_old_workbook, "xlsb": a_binary_workbook}
TOO_LARGE = "too large to be unpacked safely"


def cells(content):
    """List the cells of the first sheet."""
    return [row.cells for row in open_input(BytesIO(content)).rows()]


@pytest.mark.parametrize("kind", WRITERS)
def test_its_cells_are_read_as_those_of_any_workbook(kind):
    """Numbers stay what they are."""
    written = WRITERS[kind](*ROWS)

    assert cells(written) == cells(a_workbook(S=ROWS))
    assert [found.entity.company.name for found in read_leads(BytesIO(written), at=MONDAY)] == [
        "نوین",
        "Ararat",
    ]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("suffix", ["xls", "xlsx", "xlsb", "xla", "csv", ""])
def test_it_is_known_by_what_is_in_it(tmp_path, kind, suffix):
    """Whatever its name says: programs call all sorts of files .xls."""
    path = tmp_path / f"leads.{suffix}"
    path.write_bytes(WRITERS[kind](*ROWS))

    assert len(list(read_leads(path, at=MONDAY))) == 2


def test_a_new_workbook_may_be_called_an_old_one(tmp_path):
    """It is read all the same."""
    path = tmp_path / "leads.xls"
    path.write_bytes(a_workbook(S=ROWS))

    assert len(list(read_leads(path, at=MONDAY))) == 2


_TEXTS = st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1)
_NUMBERS = st.integers(-(10**9), 10**9).map(lambda number: number / 4)


@given(st.lists(st.lists(_TEXTS | _NUMBERS, min_size=1, max_size=4), min_size=1))
def test_old_new_and_binary_workbooks_of_the_same_cells_are_read_alike(rows):
    """The same cells, and the same that are exact."""
    assume(any(isinstance(cell, float) or cell.strip() for row in rows for cell in row))

    new, old, binary = (
        [*open_input(BytesIO(written)).rows()]
        for written in (a_workbook(S=rows), an_old_workbook(*rows), a_binary_workbook(*rows))
    )

    assert new == old == binary


def far_away(row, column):
    """Place one cell."""
    place = struct.pack("<HHH", row, column, 0)
    return record(0x203, place + struct.pack("<d", 1.0))


@pytest.mark.parametrize(
    "content",
    [
        an_old_workbook(cells=far_away(0, 0) + far_away(65_535, 600)),
        an_old_workbook(size=struct.pack("<IIHHH", 0, 2**31, 0, 60_000, 0)),
        an_old_workbook(size=struct.pack("<IIHHH", 9, 2, 0, 1, 0)),
        an_old_workbook(size=struct.pack("<HHHHH", 0, 60_000, 0, 60_000, 0)),
        an_old_workbook(cells=far_away(60_000, 100), sheets=9),
        an_old_workbook(
            cells=b"".join(
                record(0xFD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(9_000)
            ),
            texts=["x" * 2_000],
            sheets=40,
        ),
        an_old_workbook(
            cells=record(0x06, struct.pack("<HHH", 0, 0, 0).ljust(8_000, b"\x23")) * 500
        ),
        a_binary_workbook(
            cells=binary_cells([["x"]], []) + binary_record(5, struct.pack("<IId", 2**30, 0, 1.0))
        ),
        a_binary_workbook(
            cells=binary_record(0, struct.pack("<I", 2**30))
            + binary_record(5, struct.pack("<IId", 0, 0, 1.0))
        ),
        a_binary_workbook(
            cells=binary_record(0, struct.pack("<I", 0))
            + binary_record(7, struct.pack("<III", 0, 0, 0)) * 20_000,
            texts=["x" * 32_000],
        ),
    ],
)
def test_what_would_fill_the_memory_is_refused(content):
    """Before it is read: a small file can be a trap."""
    with pytest.raises(UnreadableFile, match=TOO_LARGE):
        open_input(BytesIO(content))


def test_a_text_that_goes_on_in_the_next_record_counts_whole():
    """Old workbooks divide what is longer than 8,224 bytes, and begin anew with a flag."""
    head = (
        struct.pack("<II", 2, 2) + struct.pack("<HB", 20_000, 1) + ("x" * 4_000).encode("utf-16-le")
    )
    rest = b"\x00" + b"x" * 8_000
    end = b"\x00" + b"x" * 8_000 + struct.pack("<HBHI", 2, 12, 1, 4) + b"yz" + b"\0" * 8
    texts = record(0xFC, head) + record(0x3C, rest) + record(0x3C, end)

    parts = next(old_excel_bounds._records(texts, 0)).parts

    assert [*old_excel_bounds._lengths(parts)] == [20_000, 2]
    assert [*old_excel_bounds._lengths(parts[:1])] == [20_000]
    assert [*old_excel_bounds._lengths([parts[0], b""])] == [20_000]


def circle(following):
    """Let the second sector of the stream come again and again."""
    return [3 if place == 3 else number for place, number in enumerate(following)]


@pytest.mark.parametrize(
    "content",
    [
        a_compound_file("Workbook", a_stream(*ROWS), table=circle),
        a_compound_file("Workbook", a_stream(*ROWS), header={48: 9_999}),
        a_compound_file("Workbook", a_stream(*ROWS), header={44: 2**31}),
        a_compound_file("Workbook", a_stream(*ROWS), header={64: 2**20}),
        a_compound_file("Workbook", a_stream(*ROWS), header={80: 0}),
        a_compound_file("Workbook", a_stream(*ROWS), header={68: 1, 72: 1}),
        a_compound_file("Workbook", a_stream(*ROWS), header={30: 7}),
        a_compound_file("Workbook", a_stream(*ROWS), header={48: END}),
        a_compound_file("Workbook", a_stream(*ROWS))[:1_030],
        a_compound_file("Workbook", a_stream(*ROWS, more=record(0x85, b"\0"))),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_sectors_that_do_not_hold_together_are_a_broken_workbook(content):
    """Nobody goes in circles in it."""
    with pytest.raises(UnreadableFile, match="is a broken workbook"):
        open_input(BytesIO(content))


def test_a_small_stream_lies_on_a_disk_within_the_disk():
    """Its sectors have 64 bytes, and a table of their own."""
    small = b"".join(struct.pack("<I", number) for number in (1, END)).ljust(512, b"\xff")
    disk = CompoundFile(b"", 512, (), 0, next_small=(1, END), small=b"a" * 64 + b"b" * 64)
    (entry,) = CompoundFile.of(a_compound_file("Workbook", b"x")).entries()[1:2]

    assert len(small) == 512
    assert disk.stream(type(entry)("Workbook", 0, 70)) == b"a" * 64 + b"b" * 6


def test_the_disk_within_the_disk_is_read():
    """It is the stream of the root, and its table another."""
    stream = struct.pack("<II", 1, END).ljust(512, b"\xff") + b"small".ljust(4096, b".")
    content = bytearray(a_compound_file("Workbook", stream, header={60: 2, 64: 1}))
    struct.pack_into("<I", content, 1024 + 116, 3)  # the root begins where the small ones lie

    disk = CompoundFile.of(bytes(content))

    assert disk.small.startswith(b"small")
    assert disk.next_small[:2] == (1, END)


def test_another_old_document_is_no_workbook():
    """A letter is told as what it is not."""
    with pytest.raises(UnreadableFile, match="is an old document and no workbook"):
        open_input(BytesIO(a_compound_file("WordDocument", b"Dear Sara")))


@pytest.mark.parametrize(
    "content",
    [
        an_old_workbook(*ROWS, more=record(0x2F, b"\1\0")),
        a_compound_file("EncryptedPackage", b"x"),
    ],
)
def test_a_password_is_told(content):
    """Who has it can save the workbook without it."""
    with pytest.raises(UnreadableFile, match="is protected by a password"):
        open_input(BytesIO(content))


def test_a_chart_within_a_sheet_is_no_list():
    """Its cells are not those of the sheet, and do not count."""
    chart = record(0x809, b"\0" * 16) + far_away(65_535, 60_000) + record(0x0A)
    told = far_away(0, 0) + chart + far_away(1, 0)

    assert cells(an_old_workbook(cells=told)) == [("1",), ("1",)]


def test_numbers_may_stand_in_one_record():
    """As Excel packs them."""
    many = struct.pack("<HH", 0, 1) + struct.pack("<HI", 0, 10) * 3 + struct.pack("<H", 3)
    bounds = old_excel_bounds._Bounds([0], left=1_000)
    stream = a_stream(cells=record(0xBD, many))

    assert bounds.has_room_for(stream, stream.rindex(struct.pack("<HHH", 0x809, 16, 0x600)))
    assert bounds.cells >= 4


def test_records_may_be_cut_anywhere():
    """What is here so far is looked at, and the rest with the next bytes."""
    sheet = (
        binary_record(0x94, b"\0" * 16) + binary_record(0x91) + binary_cells([["a", 1.0]] * 3, [])
    )
    sheet += binary_record(200, b"x" * 5_000)
    whole = BinaryBounds()
    whole.look_at(sheet)
    for size in (1, 2, 3, 7, 1_000):
        bounds = BinaryBounds()
        for place in range(0, len(sheet), size):
            bounds.look_at(sheet[place : place + size])

        assert (bounds.width, bounds.height, bounds.told) == (2, 3, whole.told)


def test_a_large_old_file_is_refused(monkeypatch):
    """No one writes such a one."""
    monkeypatch.setattr(old_excel_bounds, "LARGEST", 100)

    with pytest.raises(UnreadableFile, match=TOO_LARGE):
        open_input(BytesIO(an_old_workbook(*ROWS)))


def test_a_large_binary_part_is_refused(monkeypatch):
    """As any part of a workbook is."""
    monkeypatch.setattr(workbook_gate, "_MOST_BINARY_BYTES", 100)

    with pytest.raises(UnreadableFile, match=TOO_LARGE):
        open_input(BytesIO(a_binary_workbook(*ROWS)))


def test_a_small_sector_beyond_the_end_is_odd():
    """A stream cannot go on where the disk ends."""
    with pytest.raises(ValueError, match=r"^$"):
        CompoundFile(b"", 512, (), 0).sector(0)


@pytest.mark.parametrize("kind", WRITERS)
def test_damaged_ones_raise_only_what_is_documented(kind):
    """Of each row it is said what became of it, or of the file why not."""
    whole = WRITERS[kind](*ROWS)
    for number in range(150):
        chance = random.Random(f"{kind} {number}")  # noqa: S311 - no secret
        found = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            found[chance.randrange(len(found))] = chance.randrange(256)
        try:
            rows = [row.row for row in read_leads(BytesIO(bytes(found)), at=MONDAY)]
        except SalesFunnelError:
            continue
        assert rows == sorted(set(rows))


def test_tables_that_name_each_other_in_a_circle_are_odd():
    """As any sectors are."""
    content = bytearray(a_compound_file("Workbook", a_stream(*ROWS), header={68: 1}))
    struct.pack_into("<I", content, 1024 + 508, 1)

    with pytest.raises(UnreadableFile, match="is a broken workbook"):
        open_input(BytesIO(bytes(content)))


class Sealed:
    """A reader of workbooks that each have a password."""

    class PasswordError(Exception):
        """What it raises."""

    class CalamineWorkbook:
        """A workbook that it cannot open."""

        @staticmethod
        def from_path(path):
            """Ask for the password."""
            raise Sealed.PasswordError(path)


def test_the_reader_of_workbooks_may_ask_for_a_password(tmp_path, monkeypatch):
    """Then no other way in is tried."""
    path = tmp_path / "leads.xlsx"
    path.write_bytes(a_workbook(S=ROWS))
    monkeypatch.setattr(sheet_input, "import_module", lambda _: Sealed)

    with pytest.raises(UnreadableFile, match="is protected by a password"):
        open_input(path)


def test_a_number_that_never_ends_is_cut_after_its_most_bytes():
    """A damaged workbook may say of each byte that there is more."""
    assert binary_bounds._number(b"\xff" * 9, 0, most=4) == (0xFFFFFFF, 4)
