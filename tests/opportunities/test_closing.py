"""Moves of a deal along a pipeline of one's own that stay where they are, and how it is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import (
    Closing,
    Opportunity,
    OpportunityWon,
    Probability,
    Rest,
    closing,
)
from salesfunnel.pipeline import (
    LOSS_REASONS,
    Destination,
    Guard,
    Move,
    MoveTaken,
    Pipeline,
    Stage,
    transfer,
)
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
STAYS = Destination.STAYS
OURS = Pipeline(
    "tender",
    stages=[
        Stage("offer", probability="0.2"),
        Stage("signed", kind="won"),
        Stage("cancelled", kind="lost"),
    ],
    moves=[
        Move("sign", "offer", "signed"),
        Move("cancel", "offer", "cancelled"),
        Move("note", ("offer", "signed", "cancelled"), STAYS),
        Move("doubt", "offer", STAYS, guards=Guard("never", lambda *_: False)),
    ],
)


@pytest.fixture
def deal():
    """A deal with an estimate by hand."""
    return Opportunity.open(id="7", pipeline=OURS, at=MONDAY).estimate("0.9", at=MONDAY)


def test_a_move_that_stays_leaves_all_as_it_was(deal):
    """Open, won or lost: stage, chance, day of closing and loss stay, and the timeline tells it."""
    won, lost = deal.move("sign", at=MONDAY), deal.lose("price", trigger="cancel", at=MONDAY)

    for before in (deal, won, lost):
        taken = MoveTaken(
            at=FRIDAY, by="Sara", trigger="note", from_stage=before.stage, note="called"
        )
        after = before.move("note", note="called", by="Sara", at=FRIDAY)
        assert after == attrs.evolve(before, timeline=(*before.timeline, taken))


def test_a_move_that_stays_closes_nothing(deal):
    """It takes no day of closing, no competitor, and no reason for a loss or a win."""
    lost = deal.lose("price", trigger="cancel", at=MONDAY)

    with pytest.raises(InvalidValue, match=r"^closed_on is given for a move that closes nothing"):
        lost.move("note", closed_on=date(2026, 3, 2), at=FRIDAY)
    with pytest.raises(InvalidValue, match=r"^competitor is given for a move that closes nothing"):
        lost.move("note", competitor="Faradis", at=FRIDAY)
    with pytest.raises(InvalidValue, match=r"^also is given for a move that closes nothing"):
        lost.move("note", also=["timing"], at=FRIDAY)
    with pytest.raises(
        InvalidValue, match=r"^trigger does not lead to a lost stage; allowed: lose"
    ):
        lost.lose("other", trigger="note", at=FRIDAY)
    with pytest.raises(InvalidValue, match=r"^trigger does not lead to a won stage; allowed: win"):
        deal.win("quality", trigger="cancel", at=FRIDAY)


def test_a_move_that_stays_is_held_to_its_guards(deal):
    """It is judged as any other."""
    with pytest.raises(MoveRefused, match=r"^cannot doubt: never does not hold$"):
        deal.move("doubt", at=FRIDAY)


def test_the_reason_of_any_move_is_kept(deal):
    """A reason for a win, for going on, for reopening or for a note is on the timeline."""
    ours = Opportunity.open(id="8", at=MONDAY).move("propose", reason="asked", at=MONDAY)
    again = ours.lose("price", at=MONDAY).move("reopen", reason="new_budget", at=MONDAY)

    assert [ours.timeline[-1].reason, again.timeline[-1].reason] == ["asked", "new_budget"]
    assert deal.move("note", reason="fair", at=MONDAY).timeline[-1].reason == "fair"
    assert deal.win("quality", trigger="sign", at=MONDAY).closing.reason == "quality"
    assert deal.move("sign", reason="quality", at=MONDAY) == deal.win(
        "quality", trigger="sign", at=MONDAY
    )


def test_a_win_is_told_in_full():
    """The event says what was won, on which day, and the chance that the deal had before."""
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), pipeline=OURS, at=MONDAY)

    won = deal.win(
        trigger="sign", closed_on=date(2026, 2, 27), note="by post", by="Sara", at=FRIDAY
    )

    assert won.timeline[-1] == OpportunityWon(
        at=FRIDAY,
        by="Sara",
        trigger="sign",
        from_stage="offer",
        to_stage="signed",
        closing=Closing(
            kind="won",
            note="by post",
            stage="offer",
            amount=Money(900, "EUR"),
            probability_before=Probability("0.2", "stage"),
            closed_on=date(2026, 2, 27),
        ),
    )
    assert (won.probability.value, won.closed_on, won.loss) == (1, date(2026, 2, 27), None)


def test_a_loss_is_told_in_full(deal):
    """The loss says why, to whom, at which stage and for how much; who lost it stands beside."""
    lost = deal.lose(
        "price", trigger="cancel", competitor="Faradis", note="too dear", by="Sara", at=FRIDAY
    )

    loss = lost.loss
    assert (loss.reason, loss.competitors, loss.note) == ("price", ("Faradis",), "too dear")
    assert (lost.loss.stage, lost.loss.amount, lost.timeline[-1].by) == ("offer", None, "Sara")
    assert (
        deal.move(
            "cancel", reason="price", competitor="Faradis", note="too dear", by="Sara", at=FRIDAY
        )
        == lost
    )


def test_what_was_settled_by_closing_stays_settled(deal):
    """Estimating, agreeing and amending an amount are refused, each in its own name."""
    won = deal.win(trigger="sign", at=MONDAY)

    for verb, asked in {
        "estimate": lambda: won.estimate("0.5", at=FRIDAY),
        "agree": lambda: won.agree(Money(900, "EUR"), at=FRIDAY),
        "amend": lambda: won.amend(amount=None, at=FRIDAY),
    }.items():
        with pytest.raises(MoveRefused) as refused:
            asked()
        assert (refused.value.refusal.trigger, refused.value.refusal.code) == (verb, "closed")
        assert refused.value.refusal.objections[0].params == {"stage": "signed"}


def test_too_early_comes_before_closed(deal):
    """A time before the last event is the same refusal on a closed deal as on an open one."""
    won = deal.win(trigger="sign", at=FRIDAY)

    with pytest.raises(MoveRefused) as refused:
        won.estimate("0.5", at=MONDAY)

    assert refused.value.refusal.code == "too_early"


def test_reopening_clears_the_agreement():
    """A deal that was won by mistake is agreed anew before it is won again."""
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), stage="proposal", at=MONDAY)
    deal = deal.involve("Sara", "decision_maker", at=MONDAY).agree(at=MONDAY)

    again = deal.win(at=MONDAY).reopen(at=FRIDAY)

    assert (again.amount, again.amount_agreed) == (Money(900, "EUR"), False)
    assert again.decide("win", at=FRIDAY).objections[0].message == "the amount is not agreed"
    assert again.agree(at=FRIDAY).win(at=FRIDAY).stage == "won"


@given(st.none() | st.dates(date(2026, 2, 1), date(2026, 4, 1)), st.integers(0, 60), st.booleans())
def test_an_open_deal_is_past_due_after_its_day_and_a_closed_one_never(day, days, closes):
    """The day itself is not over, and without a day nothing is late."""
    at = MONDAY + timedelta(days=days)
    deal = Opportunity.open(id="7", expected_close=day, at=MONDAY)
    deal = deal.lose("price", at=MONDAY) if closes else deal

    assert closing.is_past_due(deal, at=at) == (not closes and day is not None and day < at.date())


def test_a_reopening_that_leads_elsewhere_brings_the_chance_of_that_stage():
    """Back where it was it has the chance that it had; in another stage, the one of the stage."""
    ours = Pipeline(
        "ours",
        stages=[
            Stage("demo", probability="0.1"),
            Stage("offer", probability="0.6"),
            Stage("lost", kind="lost"),
        ],
        moves=[
            Move("on", "demo", "offer"),
            Move("lose", ["demo", "offer"], "lost"),
            Move("back", "lost", "demo", reopening=True),
        ],
    )
    demo = Opportunity.open(id="7", pipeline=ours, at=MONDAY)
    offer = demo.move("on", at=MONDAY)

    chances = {
        name: deal.lose("price", at=MONDAY).move("back", at=MONDAY).probability.value
        for name, deal in {"demo": demo, "offer": offer}.items()
    }

    assert {str(chance) for chance in chances.values()} == {"0.1"}
    by_hand = offer.estimate("0.9", at=MONDAY).lose("price", at=MONDAY).move("back", at=MONDAY)
    assert str(by_hand.probability.value) == "0.9"


@pytest.mark.parametrize("kind", [Closing, Rest])
def test_what_may_tell_of_a_person_is_marked_and_not_shown(kind):
    """A note is personal; reasons, competitors and stages are not."""
    marked = {f.name: f.metadata["personal"] for f in attrs.fields(kind) if "str" in str(f.type)}

    assert {name for name, is_personal in marked.items() if is_personal} == {"note"}
    assert set(marked.values()) <= {True, False}
    lost = Closing(kind="lost", stage="demo", competitors="Faradis", note="said so")
    rest = closing.hold(Opportunity.open(id="7", at=MONDAY), note="said so", at=MONDAY).rest
    assert "said so" not in repr((lost, rest))
    assert "Faradis" not in repr(lost)
    assert rest.note == lost.note == "said so"


def test_the_reasons_of_a_loss_are_those_that_people_give():
    """Each is a code with a label."""
    assert [*LOSS_REASONS] == [
        *("price", "competition", "budget", "features", "timing", "no_decision"),
        *("no_decision_maker", "unresponsive", "poor_fit", "other"),
    ]


@pytest.mark.parametrize("kind", ["open", "gone", 5])
def test_a_closing_is_won_or_lost(kind):
    """It names what is wrong with it."""
    with pytest.raises(InvalidValue, match=r"^kind "):
        Closing(kind=kind, stage="demo")


def test_a_loss_reason_of_no_list_is_named():
    """The list is given with it."""
    said = r"the reason is not one of lost \(one of: price, competition, "
    with pytest.raises(MoveRefused, match=said):
        Opportunity.open(id="7", at=MONDAY).lose("the weather", at=MONDAY)


@pytest.mark.parametrize("origin", ["stage", "hand", None])
def test_a_deal_that_comes_back_takes_the_chance_of_its_stage_unless_a_hand_set_it(origin):
    """After a new version the stage may promise another chance; an unknown one stays unknown."""
    before, after = (
        Pipeline(
            "ours",
            version=version,
            stages=[Stage("offer", probability=share), Stage("lost", kind="lost")],
            moves=[
                Move("lose", "offer", "lost"),
                Move("reopen", "lost", Destination.LAST_OPEN, reopening=True),
            ],
        )
        for version, share in (("1", "0.5"), ("2", "0.7"))
    )
    deal = Opportunity.open(id="7", pipeline=before if origin else OURS_WITHOUT_CHANCES, at=MONDAY)
    deal = deal.estimate("0.9", at=MONDAY) if origin == "hand" else deal
    lost = deal.lose("price", at=MONDAY)
    lost = transfer(lost, after, at=MONDAY) if origin else lost

    back = lost.reopen(at=MONDAY).probability

    expected = {"stage": "0.7", "hand": "0.9"}
    assert (back and str(back.value)) == expected.get(origin)
    assert back is None or back.origin == origin


OURS_WITHOUT_CHANCES = Pipeline(
    "bare",
    stages=[Stage("offer"), Stage("lost", kind="lost")],
    moves=[
        Move("lose", "offer", "lost"),
        Move("reopen", "lost", Destination.LAST_OPEN, reopening=True),
    ],
)
TOLD = {"at": FRIDAY, "by": "Ani", "note": "as they said"}


def told_by(event):
    """Give what any event of a colleague tells."""
    return {"at": event.at, "by": event.by, "note": event.note}


def test_a_rest_and_its_end_are_told_in_full(deal):
    """Who, when, until when, why, and what was said."""
    held = closing.hold(deal, until=date(2026, 6, 1), reason="budget", **TOLD)
    resumed = closing.resume(held, **TOLD)

    event = held.timeline[-1]
    assert (event.until, event.reason, told_by(event)) == (date(2026, 6, 1), "budget", TOLD)
    assert told_by(resumed.timeline[-1]) == TOLD
    assert (held.rest.until, held.rest.since, resumed.rest.since) == (
        date(2026, 6, 1),
        FRIDAY,
        None,
    )


def test_a_reason_to_hold_is_one_of_the_list():
    """The refusal says of which list, and for which verb; without a reason none is asked for."""
    ours = attrs.evolve(OURS, reasons={"hold": {"budget": "Budget next year"}})
    deal = Opportunity.open(id="7", pipeline=ours, at=MONDAY)

    with pytest.raises(MoveRefused, match=r"^cannot hold: .*the reasons to hold of tender"):
        closing.hold(deal, reason="weather", at=FRIDAY)
    assert closing.hold(deal, reason="budget", at=FRIDAY).timeline[-1].reason == "budget"
    assert closing.hold(deal, at=FRIDAY).timeline[-1].reason == ""


def test_a_correction_is_told_in_full(deal):
    """Each thing that is given changes, all else stays, and the event says who and why."""
    told = {
        "closed_on": date(2026, 3, 3),
        "amount": Money(7, "EUR"),
        "reason": "timing",
        "also": ["price"],
        "competitor": ["Faradis"],
        "note": "read off the letter",
    }
    lost = deal.lose("price", trigger="cancel", competitor="Orient", at=MONDAY)

    for name, value in told.items():
        right = closing.correct(lost, why="a slip", by="Ani", at=FRIDAY, **{name: value})
        field = {"competitor": "competitors"}.get(name, name)
        expected = tuple(value) if isinstance(value, list) else value
        assert right.closing == attrs.evolve(lost.closing, **{field: expected})
        event = right.timeline[-1]
        assert (event.by, event.why, event.at) == ("Ani", "a slip", FRIDAY)
        assert (event.before, event.after) == (lost.closing, right.closing)
    everything = closing.correct(lost, why="a slip", at=FRIDAY, **told).closing
    assert (everything.stage, everything.kind) == (lost.closing.stage, lost.closing.kind)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closed_on": date(2026, 3, 2)}, "closed_on"),
        ({"competitor": "Faradis"}, "competitor"),
        ({"also": ["price"]}, "also"),
    ],
)
def test_what_closes_nothing_takes_nothing_of_a_closing(given, field):
    """A move on to another stage has no competitor, and the field is named."""
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(InvalidValue, match=rf"^{field} is given for a move that closes nothing"):
        deal.move("propose", at=MONDAY, **given)
    moved = deal.move("propose", reason="they asked", **TOLD).timeline[-1]
    assert (moved.reason, told_by(moved)) == ("they asked", TOLD)


def test_a_reopening_and_a_move_that_stays_are_told_in_full(deal):
    """Who, when, and what was said."""
    stays = deal.move("note", reason="reminder", **TOLD).timeline[-1]
    lost = Opportunity.open(id="7", at=MONDAY).lose("price", at=MONDAY)
    back = lost.reopen(**TOLD).timeline[-1]

    assert (stays.reason, told_by(stays)) == ("reminder", TOLD)
    assert (told_by(back), back.from_stage, back.to_stage) == (TOLD, "lost", "meeting")


def test_a_closing_knows_what_the_deal_was():
    """Stage, amount and chance before it, the day of the place, and who closed it."""
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), at=MONDAY).estimate("0.4", at=MONDAY)

    event = deal.lose("price", **TOLD).timeline[-1]

    assert (event.by, event.at, event.closing.note) == ("Ani", FRIDAY, "as they said")
    closed = event.closing
    assert (closed.stage, closed.amount, closed.closed_on) == (
        "meeting",
        Money(900, "EUR"),
        FRIDAY.date(),
    )
    assert closed.probability_before == deal.probability


def test_what_is_refused_of_a_closing_says_what_to_do():
    """The sentence, the remedy and the code are those of the page of messages."""
    deal = Opportunity.open(id="7", at=MONDAY)

    with pytest.raises(MoveRefused) as still_open:
        closing.correct(deal, note="late", why="a slip", at=FRIDAY)
    with pytest.raises(InvalidValue) as nothing:
        closing.correct(deal.lose("price", at=MONDAY), why="a slip", at=FRIDAY)
    with pytest.raises(InvalidValue) as closes_nothing:
        deal.move("propose", competitor="Faradis", at=MONDAY)

    assert str(still_open.value) == (
        "cannot correct: the deal is open, in meeting (win or lose it first)"
    )
    assert str(nothing.value) == (
        "closing is not corrected by nothing; "
        "allowed: closed_on, amount, reason, also, competitor, note"
    )
    assert (nothing.value.text.code, closes_nothing.value.text.code) == (
        "corrects_nothing",
        "closes_nothing",
    )


def test_a_correction_to_other_wants_the_note_that_other_wants():
    """A corrected reason is held to the stage, with the note that stands by then."""
    lost = Opportunity.open(id="7", at=MONDAY).lose("price", at=MONDAY)

    with pytest.raises(MoveRefused) as refused:
        closing.correct(lost, reason="other", why="a slip", at=FRIDAY)
    assert refused.value.refusal.code == "note_required"
    right = closing.correct(lost, reason="other", note="a merger", why="a slip", at=FRIDAY)
    assert (right.closing.reason, right.closing.note) == ("other", "a merger")
    again = closing.correct(right, note="two mergers", why="a slip", at=FRIDAY)
    assert (again.closing.reason, again.closing.note) == ("other", "two mergers")
    with pytest.raises(MoveRefused, match="note"):
        closing.correct(right, note="", why="a slip", at=FRIDAY)


@pytest.mark.parametrize("noun", [Lead.capture(id="7", at=MONDAY), None, Opportunity])
def test_only_a_deal_rests_or_is_closed(noun):
    """A lead is nurtured instead."""
    for done in (
        lambda: closing.hold(noun, at=MONDAY),
        lambda: closing.resume(noun, at=MONDAY),
        lambda: closing.correct(noun, note="x", why="y", at=MONDAY),
        lambda: closing.is_past_due(noun, at=MONDAY),
    ):
        with pytest.raises(WrongKind, match=r"deal is of the wrong kind: .* a lead is nurtured"):
            done()
