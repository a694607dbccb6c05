"""Telling events: one line each, personal only where that is asked for."""

from __future__ import annotations

import typing
from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, AccountEvent, place
from salesfunnel.activities import correct, plan_step, withdraw
from salesfunnel.history import (
    StageEntered,
    contribute,
    describe,
    record,
    sentence_of,
    story_of,
)
from salesfunnel.leads import Lead, LeadEvent, handoff
from salesfunnel.opportunities import Involvement, Opportunity, OpportunityEvent, closing
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.privacy import consent
from salesfunnel.qualification import BANT
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Company, ContactPoint, Contribution, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
EVENTS = sorted(
    {
        kind
        for union in (LeadEvent, OpportunityEvent, AccountEvent)
        for kind in typing.get_args(union)
    },
    key=lambda kind: kind.__name__,
)
NAME = "Zyxwa Qvutz"  # a name that stands nowhere else


def fit(lead):
    """Answer all that the policy asks, so that the lead can be offered."""
    said = {"need": True, "budget": True, "timing": True, "authority": True}
    return lead.answer(said, at=lead.timeline[-1].at)


def told(noun, **options):
    """Tell the last event of a noun, without the day."""
    return describe(noun.timeline[-1], **options).partition(": ")[2]


@pytest.mark.parametrize("kind", EVENTS)
def test_every_event_carries_its_sentence(kind):
    """No event is without words, and they begin like the middle of a sentence."""
    assert hasattr(kind, "sentence")


@given(leads() | opportunities() | accounts())
def test_the_sentence_is_its_template_with_its_parameters(noun):
    """Each event of a timeline is told on one line, by its day and by the one who did it."""
    for event in noun.timeline:
        sentence = sentence_of(event)
        line = describe(event, personal=True)

        assert sentence.message == sentence.text.template.format(**sentence.params)
        assert sentence.code.startswith("told_")
        assert "None" not in sentence.message
        assert "\n" not in line
        assert line.startswith(describe(event))


@given(leads(), opportunities(), accounts())
def test_a_story_tells_each_event_once_in_order(lead, deal, account):
    """All three timelines are there, each in its own order, and the whole by the clock."""
    lines = story_of(lead, account, deal)

    for noun in (lead, account, deal):
        assert tuple(line.event for line in lines if line.noun is noun) == noun.timeline
        numbers = [line.number for line in lines if line.noun is noun]
        assert numbers == list(range(noun.version))
    moments = [line.event.at for line in lines]
    assert moments == sorted(moments)


def of_one_person():
    """Go through nouns in which a person stands in every place where one can stand."""
    person = Person(NAME)
    lead = Lead.capture(
        person=person,
        company=NAME,
        email="zyxwa@qvutz.example",
        source_words=NAME,
        details={"card": NAME},
        stage="contacted",
        at=MONDAY,
    )
    lead = lead.log("call", person=NAME, note=NAME, id="1", at=MONDAY)
    yield lead
    yield correct(lead, "1", note=NAME, at=MONDAY)
    yield withdraw(lead, "1", note=NAME, at=MONDAY)
    yield lead.answer("purchase_process", NAME, note=NAME, at=MONDAY)
    yield lead.amend(person=person, details={"card": NAME}, at=MONDAY)
    yield lead.disqualify("no_need", note=NAME, at=MONDAY)
    yield plan_step(lead, "call", due=date(2026, 3, 9), note=NAME, at=MONDAY)
    yield lead.assign("Ani", note=NAME, at=MONDAY)
    yield consent.give(lead, "email", basis="consent", source=NAME, at=MONDAY)
    yield record(lead, "card_seen", {"holder": NAME}, at=MONDAY)
    yield contribute(lead, Contribution({"company": Company(NAME)}), at=MONDAY)
    offered = handoff.offer(fit(lead), BANT, to="Reza", at=MONDAY)
    yield handoff.accept(offered, note=NAME, at=MONDAY)
    yield Account.open(id="7", name=NAME, people=[person], at=MONDAY)
    deal = Opportunity.open(id="7", name=NAME, at=MONDAY)
    yield deal
    yield deal.involve(person, "user", at=MONDAY)
    yield deal.move("propose", note=NAME, at=MONDAY)
    lost = deal.lose("price", note=NAME, at=MONDAY)
    yield lost
    yield closing.correct(lost, reason="timing", why=NAME, at=MONDAY)
    yield closing.hold(deal, note=NAME, at=MONDAY)


@pytest.mark.parametrize("noun", list(of_one_person()))
def test_personal_words_are_told_only_where_they_are_asked_for(noun):
    """A name or a note is in the line if the page wants it, else not."""
    event = noun.timeline[-1]

    assert NAME not in describe(event)
    assert NAME in describe(event, personal=True)


def test_the_line_of_a_move_says_when_and_who():
    """7 March 2026, Ani: moved from visit to trial."""
    line = StageEntered(at=datetime(2026, 3, 7, tzinfo=UTC), by="Ani", to_stage="trial")

    assert describe(line) == "7 March 2026, Ani: entered trial"


def test_the_day_is_that_of_the_zone():
    """What happened late in the evening in UTC was on the next day in Tehran."""
    tehran = timezone(timedelta(hours=3, minutes=30))
    late = StageEntered(at=datetime(2026, 3, 7, 23, tzinfo=UTC), to_stage="trial")
    end = StageEntered(at=datetime(9999, 12, 31, 23, tzinfo=UTC), to_stage="trial")

    assert describe(late, zone=tehran).startswith("8 March 2026")
    assert describe(end, zone=tehran).startswith("31 December 9999")


def test_codes_and_another_day_stand_in_brackets():
    """Why it was lost, how a call ended, and when it was if not when it was entered."""
    lead = Lead.capture(id="7", at=MONDAY)
    deal = Opportunity.open(id="7", amount=Money(900, "EUR"), at=MONDAY)

    assert told(deal.lose("price", at=MONDAY)) == "lost in meeting (price)"
    assert told(lead.disqualify("no_need", at=MONDAY)) == "disqualified in new: no_need"
    called = lead.log("call", outcome="no_answer", when=MONDAY, at=FRIDAY)
    assert told(called) == "tried to reach them by call (2 March 2026, no_answer)"


def test_each_way_to_tell_is_taken():
    """Sentences fit what is known: with an amount or without, with a day or for good."""
    lead = Lead.capture(id="7", company="Novin", at=MONDAY)
    deal = Opportunity.open(id="7", at=MONDAY)
    account = Account.open(id="7", name="Novin", at=MONDAY)
    priced = deal.amend(amount=Money(900, "EUR"), at=MONDAY)
    dated = deal.amend(expected_close=date(2026, 6, 1), at=MONDAY)
    offered = handoff.offer(fit(lead), BANT, to="Reza", at=MONDAY)
    won = Opportunity.open(id="7", stage="proposal", at=MONDAY)
    won = won.involve("Sara", "decision_maker", at=MONDAY).agree(Money(9, "EUR"), at=MONDAY)
    holding = Account.open(id="8", name="Holding", at=MONDAY)
    child = place(account, under=holding, among=[holding], at=MONDAY)

    assert [
        told(noun)
        for noun in (
            lead.nurture(until=date(2026, 6, 1), at=MONDAY),
            handoff.decline(offered, "not_now", at=MONDAY),
            priced,
            priced.amend(amount=Money(800, "EUR"), at=MONDAY),
            priced.amend(amount=None, at=MONDAY),
            priced.agree(at=MONDAY),
            dated,
            dated.amend(expected_close=date(2026, 7, 1), at=MONDAY),
            dated.amend(expected_close=None, at=MONDAY),
            closing.hold(deal, until=date(2026, 6, 1), at=MONDAY),
            closing.hold(deal, at=MONDAY),
            won.win(at=MONDAY),
            lead.log("call", inbound=True, at=MONDAY).assign("", team="south", at=MONDAY),
            lead.assign("Ani", at=MONDAY),
            lead.assign("Ani", team="south", at=MONDAY),
            lead.assign("Ani", at=MONDAY).assign("", at=MONDAY),
            consent.give(lead, "email", basis="consent", until=FRIDAY, at=MONDAY),
            child,
            place(child, under=None, among=[holding], at=MONDAY),
        )
    ] == [
        "moved from new to nurturing until 1 June 2026",
        "the offer was declined: not_now",
        "the amount is 900 EUR",
        "the amount went from 900 EUR to 800 EUR",
        "the amount is no longer known",
        "agreed on 900 EUR",
        "expected to close on 1 June 2026",
        "the expected close went from 1 June 2026 to 1 July 2026",
        "the expected close is no longer known",
        "put to rest until 1 June 2026",
        "put to rest",
        "won for 9 EUR",
        "assigned to the team south",
        "assigned to Ani",
        "assigned to Ani, of the team south",
        "assigned to no one",
        "consent for marketing by email, on the basis of consent, until 6 March 2026",
        "placed under account 8",
        "stands under account 8 no longer",
    ]


def test_a_declined_offer_says_when_it_is_worth_another_try():
    """The lead is nurtured until then, which is an event of its own."""
    offered = handoff.offer(fit(Lead.capture(id="7", at=MONDAY)), BANT, to="Reza", at=MONDAY)

    declined = handoff.decline(offered, "not_now", recycle_on=date(2026, 6, 1), at=MONDAY)

    lines = [str(line).partition(": ")[2] for line in story_of(declined)]
    assert "the offer was declined: Not now; worth another try on 1 June 2026" in lines


def test_what_was_said_is_written_as_people_say_it():
    """A yes is a yes, a day is a day, and a mapping gives each by its name."""
    lead = Lead.capture(id="7", company="Novin", at=MONDAY)

    assert told(lead.answer("need", True, at=MONDAY), personal=True) == (
        "an answer about need: yes"
    )
    facts = {"paid": False, "no": 7, "due": date(2026, 6, 1)}
    assert told(record(lead, "bill", facts, at=MONDAY), personal=True) == (
        "recorded bill: paid: no; no: 7; due: 1 June 2026"
    )
    deal = Opportunity.open(id="7", amount=Money(9, "EUR"), name="Pumps", at=MONDAY)
    assert told(deal, personal=True) == "opened as a deal in meeting for 9 EUR: Pumps"
    more = Contribution({"contacts": [Involvement(Person("Li Wei"), "user")]})
    assert told(contribute(deal, more, at=MONDAY), personal=True).endswith("contacts: Li Wei")
    points = [ContactPoint("email", "info@novin.example")]
    assert told(lead.amend(contact_points=points, at=MONDAY), personal=True) == (
        "corrected contact_points: contact_points: info@novin.example"
    )


def test_a_noun_that_is_not_there_yet_is_left_out():
    """A page of a lead without account and deal tells the lead alone."""
    lead = Lead.capture(id="7", company="Novin", at=MONDAY)

    [line] = story_of(lead, None, None)

    assert (line.kind, str(line)) == ("lead", "2 March 2026: came in as a lead, source other")
    assert attrs.evolve(line, number=0) == line


@given(st.sampled_from(EVENTS))
def test_no_sentence_asks_for_a_personal_field(kind):
    """The template of a sentence names only what is not personal."""
    text = kind.sentence
    if isinstance(text, property):
        return
    personal = {f.name for f in attrs.fields(kind) if f.metadata.get("personal")}
    assert not [name for name in personal - {"amended"} if f"{{{name}" in text.template]


def test_a_story_is_told_in_the_words_of_its_pipeline():
    """A line of a story names stages, reasons and roles by their labels; an event alone, codes."""
    lost = Stage("verloren", kind="lost", label="Verloren", reasons={"preis": "Zu teuer"})
    shop = Pipeline(
        "laden",
        stages=[Stage("offen", label="Offen"), lost, Stage("won", kind="won")],
        moves=[Move("lose", "offen", "verloren"), Move("win", "offen", "won")],
        roles={"chef": "Die Chefin"},
    )
    deal = Opportunity.open(id="7", pipeline=shop, at=MONDAY)
    deal = deal.involve("Sara Ahmadi", "chef", at=MONDAY).lose("preis", at=MONDAY)

    told = [str(line).partition(": ")[2] for line in story_of(deal)]

    assert told == [
        "opened as a deal in Offen",
        "involved a contact as Die Chefin",
        "lost in Offen (Zu teuer)",
    ]
    assert describe(deal.timeline[-1]).endswith("lost in offen (preis)")
    assert describe(deal.timeline[1], labels=shop.labels).endswith("as Die Chefin")
