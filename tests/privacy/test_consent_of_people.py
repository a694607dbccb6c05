"""Consent of several people: nobody answers for another, and a conversion takes words along."""

from __future__ import annotations

import random as chances
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import Consent, ConsentRegister, agenda
from salesfunnel.conversion import Conversion, plan_conversion
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.history import contribute
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.privacy import consent, erase_person, may_contact
from salesfunnel.rules import yes
from salesfunnel.testing import leads
from salesfunnel.values import Contribution, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SUNDAY = MONDAY + 6 * DAY
CHANNELS, PEOPLE = ("email", "sms"), ("c1", "c2", "")
AGREED = yes("consent.email")
WORDS = st.lists(
    st.tuples(
        st.sampled_from([*CHANNELS, "any"]),
        st.sampled_from(PEOPLE),
        st.booleans(),
        st.integers(0, 4),
    ).filter(lambda word: not word[2] or word[0] != "any"),
    max_size=8,
)


def recorded(words, noun=None):
    """Record words as they are told, all on Sunday."""
    noun = noun or Account.open(id="A", name="Novin", at=MONDAY)
    for channel, person, is_yes, day in words:
        told = {"person": person, "when": MONDAY + day * DAY, "at": SUNDAY}
        if is_yes:
            noun = consent.give(noun, channel, basis="consent", **told)
        else:
            noun = consent.withdraw(noun, channel, **told)
    return noun


def of_one(words, channel, person):
    """Say what stands with one of several people, by looking at all words."""
    about = [
        (day, not is_yes)
        for of_channel, who, is_yes, day in words
        if of_channel in {channel, "any"} and (who == person or (not who and not is_yes))
    ]
    return not max(about)[1] if about else None


@example([("email", "", False, 0), ("email", "", True, 1)], chances.Random(1))  # noqa: S311 - not to keep a secret
@given(WORDS, st.randoms(use_true_random=False))
def test_nobody_answers_for_another(words, random):
    """A yes is only of the one who gave it; a no that names no one is of all."""
    words = [*words, ("fax", "c1", True, 0), ("fax", "c2", True, 0)]  # so there are several people
    told = recorded(words)
    mixed = recorded(random.sample(words, len(words)))

    for channel in CHANNELS:
        for person in ("c1", "c2"):
            expected = of_one(words, channel, person)
            for noun in (told, mixed, Account.replay(told.timeline)):
                word = noun.consent.word(channel, person=person)
                assert (word and word.is_given) == expected
                assert bool(may_contact(noun, channel, person=person, at=SUNDAY)) == bool(expected)
        said = {of_one(words, channel, person) for person in ("c1", "c2")} - {None}
        expected = said.pop() if len(said) == 1 else None
        word = told.consent.word(channel)
        assert (word and word.is_given) == expected
        assert yes(f"consent.{channel}").holds(told, at=SUNDAY) == expected


def test_where_people_differ_it_is_asked_of_whom():
    """The refusal says how many there are, and the rule does not know."""
    novin = recorded([("email", "c1", True, 0), ("email", "c2", False, 0)])

    refusal = may_contact(novin, "email", at=SUNDAY)

    assert str(refusal) == (
        "cannot contact: of 2 people not all agree to marketing by email "
        "(give person= to say who is meant)"
    )
    assert AGREED.holds(novin, at=SUNDAY) is None
    assert may_contact(novin, "email", person="c1", at=SUNDAY).person == "c1"
    assert may_contact(novin, "email", person="c2", at=SUNDAY).code == "consent_withdrawn"
    assert may_contact(novin, "email", person="c3", at=SUNDAY).code == "never_asked"


def test_of_several_who_agree_the_one_counts_who_ends_first():
    """So a newsletter to all of them stops in time."""
    novin = Account.open(id="A", name="Novin", at=MONDAY)
    for person, days in (("c1", 9), ("c2", 3), ("c3", None)):
        until = None if days is None else SUNDAY + days * DAY
        novin = consent.give(novin, "email", basis="consent", person=person, until=until, at=SUNDAY)

    assert novin.consent.word("email").until == SUNDAY + 3 * DAY
    lines = agenda([novin], at=SUNDAY, days=None)
    assert [line.due for line in lines] == [SUNDAY + 3 * DAY, SUNDAY + 9 * DAY]


def test_one_person_may_agree_again_without_being_named():
    """On a deal with one person a word that names no one is that person's."""
    deal = Opportunity.open(id="7", at=MONDAY)
    deal = consent.withdraw(deal, "email", person="c1", at=MONDAY)

    deal = consent.give(deal, "email", basis="consent", at=SUNDAY)

    assert may_contact(deal, "email", at=SUNDAY)
    assert may_contact(deal, "email", person="c1", at=SUNDAY)
    assert not may_contact(deal, "email", person="c2", at=SUNDAY)


def test_a_word_is_written_without_the_one_who_gave_it():
    """What is shown says what was agreed on, and nothing of the person."""
    until = datetime(2026, 6, 1, tzinfo=UTC)
    given_ = Consent(channel="email", basis="consent", person="sara", until=until, at=MONDAY)

    assert str(given_) == "marketing by email: yes, by consent until 2026-06-01"
    assert str(Consent(channel="any", person="sara", at=MONDAY)) == "marketing by any: no"
    assert "sara" not in repr(given_)
    assert "sara" not in repr(ConsentRegister().with_word(given_))


def a_lead(id_, person="Sara Ahmadi"):
    """Take in a lead that comes qualified from elsewhere."""
    return Lead.capture(id=id_, person=person, company="Novin", stage="qualified", at=MONDAY)


@given(leads(stage="qualified"), st.sampled_from(CHANNELS))
def test_a_conversion_takes_consent_along(lead, channel):
    """Account and deal know what the lead knew, of the same person; undone they know nothing."""
    at = lead.timeline[-1].at
    novin = Account.open(id="A", name="Novin", at=at)
    plan = plan_conversion(lead, account=novin, decide={"company": "keep"})

    done = plan.apply(at=at)

    expected = lead.consent.word(channel)
    for noun in (done.account, done.opportunity):
        word = noun.consent.word(channel, person=done.lead.contact_id)
        assert bool(word) == bool(expected)
        if word:
            assert (word.is_given, word.at, word.until) == (
                expected.is_given,
                expected.at,
                expected.until,
            )
        said = may_contact(noun, channel, person=done.lead.contact_id, at=at)
        assert bool(said) == bool(may_contact(lead, channel, at=at))
    assert done.undo(at=at).account.consent == novin.consent


def test_two_people_of_one_account_keep_their_words():
    """Ali's no does not silence Sara, and her yes lets no one write to him."""
    sara = consent.give(a_lead("L1"), "email", basis="consent", at=MONDAY)
    ali = consent.withdraw(a_lead("L2", "Ali Karimi"), at=MONDAY)
    novin = Account.open(id="A", name="Novin", at=MONDAY)

    first = plan_conversion(sara, account=novin).apply(at=MONDAY)
    second = plan_conversion(ali, account=first.account, opportunity=first.opportunity).apply(
        at=SUNDAY
    )

    for noun in (second.account, second.opportunity):
        assert may_contact(noun, "email", person=first.lead.contact_id, at=SUNDAY)
        assert not may_contact(noun, "email", person=second.lead.contact_id, at=SUNDAY)
        assert may_contact(noun, "email", at=SUNDAY).code == "consent_differs"
    back = Conversion(second.lead, second.account, second.opportunity).undo(at=SUNDAY)
    assert may_contact(back.opportunity, "email", at=SUNDAY)


def test_an_older_word_from_elsewhere_lifts_nothing():
    """The plan says that a later one stands."""
    no = consent.withdraw(Opportunity.open(id="7", at=MONDAY), "email", person="c1", at=SUNDAY)
    more = Contribution(
        {"consent": [Consent(channel="email", basis="consent", person="c1", at=MONDAY)]}
    )

    (told,) = more.differences(no)

    assert told.text(values=False) == "kept     consent, since a later word stands"
    assert told.why == "a later word stands"
    assert contribute(no, more, at=SUNDAY).consent == no.consent
    kept = Contribution({"consent": more.values["consent"]}, ways={"consent": "keep"})
    fresh = Opportunity.open(id="7", at=MONDAY)
    assert [change.kind for change in kept.differences(fresh)] == ["left_out"]


def test_the_erased_one_no_longer_speaks_and_others_still_do():
    """The no of a person who is erased does not become a no of all."""
    sara = consent.give(a_lead("L1"), "email", basis="consent", at=MONDAY)
    ali = consent.withdraw(a_lead("L2", Person("Ali Karimi", id="c2")), at=MONDAY)
    first = plan_conversion(sara).apply(at=MONDAY)
    second = plan_conversion(ali, account=first.account, opportunity=None).apply(at=MONDAY)
    novin = consent.withdraw(second.account, "sms", person="c2", at=SUNDAY)
    novin = novin.log("call", person="c2", at=SUNDAY)

    who, seven = Person("Ali Karimi", id="c2"), "7"
    erasure = erase_person(who, second.lead, novin, token=seven, at=SUNDAY)

    lead, erased = erasure.nouns
    assert lead.contact_id == ""
    assert may_contact(erased, "email", person=first.lead.contact_id, at=SUNDAY)
    assert {word.person for word in erased.consent.words} == {
        first.lead.contact_id,
        "erased person 7",
    }
    assert [e.person for e in erased.timeline if hasattr(e, "kind")] == ["erased person 7"]
    assert Account.replay(erased.timeline) == erased


@pytest.mark.parametrize("days", [0, 3])
def test_a_conversion_takes_along_when_they_were_last_heard_of(days):
    """Dates only: what happened with the lead is counted there, once."""
    rung = MONDAY + days * DAY
    lead = a_lead("L1").log("call", inbound=True, at=rung)
    novin = Account.open(id="A", name="Novin", at=MONDAY).log("visit", at=MONDAY + DAY)

    done = plan_conversion(lead, account=novin).apply(at=SUNDAY)

    deal, account = done.opportunity.engagement, done.account.engagement
    assert (deal.activities, deal.attempts, deal.times_in_contact) == (0, 0, 0)
    assert deal.last_activity == deal.last_contact == deal.last_inbound == deal.quiet_since == rung
    latest = max(rung, MONDAY + DAY)
    assert (account.activities, account.last_contact, account.last_inbound) == (1, latest, rung)
    assert done.undo(at=SUNDAY).account.engagement == novin.engagement
    later = done.opportunity.log("call", reached=True, at=SUNDAY)
    assert (later.engagement.activities, later.engagement.quiet_since) == (1, SUNDAY)
    assert Opportunity.replay(later.timeline) == later


def test_a_lead_that_was_never_reached_leaves_the_deal_as_new():
    """Then the silence of the deal begins with the deal."""
    done = plan_conversion(a_lead("L1")).apply(at=SUNDAY)

    assert done.opportunity.engagement.quiet_since == SUNDAY
    assert done.opportunity.version == done.account.version == 1


def test_what_is_known_already_is_no_news():
    """A word and a moment that stand there bring no change; kept out, each is named."""
    word = Consent(channel="email", basis="consent", at=MONDAY)
    deal = Opportunity.open(id="7", at=MONDAY).log("call", reached=True, at=MONDAY)
    deal = contribute(deal, Contribution({"consent": [word]}), at=MONDAY)
    known = {"consent": [word], "engagement": {"last_contact": MONDAY}}
    later = {"engagement": {"last_contact": SUNDAY, "last_inbound": SUNDAY}}

    assert Contribution(known).differences(deal) == ()
    (told,) = Contribution(later).differences(deal)
    assert (told.kind, told.after["last_inbound"]) == ("filled", SUNDAY)
    (kept,) = Contribution(later, ways={"engagement": "keep"}).differences(deal)
    assert (kept.place, kept.kind) == ("engagement", "left_out")


def test_only_the_last_moments_are_told_from_elsewhere():
    """Counts stay where things were counted."""
    with pytest.raises(InvalidValue, match="engagement has no attempts; allowed: last_activity"):
        Contribution({"engagement": {"attempts": MONDAY}})
    with pytest.raises(WrongKind, match="engagement"):
        Contribution({"engagement": [MONDAY]})
