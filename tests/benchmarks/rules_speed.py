"""
What ten rules cost, against ten hand-written ``if``s that read the same facts on two values only.

Run it by hand: ``python tests/benchmarks/rules_speed.py``. Ratios of minima, measured in turns in
one process, so that neither the machine nor its other work matters much.
"""

from __future__ import annotations

import timeit
from contextlib import suppress
from datetime import UTC, datetime

import attrs

from salesfunnel.rules import field, rule_from_json, yes

AT = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS, CALLS = 300, 300

FLAT = {
    "need": True,
    "budget": True,
    "timing": False,
    "authority": True,
    "employees": 40,
    "country": "IR",
    "visits": 7,
    "source": "exhibition",
    "score": 55,
    "opens": 3,
}
ANSWERS = ("need", "budget", "timing", "authority")
NESTED = {
    "answers": {name: FLAT[name] for name in ANSWERS},
    "company": {name: fact for name, fact in FLAT.items() if name not in ANSWERS},
}
RULES = (
    *map(yes, ANSWERS),
    field("employees") <= 200,
    field("country").one_of("IR", "AM"),
    field("visits") >= 3,
    field("source").is_("exhibition"),
    field("score").between(10, 90),
    field("opens") > 2,
)
INSIDE = tuple(
    attrs.evolve(rule, path=f"{'answers' if rule.path in ANSWERS else 'company'}.{rule.path}")
    for rule in RULES
)
HOSTILE = {
    "deep": "[" * 400_000,
    "deep and closed": '{"format": "salesfunnel.rule", "version": 1, "rule": '
    + '["not", ' * 10_000
    + '["answered", "a"]'
    + "]" * 10_001,
    "wide": '["all"' + ', ["answered", "a"]' * 50_000 + "]",
    "as wide as may be": '{"format": "salesfunnel.rule", "version": 1, "rule": ["all"'
    + ', ["eq", "a", "b"]' * 900
    + "]}",
    "as many values as may be": "[" + "1," * 9_000 + "1]",
    "a long number": '{"format": "salesfunnel.rule", "version": ' + "9" * 900_000 + "}",
    "an exponent": '["le", "a", 1E+999999999]',
    "a long text": '["eq", "a", "' + "x" * 900_000 + '"]',
    "open texts": '"\\' * 450_000,
}


def by_hand(row):  # noqa: C901 - as many branches as there are facts
    """Add up ten points for each of ten facts, as one would without a library."""
    points = 0
    if row.get("need"):
        points += 10
    if row.get("budget"):
        points += 10
    if row.get("timing"):
        points += 10
    if row.get("authority"):
        points += 10
    if row.get("employees", 0) <= 200:
        points += 10
    if row.get("country") in ("IR", "AM"):
        points += 10
    if row.get("visits", 0) >= 3:
        points += 10
    if row.get("source") == "exhibition":
        points += 10
    if 10 <= row.get("score", 0) <= 90:
        points += 10
    if row.get("opens", 0) > 2:
        points += 10
    return points


def by_hand_inside(row):  # noqa: C901 - likewise
    """Add up the same from a row with two places in it."""
    points = 0
    if row["answers"].get("need"):
        points += 10
    if row["answers"].get("budget"):
        points += 10
    if row["answers"].get("timing"):
        points += 10
    if row["answers"].get("authority"):
        points += 10
    if row["company"].get("employees", 0) <= 200:
        points += 10
    if row["company"].get("country") in ("IR", "AM"):
        points += 10
    if row["company"].get("visits", 0) >= 3:
        points += 10
    if row["company"].get("source") == "exhibition":
        points += 10
    if 10 <= row["company"].get("score", 0) <= 90:
        points += 10
    if row["company"].get("opens", 0) > 2:
        points += 10
    return points


def adding(rules):
    """Make the function that adds up ten points for each rule that holds."""
    judges = [rule.compiled() for rule in rules]

    def add(row):
        points = 0
        for judge in judges:
            if judge(row, AT):
                points += 10
        return points

    return add


def measure(contenders):
    """Return the least microseconds of each contender, in turns."""
    times = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, call in contenders.items():
            times[name].append(timeit.timeit(call, number=CALLS) / CALLS * 1e6)
    return {name: min(each) for name, each in times.items()}


def hostile_milliseconds(text):
    """Return how long it takes to read or refuse a definition, at the best of five times."""

    def read():
        with suppress(ValueError):
            rule_from_json(text)

    return min(timeit.repeat(read, number=1, repeat=5)) * 1e3


def main():
    """Print the ratios, and the milliseconds of the hostile definitions."""
    ours, ours_inside = adding(RULES), adding(INSIDE)
    if not by_hand(FLAT) == by_hand_inside(NESTED) == ours(FLAT) == ours_inside(NESTED):
        raise SystemExit("the contenders disagree")
    unknown = {**FLAT, "need": None, "score": None}
    times = measure(
        {
            "by hand": lambda: by_hand(FLAT),
            "rules": lambda: ours(FLAT),
            "rules, two unknown": lambda: ours(unknown),
            "by hand, inside": lambda: by_hand_inside(NESTED),
            "rules, inside": lambda: ours_inside(NESTED),
        }
    )
    for name, time in times.items():
        base = times["by hand, inside" if "inside" in name else "by hand"]
        print(f"{name:24} {time:6.2f} us  {time / base:5.2f} x")
    for name, text in HOSTILE.items():
        print(f"{name:24} {hostile_milliseconds(text):6.1f} ms")


if __name__ == "__main__":
    main()
