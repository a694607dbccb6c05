"""
One bad row in a good export, in tens of thousands of ways: no other row may change.

Run it with ``python -m tests.benchmarks.bad_rows [--ways N] [--seed N]``; without a number
all ways are tried. What changed another row, or had the file refused, is printed with its way.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Iterator
from functools import cache

from salesfunnel.errors import SalesFunnelError
from salesfunnel.interop.rows.row_outcomes import Accepted
from tests.interop.examples import MONDAY, ODD_CELLS
from tests.interop.good_exports import GOOD, NEW, Export

PLACES = (0, 4, 8)
CELLS = (
    *ODD_CELLS,
    *("31/12/2025", "12/31/2025", "2025/12/31", "05.06.2026", "9,5", "9.5", "1.234,5", "1,234.5"),
    *("N/A", "-", "null", "--None--", "Select", "Total", "0", "1", "-1", "1e999", "9121234567.0"),
    *("call me", "not-an-address", "https://x.example", "<b>", "{", "[1]", "sep=;", "\u2028"),
    *("\x1b[31m", "x" * 131_073, "9" * 5_000, "a@" * 500, "\ufeff", "é", "Open", "Won"),
    *("Closed Lost", "IRR", "€"),
)
LINES = (
    *(b"", b"\n", b"\r\n", b'"', b'"open note', b'a"b,"', b'""x""', b'x "quoted" y', b"\0"),
    *(b"\x1a", b",", b";", b"\t", b"," * 20, b";" * 20, b"a,b", b"a;b", b"a\tb", b"a|b"),
    *(b",".join([b"x"] * 40), b";".join([b"x"] * 40), b"sep=;", b"<html>", b'{"name": "x"}'),
    *(b"[", b"]", "Zo\xe9".encode("cp1252"), "Zoé".encode(), "سارا".encode("cp1256")),
    *("سارا".encode(), b"\xff\xfe", "Борис".encode("cp1251"), b"\xef\xbb\xbf", b"\x80\x81\x82"),
    *(b"Total,,,,900", b"x" * 1_100_000, b"-- end of report --", b"3 rows selected", b"# comment"),
    *(b"Name,Email,Phone", b"\x0c", b"\xc2\x85"),
)


def ways() -> Iterator[tuple[Export, int, list[str] | bytes]]:
    """List the ways: an export, where the bad row stands, and the row."""
    for export in GOOD:
        for place in PLACES:
            for column in range(len(export.header)):
                for cell in CELLS:
                    row = export.row(NEW)
                    row[column] = cell
                    yield export, place, row
            for line in LINES:
                yield export, place, line + b"\r\n"


@cache
def untouched(export: Export) -> list[object]:
    """Read the export without any bad row."""
    found = list(export.reader(io.BytesIO(export.written(export.rows())), at=MONDAY))
    assert all(isinstance(row, Accepted) for row in found), export.name
    return [(row.entity, row.notes) for row in found]


def changed_by(export: Export, place: int, bad: list[str] | bytes) -> str:
    """Say what a bad row does to the others; nothing, where all is well."""
    rows: list[list[str] | bytes] = [*export.rows()]
    rows.insert(place, bad)
    try:
        found = list(export.reader(io.BytesIO(export.written(rows)), at=MONDAY))
    except SalesFunnelError as error:
        return f"the file is refused: {error}"
    facts = [(row.entity, row.notes) for row in found if hasattr(row, "entity")]
    for fact in untouched(export):
        if fact not in facts:
            return "another row is changed"
    return ""


def main() -> int:
    """Try the ways, and print what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ways", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chosen = list(ways())
    if options.ways:
        chance = random.Random(options.seed)  # noqa: S311 - no secret
        chosen = chance.sample(chosen, options.ways)
    wrong = 0
    for export, place, bad in chosen:
        if problem := changed_by(export, place, bad):
            wrong += 1
            print(f"{export.name}, place {place}, {str(bad)[:150]}: {problem[:150]}")
    print(f"{len(chosen):,} ways, {wrong:,} of them change another row or have the file refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
