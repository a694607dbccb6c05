"""
Finding duplicates, held to bars: ``python tests/benchmarks/duplicates.py [LEADS]``.

Prints how many of the pairs of Febrl, of names of firms and of made leads in four languages are
found, how long it takes against reading the same leads from a file (the middle of three), and how
much memory. Ends with 1 where a bar is missed. The lists
of names and Febrl are real files, which lie beside the repository.
"""

from __future__ import annotations

import csv
import gc
import io
import itertools
import sys
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from salesfunnel.duplicates import find_duplicates  # noqa: E402 - after the path
from salesfunnel.interop import read_leads  # noqa: E402
from tests.duplicates.company_names import judged_firms  # noqa: E402
from tests.duplicates.many_leads import (  # noqa: E402
    MONDAY,
    judged,
    many_leads,
    read_words,
    stream_of_leads,
)
from tests.duplicates.test_finding_laws import FEBRL_KEYS, f1_of, of_febrl  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
MOST_TIME, LEAST_PRECISION, LEAST_RECALL = 0.5, 0.98, 0.85
LEAST_FIRMS = 0.98
TIMES = 3
FEBRL = {1: 0.99, 3: 0.975}


def as_file(leads: list) -> io.StringIO:
    """Write leads as a list that people would keep."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["Id", "Name", "Company", "City", "Mobile", "Phone", "Email"])
    for lead in leads:
        points = {point.kind.value: point.text for point in lead.contact_points}
        city = lead.company.city if lead.company else ""
        texts = [points.get(kind, "") for kind in ("mobile", "phone", "email")]
        rows.writerow([lead.id, lead.person or "", lead.company or "", city, *texts])
    file.seek(0)
    return file


def main(count: int) -> int:
    """Print each figure with its bar, and tell whether one is missed."""
    missed = 0
    for number, bar in FEBRL.items():
        people = list(of_febrl(DATA, number))
        f1 = f1_of(find_duplicates(people, keys=FEBRL_KEYS).groups, people)
        print(f"Febrl {number}: F1 {f1:.4f} (at least {bar})")
        missed += f1 < bar
    precision, recall, wrong = judged_firms()
    print(f"names of firms: precision {precision:.3f}, recall {recall:.3f} (at least 0.98 each)")
    for kind, one, other in wrong:
        print(f"  {kind}: {one} | {other}")
    missed += precision < LEAST_FIRMS or recall < LEAST_FIRMS
    words = read_words(DATA / "word_lists")
    ratios = []
    for _ in range(TIMES):
        leads, pairs = many_leads(words, people=count * 7 // 10, leads=count)
        gc.collect()  # so that neither pays for what the other has left
        begin = time.process_time()
        found = find_duplicates(leads)
        took = time.process_time() - begin
        file = as_file(leads)
        gc.collect()
        begin = time.process_time()
        read = sum(1 for _ in read_leads(file, at=MONDAY))
        ratios.append(took / (time.process_time() - begin))
    precision, recall = judged(found.groups, pairs)
    print(f"{count:,} leads: precision {precision:.4f} (at least {LEAST_PRECISION})")
    print(f"{count:,} leads: recall {recall:.4f} (at least {LEAST_RECALL})")
    times = sorted(ratios)[TIMES // 2]
    told = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"finding / reading {read:,} leads: {times:.2f} of {told} (at most {MOST_TIME})")
    print(f"memory while {count:,} stream by: {memory(words, count):.0f} MiB")
    missed += (precision < LEAST_PRECISION) + (recall < LEAST_RECALL) + (times > MOST_TIME)
    return int(missed > 0)


def memory(words: dict, count: int) -> float:
    """Measure what finding holds at most of a stream of leads, its groups included."""
    _, stream = stream_of_leads(words, people=count * 7 // 10, leads=count)
    first = next(stream)
    tracemalloc.start()
    find_duplicates(itertools.chain([first], stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
