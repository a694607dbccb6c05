"""Old Excel workbooks (.xls) and binary ones (.xlsb) for tests, written record by record."""

from __future__ import annotations

import io
import struct
import zipfile

SECTOR = 512
FREE, END, TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD


def a_compound_file(name, stream, *, table=None, **changed):
    """Write a disk with one stream; ``table`` and ``changed`` say otherwise what comes next."""
    stream = stream.ljust(8 * SECTOR, b"\0")  # shorter ones lie elsewhere
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    count = len(stream) // SECTOR
    tables = -(-(count + 1 + (count + 128) // 127) // 128)
    first = tables + 1  # behind the tables and the sector of entries
    following = [TABLE] * tables + [END] + [*range(first + 1, first + count), END]
    following += [FREE] * (tables * 128 - len(following))
    following = table(following) if table else following
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(SECTOR, b"\0"))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, tables)
    struct.pack_into("<I", header, 48, tables)  # where the entries are
    struct.pack_into("<IIIII", header, 56, 4096, END, 0, END, 0)
    struct.pack_into(f"<{tables}I", header, 76, *range(tables))
    header[76 + 4 * tables :] = b"\xff" * (SECTOR - 76 - 4 * tables)
    for place, value in changed.get("header", {}).items():
        struct.pack_into("<I", header, place, value)
    entries = _entry("Root Entry", 5, END, 0) + _entry(name, 2, first, len(stream))
    found = struct.pack(f"<{len(following)}I", *following)
    return bytes(header) + found + entries.ljust(SECTOR, b"\0") + stream


def _entry(name, kind, start, size):
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + b"\xff" * 12 + b"\0" * 36 + struct.pack("<IQ", start, size)


def record(kind, data=b""):
    """Write a record of an old workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def a_text(text):
    """Write a shared text."""
    wide = text.encode("utf-16-le")
    return struct.pack("<HB", len(wide) // 2, 1) + wide


def cells_of(rows, texts):
    """Write the cells of rows, of which texts are shared."""
    found = b""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                texts.append(cell)
                found += record(0xFD, place + struct.pack("<I", len(texts) - 1))
            else:
                found += record(0x203, place + struct.pack("<d", cell))
    return found


def a_stream(*rows, cells=None, texts=None, size=None, more=b"", sheets=1):
    """Write the stream of a workbook of one sheet, or of several that share its cells."""
    shared = []
    told = cells_of(rows, shared) if cells is None else cells
    shared = texts if texts is not None else shared
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    counts = struct.pack("<II", len(shared), len(shared))
    head = begin + more + record(0xFC, counts + b"".join(map(a_text, shared)))
    names = [f"S{number}".encode() for number in range(sheets)]
    above = len(head) + sum(12 + len(name) for name in names) + 4
    bounds = b"".join(
        record(0x85, struct.pack("<IBBBB", above, 0, 0, len(name), 0) + name) for name in names
    )
    dims = size or struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    sheet = begin + record(0x200, dims) + told + record(0x0A)
    return head + bounds + record(0x0A) + sheet


def an_old_workbook(*rows, **told):
    """Write a workbook as Excel did until 2003."""
    return a_compound_file("Workbook", a_stream(*rows, **told))


def _number(value):
    return bytes([value]) if value < 128 else bytes([value & 127 | 128, value >> 7])


def _long_number(value):
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def binary_record(kind, data=b""):
    """Write a record of a binary workbook."""
    return _number(kind) + _long_number(len(data)) + data


def a_wide_text(text):
    """Write a text with its length before it."""
    wide = text.encode("utf-16-le")
    return struct.pack("<I", len(wide) // 2) + wide


def binary_cells(rows, texts):
    """Write the cells of rows, of which texts are shared."""
    found = b""
    for row, cells in enumerate(rows):
        found += binary_record(0, struct.pack("<I", row).ljust(17, b"\0"))
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                texts.append(cell)
                found += binary_record(7, place + struct.pack("<I", len(texts) - 1))
            else:
                found += binary_record(5, place + struct.pack("<d", cell))
    return found


def a_binary_workbook(*rows, cells=None, texts=None):
    """Write a workbook as .xlsb has it."""
    shared = []
    told = binary_cells(rows, shared) if cells is None else cells
    shared = texts if texts is not None else shared
    sheet = (
        *(binary_record(0x81), binary_record(0x94, b"\0" * 16), binary_record(0x91)),
        *(told, binary_record(0x92), binary_record(0x82)),
    )
    items = (binary_record(0x13, b"\0" + a_wide_text(text)) for text in shared)
    counts = struct.pack("<II", len(shared), len(shared))
    named = struct.pack("<II", 0, 1) + a_wide_text("r1") + a_wide_text("S1")
    book = (
        *(binary_record(0x83), binary_record(0x8F), binary_record(0x9C, named)),
        *(binary_record(0x90), binary_record(0x84)),
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    texts_part = binary_record(0x9F, counts) + b"".join(items) + binary_record(0xA0)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.bin", b"".join(book))
        packed.writestr("xl/_rels/workbook.bin.rels", links)
        packed.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
        packed.writestr("xl/sharedStrings.bin", texts_part)
    return content.getvalue()
