"""Exports of leads and deals in which all is well, and two lists of one's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.opportunities import read_opportunities

EXPORTS = Path(__file__).parent / "exports"
NAMES = ("Sara", "Ani", "Zoé", "Aram", "Reza", "Léa", "Maryam", "Tigran", "Nora")
NEW = 99
"""The number of a row that is not among the good ones."""

_FRENCH = (
    ("Affaire", "Client", "Étape", "Montant", "Devise", "Date de création", "Date de clôture"),
    ("7", "Société Générale", "Proposition", "1 234,50", "EUR", "25/01/2026", ""),
    ("7", "Énergie", "Gagné", "9,5", "EUR", "05/01/2026", "28/02/2026"),
    ("7", "Hélène", "Perdu", "12 500,25", "EUR", "31/01/2026", "28/02/2026"),
)
_PERSIAN = (
    ("کد", "نام", "شرکت", "تلفن همراه", "ایمیل", "شهر"),
    ("7", "Sara", "پارس", "09121234567", "s@n.example", "تهران"),
    ("7", "Sara", "نوین تجارت", "09121234567", "s@n.example", "اصفهان"),
)


@attrs.frozen
class Export:
    """One of them: its rows, and how it is written."""

    name: str
    reader: Callable[..., Any]
    header: tuple[str, ...]
    base: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    encoding: str = "utf-8"

    def row(self, number: int) -> list[str]:
        """Make one of its rows, of which no two are about the same."""
        name = f"{NAMES[number % len(NAMES)]} {number}"
        first, *others = self.base[number % len(self.base)]
        assert first
        new = {"Sara": name, "Ani": name, "A": name, "B": name, "C": name}
        address = f"person{number}@n.example"
        new |= {"s@n.example": address, "a@m.example": address}
        new["09121234567"] = f"0912{number:07}"
        day = "25" if number % 2 else "05"
        cells = [new.get(cell, cell.replace("Sara Ahmadi", name)) for cell in others]
        dated = [cell.replace("1/5/2026", f"1/{day}/2026") for cell in cells]
        return [str(number), *(cell.replace("01/05/2026", f"01/{day}/2026") for cell in dated)]

    def rows(self) -> list[list[str]]:
        """Give its good rows."""
        return [self.row(number) for number in range(10, 18)]

    def written(self, lines: Iterable[list[str] | bytes]) -> bytes:
        """Write rows below the header, and lines of another make as they are."""
        content = [self._line(self.header)]
        content += [line if isinstance(line, bytes) else self._line(line) for line in lines]
        return b"".join(content)

    def _line(self, cells: Iterable[str]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.delimiter).writerow(cells)
        return text.getvalue().encode(self.encoding, "replace")


def _exported(path: Path, number: int) -> Export:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = (tuple(row) for row in csv.reader(file, delimiter="|"))
    reader = read_leads if path.stem.endswith("leads") else read_opportunities
    return Export(path.stem, reader, header, tuple(rows), delimiter=",;\t"[number % 3])


_LISTS = sorted([*EXPORTS.glob("*_leads.csv"), *EXPORTS.glob("*_deals.csv")])
GOOD = (
    *(_exported(path, number) for number, path in enumerate(_LISTS)),
    Export("french_deals", read_opportunities, _FRENCH[0], _FRENCH[1:], ";", "cp1252"),
    Export("persian_leads", read_leads, _PERSIAN[0], _PERSIAN[1:], ",", "cp1256"),
)
