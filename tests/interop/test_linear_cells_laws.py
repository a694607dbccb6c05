"""The cost of a cell grows as its length does: what patterns see is short, or they are simple."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from contextlib import contextmanager
from re import _parser

import pytest

import salesfunnel.interop
import salesfunnel.values
from salesfunnel.interop import read_leads, read_opportunities
from tests.interop.examples import MONDAY, a_list

LONGEST_SEEN = 4_096
"""In letters: what a pattern may see that can run along more than a few letters."""

FEW = 16
SIMPLE = {"MAX_REPEAT", "POSSESSIVE_REPEAT", "MIN_REPEAT"}
# They run along a cell once, since they never go back: ruled by `*+`, or at its beginning.
NEVER_GO_BACK = {"formula_guard._FORMULA"}

HEADERS = {
    "lead": (
        "Id,Name,First Name,Job title,Company,Employees,Revenue,Currency,Industry,City,Country,"
        "Email,Phone,Mobile,Source,Stage,Date,Converted,Reason,Need,Note"
    ),
    "opportunity": (
        "Deal ID,Name,Account,Stage,Amount,Currency,Probability,Expected Close,Closed,Reason,"
        "Competitor,Source,Note"
    ),
}
READERS = {"lead": read_leads, "opportunity": read_opportunities}
CELLS = {
    "blanks": "+98{}1",
    "digits": "1{}",
    "letters": "{}@novin.example",
    "points": "1{}5",
    "commas": "{}",
    "breaks": "Sara{}Ahmadi",
    "brackets": "Sara {}",
    "persian": "سارا{}",
    "apostrophes": "O{}Brien",
}
PIECES = {
    "blanks": " ",
    "digits": "1",
    "letters": "a",
    "points": ".1",
    "commas": ",1",
    "breaks": " \u2028 ",
    "brackets": "(1",
    "persian": "می‌خواهد ",
    "apostrophes": "'",
}


class Watched:
    """A pattern that notes how long the longest text is that it was asked about."""

    def __init__(self, pattern):
        """Stand for a pattern."""
        self.pattern = pattern
        self.longest = 0

    def __getattr__(self, name):
        """Do what the pattern does; the text is the last of what it is given."""
        does = getattr(self.pattern, name)
        if not callable(does):
            return does

        def act(*given, **more):
            self.longest = max(self.longest, *(len(text) for text in given))
            return does(*given, **more)

        return act


def modules():
    """Import every file of values and interop, and name it."""
    for package in (salesfunnel.interop, salesfunnel.values):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield found.name.rpartition(".")[2], importlib.import_module(found.name)


def is_simple(pattern):
    """Tell whether a pattern matches a few letters, or a run of one class of letters."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    if parsed.getwidth()[1] <= FEW:
        return True
    [(operator, given)] = parsed if len(parsed) == 1 else [(None, None)]
    return str(operator) in SIMPLE and [str(what) for what, _ in given[2]] in (["IN"], ["LITERAL"])


@contextmanager
def watched_patterns(monkeypatch):
    """Put a watch on every pattern of values and interop."""
    watches = {}
    for name, module in modules():
        for attribute, pattern in vars(module).copy().items():
            if isinstance(pattern, re.Pattern):
                watches[f"{name}.{attribute}"] = Watched(pattern)
                monkeypatch.setattr(module, attribute, watches[f"{name}.{attribute}"])
    yield watches


def rows_with(text, columns):
    """Write a row for each column, in which the text stands there and a 1 in all others."""
    return [[text if n == place else "1" for n in range(columns)] for place in range(columns)]


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("cell", CELLS)
def test_a_pattern_sees_short_texts_or_is_simple(tmp_path, monkeypatch, kind, cell):
    """However long a cell is, a pattern that might go over it again and again sees little of it."""
    header = HEADERS[kind].split(",")
    text = CELLS[cell].format(PIECES[cell] * (100_000 // len(PIECES[cell])))
    path = a_list(tmp_path, [header, *rows_with(text, len(header))])
    with watched_patterns(monkeypatch) as watches:
        found = list(READERS[kind](path, at=MONDAY))

    assert len(found) == len(header)
    assert len(watches) > 30
    assert {
        name: watch.longest
        for name, watch in watches.items()
        if watch.longest > LONGEST_SEEN and not is_simple(watch.pattern)
    }.keys() <= NEVER_GO_BACK


def test_a_watch_sees_what_it_should():
    """A pattern that goes back is not simple, and one class is."""
    assert not is_simple(re.compile(r"\s*[,;]\s*"))
    assert not is_simple(re.compile(r"(a|b)+c"))
    assert is_simple(re.compile(r"[,;\s]+"))
    assert is_simple(re.compile(r"\d{5}|@\w"))


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("cell", CELLS)
def test_ten_times_as_long_a_cell_takes_at_most_fifteen_times_as_many_steps(tmp_path, kind, cell):
    """The lines of Python that are run for a row are counted, not its time."""
    header = HEADERS[kind].split(",")
    steps = []
    for length in (2_000, 20_000):
        text = CELLS[cell].format(PIECES[cell] * (length // len(PIECES[cell])))
        path = a_list(tmp_path, [header, *rows_with(text, len(header))])
        reading = READERS[kind](path, at=MONDAY)
        steps.append(counted(lambda reading=reading: list(reading)))

    assert steps[1] <= 15 * steps[0]


def counted(act):
    """Count the lines that are run while something is done."""
    steps = 0

    def trace(_frame, event, _argument):
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return steps
