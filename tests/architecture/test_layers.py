"""The map of the library: which station may know which."""

from __future__ import annotations

import graphlib

import pytest

from tests.architecture.source import (
    EDGES,
    FILES,
    TREES,
    defined,
    foreign_imports,
    own_imports,
    station,
)

LINES = (
    {"errors"},
    {"values"},
    {"history"},
    {"rules"},
    {"pipeline"},
    {"qualification", "activities"},
    {"leads", "opportunities", "accounts"},
    {"conversion", "privacy"},
    {"duplicates"},
    {"storage"},
    {"analytics"},
    {"pictures"},
    {"interop"},
    {"frames", "sql"},
    {"testing", "integrations", "cli"},
    {"__main__", "__init__"},
)
LEVEL = {name: level for level, line in enumerate(LINES) for name in line}


@pytest.mark.parametrize("file", FILES)
def test_every_file_has_its_place_on_the_map(file):
    """Each file belongs to a station that the map knows."""
    assert station(file) in LEVEL


@pytest.mark.parametrize("file", FILES)
def test_a_station_knows_only_the_stations_above_it(file):
    """A file imports from its own station and from lines above, never from a neighbour."""
    here = station(file)

    too_low = {
        target
        for target, _ in own_imports(file)
        if station(target) != here and LEVEL[station(target)] >= LEVEL[here]
    }

    assert too_low == set()


@pytest.mark.parametrize("file", [f for f in FILES if station(f) not in EDGES])
def test_the_core_never_knows_an_edge(file):
    """What is promised to stay never rests on what may change in a minor version."""
    edges = {target for target, _ in own_imports(file) if station(target) in EDGES}

    assert edges == set()


@pytest.mark.parametrize("file", [f for f in FILES if f != "__init__.py"])
def test_a_name_is_imported_from_the_file_that_defines_it(file):
    """Inside the library nothing is imported through an ``__init__`` or by a second hand."""
    second_hand = {
        (target, name)
        for target, name in own_imports(file)
        if target.endswith("__init__.py") or (name != "*" and name not in defined(TREES[target]))
    }

    assert second_hand == set()


@pytest.mark.parametrize("file", FILES)
def test_an_underscore_keeps_a_file_to_its_folder(file):
    """A file whose name begins with an underscore is imported only by its own folder."""
    intruded = {
        target
        for target, _ in own_imports(file)
        if target.rpartition("/")[2].startswith("_")
        and not target.endswith("__init__.py")
        and target.rpartition("/")[0] != file.rpartition("/")[0]
    }

    assert intruded == set()


@pytest.mark.parametrize("file", FILES)
def test_the_library_never_imports_itself_by_its_full_name(file):
    """Inside the library imports are relative."""
    assert "salesfunnel" not in foreign_imports(file)


def test_no_two_files_need_each_other():
    """The files stand in a line, not in a circle."""
    needs = {file: {target for target, _ in own_imports(file)} for file in FILES}

    order = tuple(graphlib.TopologicalSorter(needs).static_order())

    assert set(FILES) <= set(order)
