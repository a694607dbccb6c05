"""
How fast rows become leads, held to bars: ``python tests/benchmarks/reading.py``.

A list of fifteen columns is read by `read_leads`, by a careful reader written by hand, and by
pandas with a pydantic model (which have to be installed); all take turns in one process, and
processor time counts. Beside that: how much a long note slows its row, how the cost of a cell grows
with its length, and, with ``--million``, the memory of a million rows.
"""

from __future__ import annotations

import csv
import gc
import re
import statistics
import sys
import tempfile
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import stream_memory

from salesfunnel.interop import Accepted, read_leads

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROUNDS, ROWS = 7, 5_000
HEADER = (
    "Name,Job title,Company,Employees,Industry,City,Country,Email,Phone,Source,Date,"
    "Need,Budget,Timing,Note"
)
NAMES = ("Sara Ahmadi", "سارا احمدی", "Ani Petrosyan", "Zoé Dupont", "علی رضایی")
COMPANIES = ("Novin Tejarat", "شرکت نوین تجارت", "Ararat Trade LLC", "Société Dupont")
SOURCES = ("exhibition", "Web", "referral", "نمایشگاه")
ANSWERS = ("yes", "no", "", "بله", "oui")


def a_list(path: Path, rows: int = ROWS, *, note: str = "saw the demo") -> Path:
    """Write a list of so many leads, no two alike, in the words of four languages."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEADER}\n")
        for n in range(rows):
            need, budget, timing = (ANSWERS[n // step % 5] for step in (1, 5, 25))
            file.write(
                f"{NAMES[n % 5]} {n},buyer,{COMPANIES[n % 4]} {n // 3},{n % 900},Trade,Tehran,Iran,"
                f"s{n}@novin{n // 3}.example,+98 21 {n:08},{SOURCES[n % 4]},"
                f"2025-0{n % 9 + 1}-1{n % 9},{need},{budget},{timing},{note} {n}\n"
            )
    return path


def ours(path: Path) -> None:
    """Read a list by the library."""
    for row in read_leads(path, at=MONDAY):
        assert isinstance(row, Accepted), row


# --- a careful reader by hand --------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Captured:
    """The event of a lead that came in."""

    at: datetime
    id: str
    fields: dict[str, Any]


@attrs.frozen(kw_only=True)
class Answered:
    """The event of a question that was answered."""

    at: datetime
    question: str
    answer: bool | None


@attrs.frozen(kw_only=True)
class HandLead:
    """A lead with its history."""

    id: str
    person: str
    company: str
    email: str
    phone: str
    employees: int | None
    source: str
    details: dict[str, str]
    answers: dict[str, bool | None]
    timeline: tuple[Captured | Answered, ...]


TRUTHS = {
    **dict.fromkeys(("yes", "y", "oui", "true", "1", "بله", "այո"), True),
    **dict.fromkeys(("no", "n", "non", "false", "0", "خیر", "ոչ"), False),
}
KNOWN_SOURCES = {"exhibition": "exhibition", "web": "web", "referral": "referral"} | {
    "نمایشگاه": "exhibition"
}
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+")
FORBIDDEN = {"Cc", "Cs", "Co", "Zl", "Zp"}
LETTERS = str.maketrans("يكة", "یکه")


def checked(text: str) -> str:
    """Let in what can be stored and shown."""
    text = text.strip()
    if len(text) > 500:
        raise ValueError(text)
    if not text.isprintable() and any(unicodedata.category(c) in FORBIDDEN for c in text):
        raise ValueError(text)
    return text


def folded(text: str) -> str:
    """Make what is the same in every spelling."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join(sorted(text.split()))


def by_hand(path: Path) -> None:
    """Read a list as a careful colleague would, without a library."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file, strict=True), start=2):
            hand_lead(number, cells)


def hand_lead(number: int, cells: dict[str, str]) -> HandLead:
    """Make a lead of a row, with a content id and its events."""
    if None in cells or None in cells.values():
        raise ValueError(number)
    row = {name: checked(text) for name, text in cells.items()}
    email = row["Email"].casefold()
    if email and not EMAIL.fullmatch(email):
        raise ValueError(number)
    phone = "".join(filter(str.isdecimal, row["Phone"]))
    key = "|".join((email, phone, folded(row["Name"]), folded(row["Company"])))
    lead_id = str(uuid.uuid5(uuid.NAMESPACE_URL, key))
    at = MONDAY
    if row["Date"]:
        at = datetime.combine(date.fromisoformat(row["Date"]), datetime.min.time(), UTC)
    asked = {name.lower(): row[name] for name in ("Need", "Budget", "Timing")}
    answers = {question: TRUTHS[text.casefold()] for question, text in asked.items() if text}
    details = {"note": row["Note"]} if row["Note"] else {}
    captured = Captured(at=at, id=lead_id, fields=dict(row))
    events = [Answered(at=at, question=name, answer=said) for name, said in answers.items()]
    return HandLead(
        id=lead_id,
        person=row["Name"],
        company=row["Company"],
        email=email,
        phone=phone,
        employees=int(row["Employees"]) if row["Employees"] else None,
        source=KNOWN_SOURCES.get(row["Source"].casefold(), "other"),
        details=details,
        answers=answers,
        timeline=(captured, *events),
    )


# --- pandas and a pydantic model -----------------------------------------------------------------


def by_pandas() -> Callable[[Path], None]:
    """Make a reader of pandas and pydantic, which may be missing; it checks what the other does."""
    import pandas as pd
    from pydantic import BaseModel, field_validator

    class Row(BaseModel):
        name: str
        job_title: str
        company: str
        employees: int | None
        industry: str
        city: str
        country: str
        email: str
        phone: str
        source: str
        date: date
        need: bool | None
        budget: bool | None
        timing: bool | None
        note: str

        @field_validator("need", "budget", "timing", mode="before")
        @classmethod
        def truth(cls, text: str) -> bool | None:
            return TRUTHS[text.casefold()] if text else None

        @field_validator("email")
        @classmethod
        def address(cls, text: str) -> str:
            if not EMAIL.fullmatch(text):
                raise ValueError(text)
            return text

        @field_validator("*", mode="before")  # the last to be defined is the first to be asked
        @classmethod
        def line(cls, text: str) -> str:
            return checked(text)

    def read(path: Path) -> None:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.columns = [name.lower().replace(" ", "_") for name in frame.columns]
        for row in frame.to_dict("records"):
            Row(**row)

    return read


# --- the table -----------------------------------------------------------------------------------


def seconds(*contenders: Callable[[], None]) -> list[float]:
    """Let the contenders take turns, and return the median of the processor time of each."""
    times: list[list[float]] = [[] for _ in contenders]
    for turn in range(ROUNDS + 1):
        for contender, found in zip(contenders, times, strict=True):
            gc.collect()
            began = time.process_time()
            contender()
            if turn:  # the first turn loads what is loaded lazily
                found.append(time.process_time() - began)
    return [statistics.median(found) for found in times]


NOTE = "از نمایش محصول بازدید کرد و می‌خواهد پیشنهاد بگیرد. " * 40
LONG_CELLS = {
    "blanks in a phone": ("Name,Phone", "Sara,+98{}21"),
    "digits in a phone": ("Name,Phone", "Sara,{}1"),
    "letters in an e-mail": ("Name,Email", "Sara,{}@a.example"),
    "lines in a name": ("Name,Email", '"Sara{}Ahmadi",s@a.example'),
    "letters in an amount": ("Name,Company,Revenue", "Sara,Novin,9{}"),
    "digits in a head count": ("Name,Company,Employees", "Sara,Novin,{}"),
    "letters in a date": ("Name,Date", "Sara,1{}"),
    "letters in a source": ("Name,Source", "Sara,{}"),
    "a note": ("Name,Note", "Sara,{}"),
}
PIECES = {
    "blanks": " ",
    "digits": "1",
    "lines": "Novin Tejarat, second floor, Tehran \n",
    "letters": "a.",
    "a note": "می‌خواهد ",
}
BASE, TIMES = 10_000, 10


def growth(folder: Path) -> Iterator[tuple[str, float]]:
    """Tell for each kind of long cell how much longer one takes that is ten times as long."""
    for what, (header, row) in LONG_CELLS.items():
        piece = PIECES[what if what in PIECES else what.partition(" ")[0]]
        paths = []
        for length in (BASE, BASE * TIMES):
            path = folder / f"{length}.csv"
            cell = row.format((piece * length)[:length])
            path.write_text(f"{header}\n" + f"{cell}\n" * 3, encoding="utf-8")
            paths.append(path)
        short, long = seconds(
            *(lambda path=path: list(read_leads(path, at=MONDAY)) for path in paths)
        )
        yield what, long / short


def figures(folder: Path) -> Iterator[tuple[str, float, str, float]]:
    """Measure: what, the bar, whether it is the most or the least, and the figure."""
    path = a_list(folder / "leads.csv")
    theirs = [("a reader by hand", 0.35, partial(by_hand, path))]
    if all(map(find_spec, ("pandas", "pydantic"))):
        theirs.append(("pandas and pydantic", 0.4, partial(by_pandas(), path)))
    mine, *others = seconds(partial(ours, path), *(read for _, _, read in theirs))
    print(f"a row takes {mine / ROWS * 1e6:.0f} microseconds here")
    for (what, bar, _), other in zip(theirs, others, strict=True):
        yield f"speed against {what}", bar, "least", other / mine
    noted = a_list(folder / "noted.csv", note=NOTE)
    long, short = seconds(partial(ours, noted), partial(ours, path))
    yield "a row with a note of 2 KB against one without", 1.5, "most", long / short
    for what, ratio in growth(folder):
        yield f"ten times {what}", 15, "most", ratio
    if "--million" in sys.argv:
        million = stream_memory.a_list(folder / "million.csv", 1_000_000)
        yield "MiB of a million rows", 45, "most", stream_memory.measured(million)[0]


def main() -> int:
    """Print the table, and say by the status whether every bar is met."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for what, bar, side, figure in figures(Path(folder)):
            is_missed = figure > bar if side == "most" else figure < bar
            missed += is_missed
            word = "  MISSED" if is_missed else ""
            print(f"{what:48}{figure:9.3f}  at {side} {bar:g}{word}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
