"""The laws of erasing, for any lead, deal and account that can come about."""

from __future__ import annotations

import pickle

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import plan_conversion
from salesfunnel.history import PersonErased
from salesfunnel.privacy import erase_person
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Company, ContactPoint, Money, Person

ZOE = Person("Zyxwa Qvutz", given="Zyxwa", family="QVUTZ-FAMILY", job_title="QVUTZ-JOB")
SECRETS = (
    *("zyxwa", "qvutz-family", "qvutz-job", "qvutz@mail", "8765431", "qvutz-card", "qvutz-words"),
    *("qvutz-note", "qvutz-answer"),
)


def of_zoe(lead):
    """Let a lead be that of Zoé, with texts that stand nowhere else."""
    at = lead.timeline[-1].at
    points = [ContactPoint("email", "qvutz@mail.example"), ContactPoint("mobile", "091 2876 5431")]
    known = {"person": ZOE, "company": Company("Novin"), "contact_points": points}
    told = {"details": {"card": "qvutz-card"}, "source_words": "qvutz-words"}
    lead = lead.amend(**known, **told, at=at).log("fax", note="qvutz-note", at=at)
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
