"""Amounts and expected days in the lines of a stage history, on the timelines of their deals."""

from __future__ import annotations

from datetime import date
from io import StringIO
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop import combine, read_opportunities, read_stage_history
from salesfunnel.opportunities.events import AmountRevised, CloseDateMoved
from salesfunnel.values import Money
from tests.interop.examples import MONDAY

DEALS = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date\n"
LINES = "Opportunity ID,Stage,Amount,Close Date,Created Date\n"


def combined(deal, *lines):
    """Read a deal and the lines of its history, and put them together."""
    history = read_stage_history(StringIO(LINES + "\n".join(lines)))
    deals = read_opportunities(StringIO(DEALS + deal), at=MONDAY)
    found = combine(opportunities=deals, history=history, at=MONDAY)
    (one,) = found.opportunities
    return one, [problem.code for problem in found.contradictions]


def told(deal):
    """Say of each revised amount and each day that slipped when that was, and what came."""
    return [
        (event.at.day, str(event.amount if isinstance(event, AmountRevised) else event.at.date()))
        for event in deal.timeline
        if isinstance(event, (AmountRevised, CloseDateMoved))
    ]


def test_each_other_amount_and_day_is_an_event():
    """The first ones are those with which the deal began."""
    deal, problems = combined(
        "006A,Pumps,Closed Won,120 EUR,2026-02-20,2026-01-05",
        "006A,Prospecting,100 EUR,2026-02-01,2026-01-05",
        "006A,Proposal/Price Quote,100 EUR,2026-02-15,2026-01-20",
        "006A,Proposal/Price Quote,110 EUR,2026-02-15,2026-01-25",
        "006A,Closed Won,120 EUR,2026-02-20,2026-02-20",
    )

    assert str(deal.timeline[0].amount) == "100 EUR"
    assert deal.timeline[0].expected_close == date(2026, 2, 1)
    assert told(deal) == [(20, "2026-01-20"), (25, "110 EUR"), (20, "120 EUR")]
    assert (str(deal.amount), deal.closed_on, problems) == ("120 EUR", date(2026, 2, 20), [])


def test_the_file_of_the_deal_has_the_last_word_and_the_difference_is_named():
    """What its history did not tell at first is not put before it."""
    deal, problems = combined(
        "006B,Fans,Negotiation/Review,70 EUR,2026-06-20,2026-01-05",
        "006B,Prospecting,,2026-05-01,2026-01-05",
        "006B,Negotiation/Review,60 EUR,2026-06-20,2026-02-05",
    )

    assert deal.timeline[0].amount is None
    assert told(deal) == [(5, "60 EUR"), (5, "70 EUR"), (5, "2026-02-05")]
    assert (deal.amount, deal.expected_close) == (Money("70", "EUR"), date(2026, 6, 20))
    assert problems == ["history_other_amount"]


def test_lines_without_amounts_change_none():
    """As those of most systems are."""
    deal, problems = combined(
        "006C,Belts,Prospecting,70 EUR,2026-06-20,2026-01-05",
        "006C,Prospecting,,,2026-01-05",
    )

    assert (told(deal), str(deal.timeline[0].amount), problems) == ([], "70 EUR", [])


def test_what_the_lines_tell_stands_where_the_deal_tells_nothing():
    """The last amount of the history is that of the deal."""
    deal, _ = combined(
        "006D,Tubes,Prospecting,,,2026-01-05",
        "006D,Prospecting,10 EUR,2026-06-01,2026-01-06",
        "006D,Prospecting,20 EUR,2026-07-01,2026-01-08",
    )

    assert (str(deal.amount), deal.expected_close) == ("20 EUR", date(2026, 7, 1))


def test_a_currency_without_an_amount_is_kept_as_text():
    """A line has no other place for it."""
    (found,) = read_stage_history(StringIO("Deal ID,Stage,Date,Currency\n7,Won,2026-01-05,EUR\n"))

    assert found.entity.details["currency"] == "EUR"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.sampled_from(["", "3 EUR"]))
def test_the_amounts_of_the_lines_are_found_again_in_their_order(amounts, own):
    """Each change is one event, and the deal ends with its own amount, or with the last."""
    lines = [
        f"006E,Prospecting,{amount} EUR,,2026-01-{day:02}"
        for day, amount in enumerate(amounts, start=5)
    ]

    deal, problems = combined(f"006E,Tubes,Prospecting,{own},,2026-01-05", *lines)

    values = [f"{amount} EUR" for amount in amounts] + ([own] if own else [])
    changes = [after for before, after in pairwise(values) if before != after]
    differs = own not in ("", f"{amounts[-1]} EUR")
    assert [amount for _, amount in told(deal)] == changes
    assert str(deal.amount) == values[-1]
    assert problems == (["history_other_amount"] if differs else [])
