"""Which account stands under which."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, ancestors, place
from salesfunnel.errors import MoveRefused, WrongKind

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("holding", "east", "west", "novin")


def open_accounts():
    """Open four accounts that stand under none."""
    return {name: Account.open(id=name, name=name, at=MONDAY) for name in NAMES}


def test_a_holding_cannot_stand_under_its_subsidiary_at_any_depth():
    """Holding over east over novin: novin is no account above holding."""
    firms = open_accounts()
    firms["east"] = place(firms["east"], under=firms["holding"], among=firms.values(), at=MONDAY)
    firms["novin"] = place(firms["novin"], under=firms["east"], among=firms.values(), at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        place(firms["holding"], under=firms["novin"], among=firms.values(), at=MONDAY)

    assert refused.value.refusal.code == "under_its_own"
    assert [a.id for a in ancestors(firms["novin"], among=firms.values())] == ["east", "holding"]


@pytest.mark.parametrize(
    ("under", "among", "code"),
    [("novin", ["novin"], "under_itself"), ("east", ["novin"], "unknown_parent")],
)
def test_an_account_stands_under_another_that_is_known(under, among, code):
    """Under itself, and under one that is not given, no account is placed."""
    firms = open_accounts()

    with pytest.raises(MoveRefused) as refused:
        place(firms["novin"], under=firms[under], among=[firms[a] for a in among], at=MONDAY)

    assert refused.value.refusal.code == code


def test_an_account_is_placed_under_an_account():
    """Its id alone, or one account where several are wanted, is of the wrong kind."""
    firms = open_accounts()

    with pytest.raises(WrongKind, match="under is of the wrong kind: str"):
        place(firms["novin"], under="east", among=firms.values(), at=MONDAY)
    with pytest.raises(WrongKind, match="among is of the wrong kind: Account"):
        place(firms["novin"], under=firms["east"], among=firms["east"], at=MONDAY)


def test_an_account_is_placed_at_the_top_again():
    """Placed under none, it stands alone, and the timeline tells both."""
    firms = open_accounts()
    below = place(firms["novin"], under=firms["east"], among=firms.values(), at=MONDAY)

    alone = place(below, under=None, among=[], at=MONDAY)

    assert (alone.parent_id, alone.timeline[-1].before) == ("", "east")
    assert Account.replay(alone.timeline) == alone


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12))
def test_a_hierarchy_has_no_cycle_at_any_depth(moves):
    """However accounts are placed, going up from any of them comes to an end."""
    firms = open_accounts()
    for below, above in moves:
        try:
            firms[below] = place(firms[below], under=firms[above], among=firms.values(), at=MONDAY)
        except MoveRefused:
            continue

    for firm in firms.values():
        names = [above.id for above in ancestors(firm, among=firms.values())]
        top = firms[names[-1]] if names else firm
        assert len(set(names)) == len(names)
        assert top.parent_id == ""


def test_a_circle_from_a_file_ends_the_list():
    """Two accounts that stand under each other are each listed once."""
    firms = open_accounts()
    east = place(firms["east"], under=firms["west"], among=[firms["west"]], at=MONDAY)
    west = place(firms["west"], under=firms["east"], among=[firms["east"]], at=MONDAY)

    assert [above.id for above in ancestors(east, among=[east, west])] == ["west"]
