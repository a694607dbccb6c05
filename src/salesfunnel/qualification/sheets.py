"""
Tally sheets: plain rules of one kind are judged together, which is faster than one by one.

A sheet holds the rules that read one place of a lead, such as its answers. Where that place is a
dictionary, plain facts are judged here: yes and no, whole numbers, plain words. All others
are left to the rule itself, which always says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from ..rules.rule import Rule
from ..rules.texts import text_key
from ..rules.truth import Truth
from .criterion import Criterion
from .finding import Finding


class Row(NamedTuple):
    """
    A plain rule made ready: how to judge, what is found then, and the points gained or lost.

    >>> Row._fields[0]
    'place'
    """

    place: int
    judge: Callable[[Any, datetime], Truth]
    yes: Finding
    no: Finding
    unknown: Finding
    is_good: bool
    points: int


_Entry = tuple[str, Any, Row, int, int, Finding, Finding]


class Sheet(NamedTuple):
    """
    The rules that read one place of a lead, by kind; ``rest`` is judged one by one.

    >>> Sheet._fields[0]
    'way'
    """

    way: str | None
    yes_or_no: tuple[_Entry, ...]
    at_least: tuple[_Entry, ...]
    at_most: tuple[_Entry, ...]
    spelt: tuple[_Entry, ...]
    rest: tuple[Row, ...]
    rows: tuple[Row, ...]


def sheets(rows: Iterable[Row], criteria: tuple[Criterion, ...]) -> tuple[Sheet, ...]:
    """
    Sort rules into sheets, by the place that they read and by kind.

    >>> sheets([], ())
    ()
    """
    sorted_rows: dict[str | None, list[tuple[str, _Entry]]] = {}
    for row in rows:
        way, kind, entry = _sorted(row, criteria[row.place].rule)
        sorted_rows.setdefault(way, []).append((kind, entry))
    return tuple(_sheet(way, entries) for way, entries in sorted_rows.items())


def _sheet(way: str | None, entries: list[tuple[str, _Entry]]) -> Sheet:
    def of(kind: str) -> tuple[_Entry, ...]:
        return tuple(entry for its_kind, entry in entries if its_kind == kind)

    return Sheet(
        way,
        of("yes_or_no"),
        of("at_least"),
        of("at_most"),
        of("spelt"),
        rest=tuple(entry[2] for entry in of("rest")),
        rows=tuple(entry[2] for _, entry in entries),
    )


def _sorted(row: Row, rule: object) -> tuple[str | None, str, _Entry]:
    kind, operand, names = "rest", None, [""]
    if isinstance(rule, Rule) and row.is_good and rule.path.count(".") < _TWO_NAMES:
        kind, operand = _kind(rule)
        names = rule.path.split(".") if kind != "rest" else names
    way = names[0] if len(names) == _TWO_NAMES else None
    return way, kind, (names[-1], operand, row, row.place, row.points, row.yes, row.no)


_TWO_NAMES = 2


def _kind(rule: Rule) -> tuple[str, object]:
    operand = rule.operand
    options = operand if isinstance(operand, tuple) else (operand,)
    if rule.op == "eq" and operand is True:
        return "yes_or_no", None
    if rule.op in ("eq", "one_of") and all(type(option) is str for option in options):
        return "spelt", frozenset(map(text_key, map(str, options)))
    if type(operand) is int and rule.op in ("ge", "le"):
        return "at_least" if rule.op == "ge" else "at_most", operand
    return "rest", None


# One loop for each kind of rule, written out: a call for each rule would cost more than the rule.
def fill(  # noqa: C901, PLR0912, PLR0915
    filled: tuple[Sheet, ...],
    findings: list[Finding],
    lead: Any,  # noqa: ANN401 - a row will do as well
    at: datetime,
) -> tuple[int, int]:
    """
    Note each finding in its place, and return the points that are gained and those that are lost.

    >>> from datetime import UTC
    >>> fill((), [], {}, datetime(2026, 3, 2, tzinfo=UTC))
    (0, 0)
    """
    gained = lost = 0
    for sheet in filled:
        way, yes_or_no, at_least, at_most, spelt, rest, rows = sheet
        found = lead.get(way) if way and type(lead) is dict else lead
        if type(found) is not dict:
            odd = list(rows)
        else:
            odd, get = list(rest), found.get
            for name, _, row, place, points, yes, no in yes_or_no:
                fact = get(name)
                if fact is True:
                    gained += points
                    findings[place] = yes
                elif fact is False:
                    lost += points
                    findings[place] = no
                elif fact is not None:
                    odd.append(row)
            for name, least, row, place, points, yes, no in at_least:
                fact = get(name)
                if type(fact) is int:
                    if fact >= least:
                        gained += points
                        findings[place] = yes
                    else:
                        lost += points
                        findings[place] = no
                elif fact is not None:
                    odd.append(row)
            for name, most, row, place, points, yes, no in at_most:
                fact = get(name)
                if type(fact) is int:
                    if fact <= most:
                        gained += points
                        findings[place] = yes
                    else:
                        lost += points
                        findings[place] = no
                elif fact is not None:
                    odd.append(row)
            for name, keys, row, place, points, yes, no in spelt:
                fact = get(name)
                if type(fact) is str and fact.isascii() and fact.isalnum():
                    if fact.lower() in keys:
                        gained += points
                        findings[place] = yes
                    else:
                        lost += points
                        findings[place] = no
                elif fact is not None:
                    odd.append(row)
        for place, judge, yes, no, _, is_good, points in odd:
            truth = judge(lead, at)
            if truth is not None:
                findings[place] = yes if truth else no
                if truth is is_good:
                    gained += points
                else:
                    lost += points
    return gained, lost
