"""
What judging a lead costs, against ten hand-written ``if``s on two values only.

Run it by hand: ``python tests/benchmarks/qualification_speed.py``. Ratios of minima, measured in
turns in one process. The leads are mixed: some facts of some are unknown.
"""

from __future__ import annotations

import random
import timeit
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime

from salesfunnel.errors import InvalidDefinition
from salesfunnel.qualification import Criterion, Scorecard, policy_from_json
from salesfunnel.rules import field, yes

AT = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS, LEADS, STREAMED = 60, 200, 1_000_000

POLICY = Scorecard(
    "ten criteria",
    criteria=[
        Criterion("need", yes("need"), weight=20, must=True),
        Criterion("budget", field("budget") >= 50_000, weight=20),
        Criterion("timing", field("timing") <= 90, weight=15),
        Criterion("authority", yes("authority"), weight=10),
        Criterion("size", field("employees") <= 200, weight=10),
        Criterion("country", field("country").is_("IR"), weight=5),
        Criterion("industry", field("industry").one_of("retail", "health"), weight=5),
        Criterion("visits", field("visits") >= 3, weight=5),
        Criterion("opened", field("opened") >= 2, weight=5),
        Criterion("demo", yes("demo"), weight=5),
    ],
    bar=70,
)
HEAD = '{"format": "salesfunnel.policy", "version": 1, "name": "x", "bar": 1, "criteria": '
ONE = '{"name": "n%d", "rule": ["answered", "a"], "weight": 1}'
HOSTILE = {
    "10,000 deep": HEAD + "[" * 10_000,
    "10,000 deep, closed": HEAD + "[" * 10_000 + "]" * 10_000 + "}",
    "a million criteria": HEAD + "[" + ",".join([ONE % 1] * 1_000_000) + "]}",
    "200 criteria": HEAD + "[" + ",".join(ONE % n for n in range(200)) + "]}",
    "201 criteria": HEAD + "[" + ",".join(ONE % n for n in range(201)) + "]}",
    "a huge number": HEAD.replace('"bar": 1', '"bar": ' + "9" * 100_000) + "[]}",
    "an exponent": HEAD.replace('"bar": 1', '"bar": 1e999999999') + "[]}",
    "not a number": HEAD.replace('"bar": 1', '"bar": NaN') + "[]}",
    "a private path": HEAD + '[{"name": "n", "rule": ["answered", "__class__.__mro__"]}]}',
    "a long name": HEAD + '[{"name": "' + "x" * 900_000 + '", "rule": ["answered", "a"]}]}',
}


def by_hand(lead):  # noqa: C901 - as many branches as there are facts
    """Add up points as one would without a library; an unknown counts as no."""
    points = 0
    if lead.get("need"):
        points += 20
    if lead.get("budget", 0) >= 50_000:
        points += 20
    if lead.get("timing", 999) <= 90:
        points += 15
    if lead.get("authority"):
        points += 10
    if lead.get("employees", 999) <= 200:
        points += 10
    if lead.get("country") == "IR":
        points += 5
    if lead.get("industry") in ("retail", "health"):
        points += 5
    if lead.get("visits", 0) >= 3:
        points += 5
    if lead.get("opened", 0) >= 2:
        points += 5
    if lead.get("demo"):
        points += 5
    return points >= 70


def a_lead(lots):
    """Draw a lead of whom each fact is known four times out of five."""
    facts = {
        "need": lots.random() < 0.8,
        "budget": lots.randrange(20_000, 200_000),
        "timing": lots.randrange(180),
        "authority": lots.random() < 0.5,
        "employees": lots.randrange(1, 400),
        "country": lots.choice(["IR", "AM", "FR"]),
        "industry": lots.choice(["retail", "health", "bank"]),
        "visits": lots.randrange(8),
        "opened": lots.randrange(6),
        "demo": lots.random() < 0.4,
    }
    return {name: fact for name, fact in facts.items() if lots.random() < 0.8}


def measure(contenders, leads):
    """Return the least microseconds for one lead of each contender, in turns."""

    def run(judge):
        for lead in leads:
            judge(lead)

    times = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, judge in contenders.items():
            seconds = timeit.timeit(lambda judge=judge: run(judge), number=1)
            times[name].append(seconds / len(leads) * 1e6)
    return {name: min(each) for name, each in times.items()}


def stream(lots):
    """Give the same few leads time and again, as a file would, a million of them."""
    few = [a_lead(lots) for _ in range(1000)]
    for number in range(STREAMED):
        yield few[number % 1000]


def streamed_kilobytes(lots):
    """Return the most memory that judging a stream of leads took beyond its beginning."""
    tracemalloc.start()
    start = tracemalloc.get_traced_memory()[0]
    for lead in stream(lots):
        POLICY.verdict(lead, at=AT)
    most = tracemalloc.get_traced_memory()[1] - start
    tracemalloc.stop()
    return most / 1024


def milliseconds(text):
    """Return how long it takes to read or refuse a definition, at the best of three times."""

    def read():
        with suppress(InvalidDefinition):
            policy_from_json(text)

    return min(timeit.repeat(read, number=1, repeat=3)) * 1e3


def first_milliseconds():
    """Return how long a scorecard of 200 criteria takes to be made, and to judge a first lead."""

    def judge():
        many = [Criterion(f"n{n}", field(f"a.b{n}") <= n, weight=n + 1) for n in range(200)]
        Scorecard("many", criteria=many, bar=1).assess({}, at=AT)

    return min(timeit.repeat(judge, number=1, repeat=5)) * 1e3


def main():
    """Print the ratios, the milliseconds of hostile definitions, and the memory of a stream."""
    lots = random.Random(1)  # noqa: S311 - no secret
    leads = [a_lead(lots) for _ in range(LEADS)]
    times = measure(
        {
            "by hand": by_hand,
            "verdict": lambda lead: POLICY.verdict(lead, at=AT),
            "score and findings": lambda lead: POLICY.score(lead, at=AT),
            "assessment": lambda lead: POLICY.assess(lead, at=AT),
            "its questions": lambda lead: POLICY.assess(lead, at=AT).next_questions,
        },
        leads,
    )
    for name, time in times.items():
        print(f"{name:24} {time:6.2f} us  {time / times['by hand']:6.2f} x")
    for name, text in HOSTILE.items():
        print(f"{name:24} {milliseconds(text):6.1f} ms")
    print(f"200, made and judged     {first_milliseconds():6.1f} ms")
    print(f"a million leads          {streamed_kilobytes(lots):6.0f} KB")


if __name__ == "__main__":
    main()
