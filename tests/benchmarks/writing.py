"""
How fast leads become rows, held to a bar: ``python tests/benchmarks/writing.py``.

100,000 leads, as `read_leads` makes them of a list of fifteen columns, are written to CSV by
`write_leads`; ``csv.writer`` writes the very same rows, which it finds ready. Both take turns in
one process, and processor time counts. Beside it, without a bar: leads with a history, of which
each row is read back, and the columns of another system.
"""

from __future__ import annotations

import csv
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from reading import a_list

from salesfunnel.interop import read_leads
from salesfunnel.interop.writing.written_leads import write_leads
from salesfunnel.leads import Lead

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEADS, ROUNDS, BAR = 100_000, 3, 6


def by_hand(rows: list[list[str]], target: Path) -> None:
    """Write ready rows as anybody would."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def seconds(*contenders: Callable[[], object]) -> list[float]:
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


def rows_of(path: Path) -> list[list[str]]:
    """Read the rows that were written, to be written by hand."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def figures(folder: Path, leads: list[Lead]) -> Iterator[tuple[str, float, float]]:
    """Measure by each mapping: what, how often the time by hand, and microseconds a row."""
    target = folder / "written.csv"
    gc.freeze()
    for mapping in (None, "vtiger", "salesforce"):
        write_leads(leads, target, mapping=mapping)
        rows = rows_of(target)
        ours, theirs = seconds(
            partial(write_leads, leads, target, mapping=mapping),
            partial(by_hand, rows, folder / "by_hand.csv"),
        )
        yield f"by {mapping or 'our own columns'}", ours / theirs, ours / len(leads) * 1e6
    called = [lead.log("call", at=MONDAY + timedelta(days=1)) for lead in leads[: LEADS // 10]]
    rows = rows_of(target)[: len(called)]
    ours, theirs = seconds(
        partial(write_leads, called, target, mapping="vtiger"),
        partial(by_hand, rows, folder / "by_hand.csv"),
    )
    yield "with a history, each row read back", ours / theirs, ours / len(called) * 1e6


def main() -> int:
    """Print the table, and say by the status whether the bar is met."""
    with tempfile.TemporaryDirectory() as folder:
        path = a_list(Path(folder, "leads.csv"), LEADS)
        leads = list(read_leads(path, at=MONDAY).entities())
        found = list(figures(Path(folder), leads))
    for what, ratio, micro in found:
        print(f"{ratio:6.1f} x csv.writer, {micro:6.1f} microseconds a lead: {what}")
    most = max(ratio for what, ratio, _ in found if what.startswith("by "))
    print(f"bar: {LEADS:,} leads within {BAR} x: {'met' if most <= BAR else 'MISSED'}")
    return most > BAR


if __name__ == "__main__":
    sys.exit(main())
