"""The laws of consent: whichever way the words come in, the latest one stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.activities import correct, withdraw
from salesfunnel.leads import Lead
from salesfunnel.privacy import consent, may_contact

MONDAY, FRIDAY = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
MOMENTS = st.integers(0, 4).map(lambda hours: MONDAY + timedelta(hours=hours))
CHANNELS, PURPOSES = ("email", "sms"), ("marketing", "service")
WORDS = st.lists(
    st.tuples(
        st.sampled_from([*CHANNELS, "any"]),
        st.sampled_from([*PURPOSES, "any"]),
        st.booleans(),
        MOMENTS,
    ).filter(lambda word: not word[2] or "any" not in word),
    max_size=8,
)


def recorded(words):
    """Record words as they are told, all on Friday."""
    lead = Lead.capture(company="Novin", at=MONDAY)
    for channel, purpose, is_yes, when in words:
        told = {"purpose": purpose, "when": when, "at": FRIDAY}
        if is_yes:
            lead = consent.give(lead, channel, basis="consent", **told)
        else:
            lead = consent.withdraw(lead, channel, **told)
    return lead


def standing(words, channel, purpose):
    """Say what stands, by looking at all words: the latest, and of two at once the no."""
    about = [
        (when, not is_yes)
        for of_channel, of_purpose, is_yes, when in words
        if of_channel in {channel, "any"} and of_purpose in {purpose, "any"}
    ]
    return not max(about)[1] if about else None


@given(WORDS, st.randoms(use_true_random=False))
def test_the_latest_word_on_consent_survives_merge_import_and_undo(words, random):
    """In whichever order words come in, and with anything else taken back, the latest stands."""
    shuffled = random.sample(words, len(words))
    told, mixed = recorded(words), recorded(shuffled)
    undone = mixed.log("call", reached=True, id="1", at=FRIDAY)
    undone = withdraw(correct(undone, "1", reached=False, at=FRIDAY), "1", at=FRIDAY)

    for channel in CHANNELS:
        for purpose in PURPOSES:
            expected = standing(words, channel, purpose)
            for lead in (told, mixed, undone, Lead.replay(undone.timeline)):
                found = lead.consent.word(channel, purpose=purpose)
                assert (found and found.is_given) == expected


@given(WORDS, st.sampled_from(CHANNELS), st.sampled_from(PURPOSES))
def test_asking_and_rules_agree(words, channel, purpose):
    """One may write if, and only if, the rule says yes."""
    lead = recorded(words)
    register = lead.consent.get("purposes").get(purpose)
    answer = register.get(channel) if register else None

    may = may_contact(lead, channel, purpose=purpose, at=FRIDAY)

    assert bool(may) == bool(answer and answer.value)
