"""The map of the library: which station may know which."""

from __future__ import annotations

import graphlib

from tests.architecture.source import (
    EDGES,
    FILES,
    TREES,
    defined,
    foreign_imports,
    offenders,
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


def lower_imports(file: str) -> set[str]:
    """Find the files of other stations that a file imports, and that stand no line above it."""
    here = station(file)
    return {
        target
        for target, _ in own_imports(file)
        if station(target) != here and LEVEL[station(target)] >= LEVEL[here]
    }


def second_hand(file: str) -> set[tuple[str, str]]:
    """Find what a file imports through an ``__init__``, or from a file that imports it itself."""
    return {
        (target, name)
        for target, name in own_imports(file)
        if target.endswith("__init__.py") or (name != "*" and name not in defined(TREES[target]))
    }


def intruded(file: str) -> set[str]:
    """Find the files of other folders that a file imports although they keep to themselves."""
    return {
        target
        for target, _ in own_imports(file)
        if target.rpartition("/")[2].startswith("_")
        and not target.endswith("__init__.py")
        and target.rpartition("/")[0] != file.rpartition("/")[0]
    }


def test_every_file_has_its_place_on_the_map():
    """Each file belongs to a station that the map knows."""
    assert offenders(lambda file: {station(file)} - LEVEL.keys()) == {}


def test_a_station_knows_only_the_stations_above_it():
    """A file imports from its own station and from lines above, never from a neighbour."""
    assert offenders(lower_imports) == {}


def test_the_core_never_knows_an_edge():
    """What is promised to stay never rests on what may change in a minor version."""
    core = [file for file in FILES if station(file) not in EDGES]

    assert offenders(lambda f: {to for to, _ in own_imports(f) if station(to) in EDGES}, core) == {}


def test_a_name_is_imported_from_the_file_that_defines_it():
    """Inside the library nothing is imported through an ``__init__`` or by a second hand."""
    assert offenders(second_hand, [file for file in FILES if file != "__init__.py"]) == {}


def test_an_underscore_keeps_a_file_to_its_folder():
    """A file whose name begins with an underscore is imported only by its own folder."""
    assert offenders(intruded) == {}


def test_the_library_never_imports_itself_by_its_full_name():
    """Inside the library imports are relative."""
    assert offenders(lambda file: foreign_imports(file) & {"salesfunnel"}) == {}


def test_no_two_files_need_each_other():
    """The files stand in a line, not in a circle."""
    needs = {file: {target for target, _ in own_imports(file)} for file in FILES}

    order = tuple(graphlib.TopologicalSorter(needs).static_order())

    assert set(FILES) <= set(order)
