"""Losses that are none: in no rate, and counted out loud."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import Total, cohorts, funnel, report, stage_times, time_to_win
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity, closing
from salesfunnel.pipeline import LEAD_PIPELINE, Destination, Move, Pipeline, Stage

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 200 * DAY
OURS = Pipeline(
    "ours",
    stages=[
        Stage("offer"),
        Stage("won", kind="won"),
        Stage(
            "lost",
            kind="lost",
            reasons={"price": "Price", "duplicate": "Duplicate", "junk": "Junk"},
            uncounted={"duplicate", "junk"},
        ),
    ],
    moves=[
        Move("win", "offer", "won"),
        Move("lose", "offer", "lost"),
        Move("reopen", ["won", "lost"], Destination.LAST_OPEN, reopening=True),
    ],
)
ENDINGS = st.sampled_from(["", "won", "price", "duplicate", "junk"])
UNCOUNTED = ("duplicate", "junk")


def a_deal(ending, *, at=MONDAY, id="7"):
    """Make a deal that ended so a day later, or has not ended."""
    deal = Opportunity.open(id=id, pipeline=OURS, at=at)
    if ending == "won":
        return deal.win(at=at + DAY)
    return deal.lose(ending, at=at + DAY) if ending else deal


@given(endings=st.lists(ENDINGS, max_size=8))
def test_an_uncounted_loss_is_in_no_rate_and_is_told(endings):
    """Each figure is that of the deals without those losses, which are told beside it."""
    every = [a_deal(ending) for ending in endings]
    counted = [a_deal(ending) for ending in endings if ending not in UNCOUNTED]
    left_out = {name: endings.count(name) for name in UNCOUNTED if name in endings}

    for count in (
        lambda deals: report(deals, at=NOW),
        lambda deals: stage_times(deals, at=NOW),
        lambda deals: funnel(deals, at=NOW),
        lambda deals: time_to_win(deals, at=NOW),
        lambda deals: cohorts(deals, at=NOW),
    ):
        found, plain = count(every), count(counted)
        data, without = found.as_data(), plain.as_data()
        assert data.pop("uncounted") == left_out
        assert without.pop("uncounted") == {}
        if counted:
            assert data == without
        assert ("in no rate: " in str(found)) is bool(left_out)


def test_a_duplicate_that_was_none_counts_again():
    """Reopened, or corrected to another reason; and as of then it was what it was."""
    lost = a_deal("duplicate")
    again = lost.reopen(at=MONDAY + 2 * DAY)
    right = closing.correct(lost, reason="price", why="a slip", at=MONDAY + 2 * DAY)

    assert report([again], at=NOW).count("open") == 1
    assert report([right], at=NOW).lost_for == (("price", Total(1)),)
    assert report([right], at=MONDAY + DAY).uncounted == (("duplicate", 1),)
    assert funnel([right], at=NOW).uncounted == ()
    assert funnel([right], at=MONDAY + DAY).uncounted == (("duplicate", 1),)


def test_a_duplicate_lead_is_in_no_rate_either():
    """A lead that was disqualified as a duplicate was no lead."""
    stages = [
        Stage(
            stage.name,
            kind=stage.kind,
            reasons=stage.reasons,
            uncounted="duplicate" if stage.reasons else (),
        )
        for stage in LEAD_PIPELINE.stages
    ]
    ours = Pipeline("ours", stages=stages, moves=LEAD_PIPELINE.moves)
    leads = [Lead.capture(id=str(n), pipeline=ours, at=MONDAY) for n in range(3)]
    leads[0] = leads[0].disqualify("duplicate", at=MONDAY)
    leads[1] = leads[1].disqualify("no_need", at=MONDAY)

    found = funnel(leads, at=NOW)

    assert (found.counted, found.uncounted) == (2, (("duplicate", 1),))
    assert "  in no rate: Duplicate 1" in str(found).splitlines()


def test_a_lead_goes_on_as_the_deal_that_counts():
    """Of two deals of one lead, the duplicate is not its way; alone, it is in no rate."""
    lead = Lead.capture(id="L", stage="converted", at=MONDAY)

    def deal(id, ending):
        opened = Opportunity.open(id=id, pipeline=OURS, lead_ids=["L"], at=MONDAY)
        return opened.lose(ending, at=MONDAY)

    both = funnel([lead], opportunities=[deal("1", "duplicate"), deal("2", "price")], at=NOW)
    alone = funnel([lead], opportunities=[deal("1", "duplicate")], at=NOW)

    assert (both.counted, both.uncounted) == (1, ())
    assert (alone.counted, alone.uncounted) == (0, (("duplicate", 1),))
