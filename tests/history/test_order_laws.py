"""Laws of the order of events: the clock decides, then the way; the file only where both fail."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.history import anomalies, in_order, stage_history, time_in_stage
from tests.history.examples import FRIDAY, MOMENTS, MONDAY, STAGES, entered, leads, paths

LINES = st.lists(
    st.builds(
        entered, STAGES, st.just(MONDAY) | MOMENTS, leaving=st.sampled_from(["", "meeting", "won"])
    ),
    max_size=8,
)


@given(LINES)
def test_nothing_is_lost_or_added_by_putting_in_order(lines):
    """However strange a history, each line of it is still there, in the order of the clock."""
    ordered = in_order(lines)

    assert Counter(map(id, ordered)) == Counter(map(id, lines))
    assert [line.at for line in ordered] == sorted(line.at for line in lines)


@given(LINES)
def test_what_is_in_order_stays_so(lines):
    """Putting in order twice is the same as once."""
    once = in_order(lines)

    assert [*map(id, in_order(once))] == [*map(id, once)]


@given(leads())
def test_what_the_verbs_have_written_is_in_order(lead):
    """The timeline of a lead keeps its order, also where many verbs share an instant."""
    assert in_order(lead.timeline) == lead.timeline


@given(paths(), st.randoms(use_true_random=False))
@example((entered("a", MONDAY), entered("b", MONDAY, leaving="a")), None)
def test_a_way_is_found_again_from_a_shuffled_file(path, random):
    """In each order in which its lines arrive, a way through stages is a way, to the same end."""
    shuffled = list(path)
    random.shuffle(shuffled) if random else shuffled.reverse()

    ordered = in_order(shuffled)

    assert all(b.from_stage == a.to_stage for a, b in pairwise(ordered))
    assert ordered[-1].to_stage == path[-1].to_stage
    assert time_in_stage(ordered, at=FRIDAY) == time_in_stage(path, at=FRIDAY)


@given(st.lists(STAGES, min_size=1, unique=True), st.randoms(use_true_random=False))
def test_a_way_that_never_returns_is_found_exactly(stages, random):
    """Where only one order is possible at one instant, that is the order."""
    way = [entered(stages[0], MONDAY)]
    way += [entered(b, MONDAY, leaving=a) for a, b in pairwise(stages)]
    shuffled = random.sample(way, len(way))

    assert list(in_order(shuffled)) == way


@given(LINES, st.randoms(use_true_random=False))
def test_where_the_file_decides_a_tie_is_reported(lines, random):
    """If the order of the lines changes where it stood in the end, an anomaly has said so."""
    shuffled = random.sample(lines, len(lines))
    codes = {anomaly.code for anomaly in anomalies(lines, at=FRIDAY)}

    ends = [[interval.stage for interval in stage_history(way)[-1:]] for way in (lines, shuffled)]

    assert ends[0] == ends[1] or "tie" in codes
