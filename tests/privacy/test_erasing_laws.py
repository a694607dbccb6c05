"""The laws of erasing, for any lead, deal and account that can come about."""

from __future__ import annotations

import pickle

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.history import PersonErased
from salesfunnel.privacy import consent, erase_person
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Company, ContactPoint, Money, Person

ZOE = Person(
    "Zyxwa Qvutz",
    given="Zyxwa",
    family="QVUTZ-FAMILY",
    salutation="QVUTZ-SIR",
    job_title="QVUTZ-JOB",
    id="QVUTZ-ID",
)
NAMELESS = attrs.evolve(ZOE, id="")
SECRETS = (
    *("zyxwa", "qvutz-family", "qvutz-job", "qvutz@mail", "8765431", "qvutz-card", "qvutz-words"),
    *("qvutz-note", "qvutz-answer", "qvutz-sir", "qvutz-id", "qvutz-form"),
)
# What is known of the person alone: it goes also where no lead of theirs is there to tell.
OF_THE_PERSON = (*SECRETS[:5], "qvutz-sir", "qvutz-id")


def later(noun):
    """Give the time of the last event."""
    return noun.timeline[-1].at


def of_zoe(lead):
    """Let a lead be that of Zoé, with texts that stand nowhere else."""
    at = lead.timeline[-1].at
    points = [ContactPoint("email", "qvutz@mail.example"), ContactPoint("mobile", "091 2876 5431")]
    known = {"person": ZOE, "company": Company("Novin"), "contact_points": points}
    told = {"details": {"card": "qvutz-card"}, "source_words": "qvutz-words"}
    lead = lead.amend(**known, **told, at=at).log("fax", note="qvutz-note", at=at)
    lead = consent.give(lead, "email", basis="consent", source="qvutz-form", at=at)
    lead = lead.log("call", person="QVUTZ-ID", at=at)
    return lead.answer("purchase_process", "qvutz-answer", at=at)


@given(leads(stage="qualified"), st.booleans())
def test_erased_texts_are_nowhere(lead, converts):
    """No text of the person is found in anything as it is stored, in any event."""
    lead, nouns = of_zoe(lead), ()
    at = lead.timeline[-1].at
    if converts:
        lead, *nouns = plan_conversion(lead).apply(at=at)
    before = (lead, *nouns)

    after = erase_person(ZOE, *before, at=at).nouns

    stored = pickle.dumps(after).lower()
    assert [secret for secret in SECRETS if secret.encode() in stored] == []
    assert all(type(noun).replay(noun.timeline) == noun for noun in after)


@given(leads(stage="qualified"), st.booleans())
def test_the_people_of_an_account_are_erased_without_their_leads(lead, has_id):
    """Name, id and addresses are found by the person; whom they agreed with and when stays."""
    lead = of_zoe(lead) if has_id else of_zoe(lead).amend(person=NAMELESS, at=later(lead))
    at = lead.timeline[-1].at
    done = plan_conversion(lead).apply(at=at)
    named = done.lead.contact_id
    account = done.account.log("call", person=named, note=f"rang {named}", at=at)
    account = consent.withdraw(account, "sms", person=named, at=at)
    deal = done.opportunity.log("call", person=named, at=at)

    erasure = erase_person(lead.person, account, deal, token="7", at=at)  # noqa: S106 - no password

    stored = pickle.dumps(erasure.nouns).lower()
    assert [secret for secret in OF_THE_PERSON if secret.encode() in stored] == []
    for before, after in zip((account, deal), erasure.nouns, strict=True):
        assert type(after).replay(after.timeline) == after
        assert {word.person for word in after.consent.words} <= {"erased person 7"}
        assert len(after.consent.words) == len(before.consent.words)
        assert [e.person for e in after.timeline if hasattr(e, "reached")] == ["erased person 7"]


# One name in several scripts, as people write it.
SPELLINGS = (
    ("Armen Sargsyan", "Արմեն Սարգսյան", "Армен Саргсян", "آرمن سارگسیان"),
    ("Ali Karimi", "علی کریمی", "Ալի Քարիմի", "Али Карими"),
    ("Dr. Hossein Rezaei", "حسین رضایی", "Հոսեյն Ռեզաեի"),
)
REACHED_AT = ("qvutz@mail.example", "+98 912 876 5431", "0912 8765431")


@given(leads(), st.sampled_from(SPELLINGS), st.data())
def test_a_person_is_erased_by_any_spelling_and_by_any_address(lead, spellings, data):
    """What is asked for in one script, or by address, goes in every other, or is left and named."""
    told, asked = (data.draw(st.sampled_from(spellings)) for _ in range(2))
    asked = data.draw(st.sampled_from((asked, *REACHED_AT)))
    lead = of_zoe(lead).amend(person=Person(told), at=later(lead))
    at = later(lead)
    novin = Account.open(id="7", name="Novin", people=[Person(told), Person("Sara")], at=at)
    novin = novin.log("call", note=f"{told}: qvutz-note", at=at).log("call", note="Sara", at=at)

    erasure = erase_person(asked, lead, novin, at=at)

    stored = pickle.dumps(erasure.nouns).lower()
    assert [text for text in (told.lower(), "qvutz") if text.encode() in stored] == []
    assert erasure.nouns[0].person.is_erased
    assert [person.is_erased for person in erasure.nouns[1].people] == [True, False]
    assert erasure.nouns[1].timeline[2].note == "Sara"


@given(leads() | opportunities() | accounts(), st.booleans())
def test_who_is_not_found_changes_nothing(noun, is_address):
    """A misspelt name erases nothing, so it gives no new id and ends no timeline either."""
    asked = "zyxwv@qvutz.example" if is_address else "Zyxwv Qvutz"

    erasure = erase_person(asked, noun, at=later(noun), rekey={noun.id: "new"})

    assert (erasure.found, erasure.nouns, erasure.rewritten) == (False, (noun,), ())


@given(leads() | opportunities() | accounts(), st.sampled_from(["person", "other"]))
def test_erasing_keeps_stages_days_money_counts_and_replays(noun, who):
    """Every event stays in its place, and only texts and persons are gone."""
    people = [getattr(noun, "person", None), *getattr(noun, "people", ())]
    people += [contact.person for contact in getattr(noun, "contacts", ())]
    known = [person for person in people if person and not person.is_erased]
    person = known[0] if known and who == "person" else ZOE
    at = noun.timeline[-1].at

    erasure = erase_person(person, noun, at=at)
    [after] = erasure.nouns

    kept = after.timeline[: noun.version]
    assert [(type(e), e.at, e.by) for e in kept] == [(type(e), e.at, e.by) for e in noun.timeline]
    assert [type(e) for e in after.timeline[noun.version :]] == [PersonErased] * bool(
        erasure.rewritten
    )
    for was, is_now in zip(noun.timeline, kept, strict=True):
        for field in attrs.fields(type(was)):
            value = getattr(was, field.name)
            if isinstance(value, (bool, int, Money)) or field.metadata.get("personal") is False:
                assert getattr(is_now, field.name) == value
    assert type(noun).replay(after.timeline) == after
    assert getattr(after, "stage", "") == getattr(noun, "stage", "")
    assert getattr(after, "amount", None) == getattr(noun, "amount", None)
    assert after.engagement == noun.engagement
    assert erase_person(person, after, at=at).nouns == (after,)
