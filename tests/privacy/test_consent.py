"""By which channel someone may be approached, for what, and why not."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from salesfunnel.accounts import Account
from salesfunnel.activities import Consent, ConsentGiven, ConsentRegister, ConsentWithdrawn
from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.privacy import consent, may_contact
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import yes

MARCH, APRIL, MAY, JUNE, JULY = (datetime(2026, month, 2, 9, tzinfo=UTC) for month in range(3, 8))
NOUNS = {
    "lead": Lead.capture(person="Ali Karimi", at=MARCH),
    "opportunity": Opportunity.open(id="7", at=MARCH),
    "account": Account.open(id="7", name="Novin", at=MARCH),
}
ALI = NOUNS["lead"]
each_noun = pytest.mark.parametrize("noun", NOUNS.values(), ids=NOUNS)


@each_noun
def test_a_consent_is_an_event_that_rules_can_read(noun):
    """Those who agree until June have agreed in May, and nothing is known in July."""
    agreed = consent.give(noun, "email", basis="consent", until=JUNE, at=APRIL)

    assert [type(event) for event in agreed.timeline[1:]] == [ConsentGiven]
    assert type(noun).replay(agreed.timeline) == agreed
    assert pickle.loads(pickle.dumps(agreed)) == agreed  # noqa: S301 - our own
    assert yes("consent.email").holds(noun, at=MAY) is None
    assert yes("consent.email").holds(agreed, at=MAY) is True
    assert yes("consent.email").holds(agreed, at=JUNE) is None


@each_noun
def test_a_withdrawal_is_a_no(noun):
    """Those who want no more have said no, for each channel where none is named."""
    no = consent.withdraw(noun, source="letter", at=APRIL)

    assert [type(event) for event in no.timeline[1:]] == [ConsentWithdrawn]
    assert yes("consent.email").holds(no, at=MAY) is False
    assert yes("consent.sms").holds(no, at=MAY) is False


def test_story_25_an_expired_consent_asks_again_and_a_list_lifts_no_withdrawal():
    """Consent by mail until June; in between he withdrew, and the list was imported again."""
    mail = Criterion("mail", yes("consent.email"), weight=1, question="May we write to you?")
    policy = Scorecard("consent", criteria=[mail], threshold=1)
    agreed = consent.give(ALI, "email", basis="consent", until=JUNE, at=MARCH)
    again = consent.withdraw(agreed, "email", at=APRIL)
    again = consent.give(again, "email", basis="consent", when=MARCH, at=MAY)

    assert str(policy.assess(agreed, at=JULY).next_questions[0]) == "May we write to you?"
    assert yes("consent.email").holds(agreed, at=JULY) is None
    assert yes("consent.email").holds(again, at=JULY) is False


def test_of_two_words_at_once_the_withdrawal_stands():
    """It makes no difference which of them was entered first."""
    no_last = consent.withdraw(consent.give(ALI, "sms", basis="contract", at=APRIL), at=APRIL)
    no_first = consent.give(consent.withdraw(ALI, at=APRIL), "sms", basis="contract", at=APRIL)

    assert yes("consent.sms").holds(no_last, at=MAY) is False
    assert yes("consent.sms").holds(no_first, at=MAY) is False


def test_a_later_consent_stands_against_a_withdrawal_of_all():
    """Who wanted no message at all, and asks for the newsletter later, gets that alone."""
    asked = consent.give(consent.withdraw(ALI, at=MARCH), "email", basis="consent", at=APRIL)

    assert may_contact(asked, "email", at=MAY)
    assert may_contact(asked, "sms", at=MAY).code == "consent_withdrawn"


def test_each_purpose_has_words_of_its_own():
    """Service goes on when marketing was refused, and ends when all was."""
    bought = consent.give(ALI, "email", basis="contract", purpose="service", at=MARCH)
    no = consent.withdraw(bought, at=APRIL)
    nothing = consent.withdraw(bought, purpose="any", at=APRIL)
    service = yes("consent.purposes.service.email")

    assert service.holds(bought, at=MAY) is True
    assert (service.holds(no, at=MAY), yes("consent.email").holds(no, at=MAY)) == (True, False)
    assert service.holds(nothing, at=MAY) is False
    assert yes("consent.purposes.marketing.email").holds(no, at=MAY) is False
    assert yes("consent.purposes.surveys.email").holds(no, at=MAY) is None


def test_a_yes_is_the_consent_that_stands():
    """The permission to write also says why."""
    agreed = consent.give(
        ALI, "email", basis="consent", until=JUNE, source="form", when=MARCH, at=APRIL
    )

    word = may_contact(agreed, "email", at=MAY)

    assert word == Consent(channel="email", basis="consent", until=JUNE, source="form", at=MARCH)
    assert (word.answer.source, word.answer.at, word.answer.expires) == ("form", MARCH, JUNE)


@pytest.mark.parametrize(
    ("noun", "at", "code", "said"),
    [
        (ALI, MAY, "never_asked", "no word on marketing by email is known"),
        (
            consent.withdraw(ALI, "email", at=APRIL),
            MAY,
            "consent_withdrawn",
            "marketing by email was refused on 2026-04-02",
        ),
        (
            consent.give(ALI, "email", basis="consent", until=JUNE, at=APRIL),
            JULY,
            "consent_expired",
            "the consent to marketing by email expired on 2026-06-02",
        ),
        (
            consent.give(ALI, "email", basis="contract", purpose="service", at=APRIL),
            MAY,
            "not_for_this_purpose",
            "email may be used for service, not for marketing",
        ),
        (
            consent.give(ALI, "email", basis="contract", purpose="service", until=MAY, at=APRIL),
            JUNE,
            "never_asked",
            "no word on marketing by email is known",
        ),
        (
            consent.give(ALI, "sms", basis="contract", purpose="service", at=APRIL),
            MAY,
            "never_asked",
            "no word on marketing by email is known",
        ),
    ],
    ids=["never", "withdrawn", "expired", "other purpose", "expired purpose", "other channel"],
)
def test_a_no_says_why_and_what_would_help(noun, at, code, said):
    """A refusal has one reason, and a remedy."""
    refusal = may_contact(noun, "email", at=at)

    assert (refusal.code, refusal.objections[0].message) == (code, said)
    assert (refusal.trigger, refusal.stage) == ("contact", "new")
    assert refusal.objections[0].remedy


def test_an_account_has_no_stage_to_tell():
    """The refusal of an account says nothing about a stage."""
    assert may_contact(NOUNS["account"], "email", at=MAY).stage == ""


def test_what_happened_is_logged_without_consent():
    """A call that was made is told, although nothing allowed it."""
    no = consent.withdraw(ALI, at=MARCH)

    assert no.log("call", reached=True, at=APRIL).engagement.times_in_contact == 1


@pytest.mark.parametrize("channel", ["", "e-mail", "two words", "_email", "purposes", "any"])
def test_a_consent_names_one_channel_that_rules_can_read(channel):
    """A channel that no rule could name, or all of them, is refused."""
    with pytest.raises(InvalidValue, match=r"^channel"):
        consent.give(ALI, channel, basis="consent", at=APRIL)


def test_a_consent_names_one_purpose():
    """There is no consent for everything."""
    with pytest.raises(InvalidValue, match=r"^purpose is missing"):
        consent.give(ALI, "email", basis="consent", purpose="any", at=APRIL)


def test_a_consent_needs_one_of_the_six_bases():
    """A basis that there is not is refused with the list of all six."""
    with pytest.raises(InvalidValue, match="legitimate_interest") as refused:
        consent.give(ALI, "email", basis="because", at=APRIL)

    assert refused.value.field == "basis"


@pytest.mark.parametrize("verb", [consent.give, consent.withdraw])
def test_no_word_is_said_in_the_future_or_entered_in_the_past(verb):
    """``when`` lies at or before ``at``, and ``at`` at or after the last event."""
    basis = {"basis": "consent"} if verb is consent.give else {}

    with pytest.raises(InvalidValue, match=r"^when lies after"):
        verb(ALI, "email", **basis, when=MAY, at=APRIL)
    with pytest.raises(MoveRefused, match="before the last event"):
        verb(ALI, "email", **basis, at=MARCH - timedelta(days=1))


def test_the_source_of_a_word_is_in_no_representation():
    """How a consent came about may name the person, so no log line shows it."""
    agreed = consent.give(ALI, "email", basis="consent", source="SECRET", at=APRIL)
    no = consent.withdraw(agreed, "email", source="SECRET", at=APRIL)

    assert "SECRET" not in repr((agreed, agreed.timeline, no, no.timeline, agreed.consent.words))
    assert repr(no.consent) == "ConsentRegister(email)"
    assert repr(ConsentRegister()) == "ConsentRegister()"


@pytest.mark.parametrize("noun", ["Ali", None, Lead, {}])
def test_only_a_noun_can_consent(noun):
    """A name has no timeline on which a word could stand."""
    with pytest.raises(WrongKind, match="noun is of the wrong kind"):
        consent.give(noun, "email", basis="consent", at=APRIL)
    with pytest.raises(WrongKind, match="noun is of the wrong kind"):
        consent.withdraw(noun, at=APRIL)
    with pytest.raises(WrongKind, match="noun is of the wrong kind"):
        may_contact(noun, "email", at=APRIL)
