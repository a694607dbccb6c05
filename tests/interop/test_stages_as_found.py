"""Stages as they are found: in the order in which deals came through them, else in that of rows."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop import read_opportunities, read_stage_history
from salesfunnel.interop.mapping.stages_as_found import ordered_by_ways
from tests.interop.examples import MONDAY

STAGES = ["Visit", "Demo", "Offer", "Trial", "Contract"]


@given(
    st.permutations(STAGES),
    st.permutations(STAGES),
    st.lists(st.sets(st.sampled_from(range(len(STAGES))), min_size=1), max_size=8),
)
def test_stages_come_in_the_order_in_which_all_went_through_them(true, found, skipping):
    """However they are found, each way that was gone leads forward, as long as none went back."""
    ways = [[true[place] for place in sorted(places)] for places in skipping]

    order = ordered_by_ways(found, ways)

    assert sorted(order) == sorted(STAGES)
    for way in ways:
        assert [order.index(one) for one in way] == sorted(map(order.index, way))
    assert ways or order == list(found)


@given(st.permutations(STAGES), st.integers(2, 5))
def test_where_some_went_back_most_decide(found, times):
    """One who went back makes no other order, and a circle still gives each stage once."""
    ways = [STAGES] * times + [STAGES[::-1]] * (times - 1)

    assert ordered_by_ways(found, ways) == STAGES
    circle = [[one, other] for one, other in pairwise([*STAGES, STAGES[0]])]
    assert sorted(ordered_by_ways(found, circle)) == sorted(STAGES)


def stages_of(deals, history=()):
    """Read deals by the stages that are found, and name those that are open."""
    reading = read_opportunities(StringIO(deals), at=MONDAY, pipeline="as-found", history=history)
    (deal, *_) = reading.entities()
    return [one.title for one in deal.pipeline.stages if one.is_open], reading.guesses


def test_a_history_tells_the_order_of_stages_and_of_those_that_no_deal_is_in():
    """What others came through is not theirs; what the rows alone have comes last."""
    lines = StringIO(
        "ID,From stage,Stage,Entered\n1,Offer,Contract,2026-02-03\n1,Demo,Offer,2026-02-02\n"
        "2,,Demo,2026-02-01\n9,,Elsewhere,2026-02-01\n2,Demo,-,2026-02-04\n"
    )
    history = list(read_stage_history(lines).entities())

    found, guesses = stages_of("ID,Stage\n1,Contract\n2,Offer\n3,Parked\n4,Won\n", history)

    assert found == ["Demo", "Offer", "Contract", "Parked"]
    assert guesses == ()


def test_without_a_history_the_order_of_the_rows_is_told_as_a_guess():
    """Nothing proves it, and whoever reads the figures sees it."""
    found, guesses = stages_of("ID,Stage\n1,Contract\n2,Offer\n4,Won\n")

    assert found == ["Contract", "Offer"]
    assert [guess.code for guess in guesses] == ["stages_in_order_of_rows"]
    assert "have them: Contract, Offer; a history" in str(guesses[0])


@pytest.mark.parametrize("has_id", [True, False])
def test_a_history_of_other_deals_says_nothing(has_id):
    """Also where the deals have no ids."""
    history = list(read_stage_history(StringIO("ID,Stage,Entered\n9,Demo,2026-02-01\n")).entities())
    deals = "ID,Stage\n1,Offer\n" if has_id else "Stage\nOffer\n"

    found, guesses = stages_of(deals, history)

    assert (found, len(guesses)) == (["Offer"], 1)
