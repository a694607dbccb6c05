"""The pages that name files name those that are there."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

import salesfunnel
from tests.architecture.source import FILES, station
from tests.architecture.test_layers import LINES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/explanation/architecture.md"
CHANGES = re.findall(r"^\| (a[n]? [^|]+) \|([^|]+)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
PLACE = re.compile(r"`((?:src|tests|docs)/[a-z_/.]+)`")
MAPS = {
    "README.md": (ROOT / "README.md").read_text("utf-8"),
    "architecture.md": PAGE.read_text("utf-8"),
    "the docstring of the package": textwrap.dedent(salesfunnel.__doc__),
}


def map_of(text: str) -> list[set[str]]:
    """Read the lines of the map that a text prints: the stations of each."""
    drawn = re.search(r"^ *errors  .*?(?=\n\n|\n```)", text, re.DOTALL | re.MULTILINE)[0]
    lines = []
    for line in textwrap.dedent(drawn).splitlines():
        beginning, _, rest = line.partition("  ")
        later = re.findall(r"\| (\w+)(?=  |$)", rest)
        lines.append({*beginning.split(" | "), *later})
    return lines


@pytest.mark.parametrize("where", MAPS)
def test_the_map_that_is_printed_is_true(where):
    """Each printed map has all stations that there are, in the order of the map."""
    there = {station(file) for file in FILES} - {"__init__", "__main__"}

    assert map_of(MAPS[where]) == [line & there for line in LINES if line & there]


@pytest.mark.parametrize(("change", "files"), CHANGES, ids=[change for change, _ in CHANGES])
def test_a_change_is_made_in_few_files(change, files):
    """Each change that a newcomer would make touches at most four files, all of them there."""
    named = PLACE.findall(files)

    assert len(named) <= 4, change
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_page_tells_of_many_changes():
    """The table of changes is read: all ten of them."""
    assert len(CHANGES) == 10


def test_each_law_is_where_the_table_says():
    """``tests/README.md`` names files that exist, and at least one for each station with laws."""
    named = set(PLACE.findall((ROOT / "tests/README.md").read_text("utf-8")))
    with_laws = {path.parent.name for path in ROOT.glob("tests/*/test_*_laws.py")}

    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert with_laws <= {Path(name).parent.name for name in named}
