"""
What saving and loading costs, held to bars: ``python tests/benchmarks/storage.py``.

The measure is `json.loads` of the same document: what any program pays that reads it at all. It
ends with status 1 where a bar is missed, and is run by hand.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs

from salesfunnel import BANT, Lead
from salesfunnel.activities import ActivityLogged, plan_step
from salesfunnel.qualification import QuestionAnswered
from salesfunnel.storage import from_data, from_json, to_data, to_json

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROUNDS = 41


def lead_of_ten() -> Lead:
    """Take a lead from the fair to its qualification, as README does, in ten events."""
    days = (MONDAY + timedelta(days=n, hours=n % 5) for n in range(9))
    lead = Lead.capture(
        person="Sara Ahmadi",
        company="Novin Tejarat",
        email="sara@novin.example",
        source="exhibition",
        at=next(days),
    )
    lead = lead.log("call", inbound=True, note="asked for a demo", at=next(days))
    lead = lead.answer("need", True, at=next(days))
    lead = lead.answer("budget", True, note="approved", at=next(days))
    lead = lead.answer("timing", True, at=next(days))
    lead = lead.assign("Ani", at=next(days))
    lead = plan_step(lead, "meeting", due=date(2026, 3, 19), at=next(days))
    lead = lead.log("email", reached=True, note="sent the offer", at=next(days))
    lead = lead.qualify(BANT, at=next(days))
    assert len(lead.timeline) == 10
    return lead


def lead_of(events: int) -> Lead:
    """Repeat what happens to a lead: calls, answers, steps, owners."""
    lead = lead_of_ten()
    usual = [event for event in lead.timeline if type(event) in (ActivityLogged, QuestionAnswered)]
    copies = [
        attrs.evolve(usual[n % len(usual)], at=MONDAY + timedelta(days=30, hours=n))
        for n in range(events - 10)
    ]
    return Lead.replay([*lead.timeline, *copies])


def times_as_long(ours: Callable[[], object], text: str) -> float:
    """
    Return how many times as long a call takes as `json.loads` of a document.

    Both take turns, and the fastest call of each counts, since a busy machine only adds to it. The
    garbage collector rests, as in `timeit`.
    """
    contenders = (ours, lambda: json.loads(text))
    fastest = [float("inf"), float("inf")]
    calls = [max(5, int(0.02 / seconds(call))) for call in contenders]
    for _ in range(ROUNDS):
        gc.collect(0)
        gc.disable()
        for place, call in enumerate(contenders):
            fastest[place] = min(fastest[place], *(seconds(call) for _ in range(calls[place])))
        gc.enable()
    return fastest[0] / fastest[1]


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def main() -> int:
    """Print the table, and say by the status whether every bar is met."""
    ten, long = lead_of_ten(), lead_of(10_000)
    data, text = to_data(ten), to_json(ten)
    long_data, long_text = to_data(long), to_json(long)
    rows: list[tuple[str, float, float | None]] = [
        ("dump of ten events", times_as_long(lambda: to_data(ten), text), 4),
        ("load of ten events", times_as_long(lambda: from_data(data), text), 12),
        ("load of 10,000 events", times_as_long(lambda: from_data(long_data), long_text), 10),
        ("characters an event, of ten", len(text) / 10, 160),
        ("characters an event, of 10,000", len(long_text) / 10_000, 160),
        ("ten events to JSON", times_as_long(lambda: to_json(ten), text), None),
        ("ten events from JSON", times_as_long(lambda: from_json(text), text), None),
        ("replay of ten events", times_as_long(lambda: Lead.replay(ten.timeline), text), None),
        (
            "replay of 10,000 events",
            times_as_long(lambda: Lead.replay(long.timeline), long_text),
            None,
        ),
    ]
    missed = 0
    print(f"{'against json.loads of its document':40}{'measured':>10}{'at most':>10}")
    for what, measured, bar in rows:
        is_missed = bar is not None and measured > bar
        missed += is_missed
        wanted = "" if bar is None else f"{bar:10.0f}"
        print(f"{what:40}{measured:10.2f}{wanted}{'  MISSED' if is_missed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
