"""Laws of lists that go from one system to another: what is lost on the way is confessed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from salesfunnel.interop import (
    read_accounts,
    read_activities,
    read_leads,
    read_opportunities,
    read_people,
    write_accounts,
    write_activities,
    write_leads,
    write_opportunities,
    write_people,
)
from salesfunnel.interop.mapping.mapping import KNOWN, load_mapping
from salesfunnel.interop.writing.lent_numbers import LENT
from salesfunnel.interop.writing.noun_facts import differing
from tests.interop.examples import MONDAY

EXPORTS = sorted((Path(__file__).parent / "exports").glob("*.csv"))
FUNCTIONS = {
    "leads": (read_leads, write_leads),
    "deals": (read_opportunities, write_opportunities),
    "accounts": (read_accounts, write_accounts),
    "contacts": (read_people, write_people),
    "activities": (read_activities, write_activities),
}
TARGETS = [*KNOWN, *(f"{name}.{v}" for name in KNOWN for v in load_mapping(name).variants)]


def lost(before, after):
    """Name the facts of some entities that others of the same ids do not have."""
    found = {one.id: one for one in after}
    total = sum((differing(one, found[one.id]) for one in before if one.id in found), Counter())
    return {place.removesuffix(LENT) for place in total}


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_what_a_list_loses_on_its_way_is_confessed(tmp_path, path):
    """Read, written for another system, and read there: the same, or it stands in left_out."""
    read, write = FUNCTIONS[path.stem.partition("_")[2]]
    before = list(read(path, at=MONDAY).entities())

    for target in TARGETS:
        there = tmp_path / "there.csv"
        written = write(before, there, mapping=target)

        after = list(read(there, at=MONDAY, mapping=load_mapping(target)).entities())
        confessed = {one.place for one in written.left_out}
        assert lost(before, after) <= confessed, target
        assert len(after) == len(before) or confessed & {"row", "id"}, target


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_there_and_back_is_the_same_or_the_confessed_difference(tmp_path, path):
    """What neither way confesses is as it was in the beginning."""
    system, _, kind = path.stem.partition("_")
    read, write = FUNCTIONS[kind]
    before = list(read(path, at=MONDAY).entities())

    for target in KNOWN:
        there, back = tmp_path / "there.csv", tmp_path / "back.csv"
        gone = write(before, there, mapping=target)
        moved = read(there, at=MONDAY, mapping=load_mapping(target)).entities()
        come = write(moved, back, mapping=system)

        after = list(read(back, at=MONDAY, mapping=load_mapping(system)).entities())
        confessed = {one.place for one in (*gone.left_out, *come.left_out)}
        assert lost(before, after) <= confessed, target
