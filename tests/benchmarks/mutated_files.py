"""
Files that were damaged at random: each is a list, of which every row is told, or a sentence.

Run it with ``python -m tests.benchmarks.mutated_files [--files N] [--seed N]``. The seeds are good
exports, workbooks and JSON. What raised another error, or lost a row, is printed with its number.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from functools import cache

from salesfunnel.errors import SalesFunnelError
from salesfunnel.interop.inputs.sheet_input import PACKED
from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.opportunities import read_opportunities
from tests.interop.examples import MONDAY
from tests.interop.good_exports import GOOD
from tests.interop.workbooks import a_workbook, an_open_document, open_rows

MOSTLY = 0.7
LONGEST = 20.0
"""In seconds: what takes longer is a fault."""

SCRAPS = (
    *(b'"', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\x1a", b"\x1b[31m"),
    *(b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\x80", b"\xc3", b"\xe2\x80\xa8", b"\xe2\x80\xae"),
    *(b"{", b"}", b"[", b"]", b":", b"null", b"1e999", b"-", b"9" * 40, b"<", b"/>", b"PK\x03\x04"),
    *(b"Name", b"Stage", b"Email", b"Total", b"sep=;\n", b"2026-02-30", b"31/12/2025", b"9,5"),
    *(b"\xd8", b"=", b"\\"),
)


@cache
def seeds() -> tuple[bytes, ...]:
    """List files in which all is well, of every make."""
    texts = [export.written(export.rows()) for export in GOOD]
    lists = [[export.header, *export.rows()] for export in GOOD[:4]]
    books = [a_workbook(List=rows) for rows in lists]
    open_ones = [an_open_document(open_rows(*rows)) for rows in lists[:2]]
    objects = [[dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in lists]
    plain = [json.dumps(found, ensure_ascii=False).encode() for found in objects]
    lines = ["\n".join(map(json.dumps, found)).encode() for found in objects[:2]]
    wide = [text.decode("utf-8", "replace").encode("utf-16") for text in texts[:4]]
    return (*texts, *wide, *books, *open_ones, *plain, *lines)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to eight ways."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        size = len(found)
        first, second = sorted((chance.randint(0, size), chance.randint(0, size)))
        near = min(second, first + chance.choice((1, 3, 40)))
        what = chance.randrange(7)
        if what == 0:
            found[first:near] = chance.choice(SCRAPS)
        elif what == 1:
            found[first:first] = chance.choice(SCRAPS) * chance.choice((1, 1, 1, 50))
        elif what == 2:
            del found[first:near]
        elif what == 3:
            found[first:first] = found[first:near]
        elif what == 4 and chance.random() < 0.2:
            del found[second:]
        elif what == 5 and first < size:
            found[first] ^= 1 << chance.randrange(8)
        else:
            other = chance.choice(seeds())
            found[first:near] = other[: chance.choice((5, 60))]
    return bytes(found)


def damaged_within(content: bytes, chance: random.Random) -> bytes:
    """Damage one part of a workbook, and pack it again."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(changed, "w") as again:
        names = packed.namelist()
        wanted = chance.choice(names)
        for name in names:
            part = packed.read(name)
            again.writestr(name, damaged(part, chance) if name == wanted else part)
    return changed.getvalue()


def fault_of(content: bytes, reader: Callable[..., object]) -> str:
    """Say what is wrong with how a damaged file is read; nothing, where all is well."""
    began = time.process_time()
    try:
        numbers = [row.row for row in reader(io.BytesIO(content), at=MONDAY)]
    except SalesFunnelError as error:
        str(error)
        numbers = []
    except Exception:  # noqa: BLE001 - what is looked for
        return traceback.format_exc(limit=-3)
    if numbers != sorted(set(numbers)):
        return "rows are not accounted for once each, in their order"
    spent = time.process_time() - began
    return f"it took {spent:.1f} seconds" if spent > LONGEST else ""


def a_damaged_file(number: int, seed: int) -> tuple[bytes, Callable[..., object]]:
    """Make the damaged file of a number, and choose who reads it."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - no secret
    reader = chance.choice((read_leads, read_opportunities))
    seed_file = chance.choice(seeds())
    is_packed = seed_file.startswith(PACKED) and chance.random() < MOSTLY
    return (damaged_within if is_packed else damaged)(seed_file, chance), reader


def main() -> int:
    """Damage files, read them, and print what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    wrong = 0
    for number in range(options.files):
        if fault := fault_of(*a_damaged_file(number, options.seed)):
            wrong += 1
            print(f"file {number}: {fault}", flush=True)
    print(f"{options.files:,} damaged files, {wrong:,} of them raise another error or lose a row")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
