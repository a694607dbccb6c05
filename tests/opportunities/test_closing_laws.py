"""Laws of closing: no closing is lost, and a correction is told and changes only what it names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import report
from salesfunnel.errors import InvalidHistory, InvalidValue, MoveRefused
from salesfunnel.history import as_of
from salesfunnel.opportunities import Closing, ClosingCorrected, Opportunity, closing
from salesfunnel.testing import opportunities
from salesfunnel.values import Money

APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
LAST_OF_MARCH = date(2026, 3, 31)
PRICE = Money(900, "EUR")
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "closed_on": st.dates(date(2020, 1, 1), LAST_OF_MARCH),
        "amount": st.integers(1, 99).map(lambda n: Money(n, "EUR")),
        "reason": st.sampled_from(["price", "timing"]),
        "also": st.sampled_from([(), "timing", ["timing", "features"]]),
        "competitor": st.sampled_from(["", "Faradis", ["Faradis", "Orient"]]),
        "note": st.sampled_from(["", "said so"]),
    },
)


def a_deal(**known):
    """Make a deal that can be won."""
    deal = Opportunity.open(id="7", stage="proposal", amount=PRICE, at=APRIL, **known)
    return deal.involve("Sara Ahmadi", "decision_maker", at=APRIL).agree(at=APRIL)


@given(deal=opportunities())
def test_closings_never_shrink(deal):
    """Law 34: no verb takes a closing away, and each loss is one of them."""
    found = [as_of_version(deal, n + 1).closings for n in range(deal.version)]

    lengths = [len(closings) for closings in found]
    assert lengths == sorted(lengths)
    assert deal.losses == tuple(one for one in deal.closings if one.kind == "lost")
    assert deal.closing in (None, *deal.closings[-1:])


def as_of_version(deal, version):
    """Fold the first events of a deal."""
    return Opportunity.replay(deal.timeline[:version])


@given(told=TOLD.filter(bool), is_won=st.booleans())
def test_a_correction_is_told_and_changes_only_what_it_names(told, is_won):
    """Law 35: before, after and why stand on the timeline; the rest of the deal is what it was."""
    closed = a_deal().win("quality", at=APRIL) if is_won else a_deal().lose("budget", at=APRIL)

    right = closing.correct(closed, **told, why="a slip", by="Ani", at=APRIL)

    named = {"competitors" if name == "competitor" else name: told[name] for name in told}
    assert right.closing == attrs.evolve(closed.closing, **named)
    assert (closed.closings, right.closings) == ((closed.closing,), (right.closing,))
    amount = told.get("amount", closed.amount)
    assert attrs.evolve(
        right, closing=closed.closing, amount=closed.amount, timeline=closed.timeline
    ) == (closed)
    assert right.amount == amount
    if right.version > closed.version:
        event = right.timeline[-1]
        assert (event.before, event.after) == (closed.closing, right.closing)
        assert (event.why, event.by) == ("a slip", "Ani")


def test_a_correction_to_what_is_told_already_is_none():
    """The same correction twice is made once."""
    lost = a_deal().lose("price", at=APRIL)

    right = closing.correct(lost, reason="timing", why="a slip", at=APRIL)

    assert closing.correct(right, reason="timing", why="a slip", at=APRIL) is right


@given(deal=opportunities())
def test_won_is_one_lost_is_zero(deal):
    """Law 36: the chance of a closed deal is certain, and only that of a closed deal says so."""
    kind = deal.pipeline.stage(deal.stage).kind
    origin = deal.probability and deal.probability.origin

    assert (origin == "closing") == (kind != "open")
    assert (deal.closing and deal.closing.kind) == (None if kind == "open" else kind)
    if kind != "open":
        assert deal.probability.value == (1 if kind == "won" else 0)


def test_reopened_is_not_agreed():
    """Law 38: a reopened deal has no closing, keeps all closings, and is agreed anew."""
    again = a_deal().win(at=APRIL).reopen(at=APRIL)

    assert (again.closing, again.closed_on, again.loss, len(again.closings)) == (
        None,
        None,
        None,
        1,
    )
    assert not again.amount_agreed
    assert not again.decide("win", at=APRIL)


def test_march_counts_what_was_won_on_its_last_day():
    """Story 16: won on the 31st, entered in April with a wrong amount; the old figure is kept."""
    later = APRIL + timedelta(days=1)
    won = a_deal().win(at=APRIL)

    right = closing.correct(
        won, closed_on=LAST_OF_MARCH, amount=Money(800, "EUR"), why="entered late", at=later
    )

    assert (right.closed_on, report([right], at=right.timeline[-1].at).total("won").value) == (
        LAST_OF_MARCH,
        (Money(800, "EUR"),),
    )
    assert (as_of(right, at=APRIL).closed_on, as_of(right, at=APRIL).amount) == (
        date(2026, 4, 2),
        PRICE,
    )


def test_each_competitor_is_remembered():
    """Story 17: lost once for the price, then won for the support, each time against Faradis."""
    lost = a_deal().lose("price", competitor="Faradis", at=APRIL)
    won = lost.reopen(at=APRIL).agree(at=APRIL).win("support", competitor="Faradis", at=APRIL)

    assert [(one.kind, one.reason, one.competitors) for one in won.closings] == [
        ("lost", "price", ("Faradis",)),
        ("won", "support", ("Faradis",)),
    ]


def test_a_deal_is_lost_to_nobody_to_one_or_to_several_and_for_one_reason_or_more():
    """A competitor is never asked for; several, and what mattered beside the price, are kept."""
    many = a_deal().lose("price", also=["timing"], competitor=["Faradis", "Orient"], at=APRIL)

    assert a_deal().lose("timing", at=APRIL).loss.competitors == ()
    assert (many.loss.reason, many.loss.also) == ("price", ("timing",))
    assert many.loss.competitors == ("Faradis", "Orient")
    with pytest.raises(MoveRefused, match="the reason is not one of lost"):
        a_deal().lose("price", also=["the weather"], at=APRIL)
    with pytest.raises(InvalidValue, match="also is of the wrong kind"):
        a_deal().lose("price", also=7, at=APRIL)
    with pytest.raises(InvalidValue, match="competitor is of the wrong kind"):
        a_deal().lose("price", competitor=7, at=APRIL)


def test_only_a_closed_deal_is_corrected():
    """An open deal has no closing; a time before the last event is said first."""
    deal = a_deal()

    with pytest.raises(MoveRefused, match=r"^cannot correct: the deal is open, in proposal"):
        closing.correct(deal, reason="price", why="a slip", at=APRIL)
    with pytest.raises(MoveRefused, match=r"^cannot correct: the time lies before the last"):
        closing.correct(deal, reason="price", why="a slip", at=APRIL - timedelta(days=1))
    with pytest.raises(MoveRefused, match=r"^cannot correct: the reason is not one of lost \(did"):
        closing.correct(deal.lose("price", at=APRIL), reason="prize", why="a slip", at=APRIL)
    with pytest.raises(MoveRefused, match=r"^cannot correct: the time lies before the last"):
        closing.correct(
            deal.lose("price", at=APRIL), reason="timing", why="no", at=APRIL - timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"why": "a slip"}, "closing is not corrected by nothing; allowed: closed_on, amount"),
        ({"why": " ", "note": "x"}, "why is blank"),
        ({"why": "a slip", "also": 7}, "also is of the wrong kind"),
        ({"why": "a slip", "closed_on": date(2026, 6, 30)}, "closed_on lies in the future"),
        ({"why": "a slip", "amount": 900}, "amount is of the wrong kind"),
    ],
)
def test_a_correction_says_what_and_why(told, message):
    """It needs a why, something that it corrects, and values that can be."""
    with pytest.raises(InvalidValue, match=message):
        closing.correct(a_deal().lose("price", at=APRIL), **told, at=APRIL)


def test_a_closing_tells_of_a_closed_deal():
    """It is won or lost, and its day may be unknown."""
    assert Closing(kind="won", stage="proposal").closed_on is None
    with pytest.raises(InvalidValue, match="kind says that it is open; allowed: won, or lost"):
        Closing(kind="open", stage="proposal")


def test_only_the_last_closing_is_corrected():
    """Events that correct what was not there tell no possible story."""
    lost = a_deal().lose("price", at=APRIL)
    other = attrs.evolve(lost.closing, reason="timing")
    event = ClosingCorrected(at=APRIL, before=other, after=lost.closing, why="a slip")

    with pytest.raises(InvalidHistory, match="corrects a closing that the deal did not have then"):
        Opportunity.replay([*lost.timeline, event])
