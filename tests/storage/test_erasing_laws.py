"""What erasing leaves is stored without a word of the person, and says which events to replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.conversion import plan_conversion
from salesfunnel.leads import Lead
from salesfunnel.pipeline import Pipeline
from salesfunnel.privacy import erase_person
from salesfunnel.qualification import Finding
from salesfunnel.storage import as_row, create_table, to_data, to_json
from salesfunnel.storage.sqlite import Store
from salesfunnel.testing import leads
from salesfunnel.values import Company, ContactPoint, Person

# A shorter text stands in too many others: "ok" is in "book".
SHORTEST = 4
# What is not the person: the firm, a definition, and what a policy found.
NOT_THEM = Company | Pipeline | Finding
# The words of JSON and of the tables themselves are no words of theirs.
FRAME = "null true false none " + " ".join(create_table("lead", personal=True))
NAMES = {"qvutz", "zyxwa", "8765431"}


def texts(value: object, *, is_theirs: bool = True) -> Iterator[tuple[str, bool]]:
    """List the texts of a value, each with whether it may tell of the person."""
    is_theirs = is_theirs and not isinstance(value, NOT_THEM)
    if isinstance(value, str):
        yield value.casefold(), is_theirs and type(value) is str
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(key, is_theirs=False)
            yield from texts(item, is_theirs=is_theirs)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, is_theirs=is_theirs)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            personal = is_theirs and field.metadata.get("personal", True)
            yield from texts(getattr(value, field.name), is_theirs=personal)


def told_of(noun: Lead) -> set[str]:
    """List every text that the history of a lead tells of its person and of nothing else."""
    found = set(texts(noun.timeline))
    told = {text for text, is_theirs in found if is_theirs and len(text.strip()) >= SHORTEST}
    frame = " ".join(text for text, is_theirs in found if not is_theirs)
    frame += to_json(Lead.capture(id="7", at=noun.timeline[0].at)) + str(as_row(noun))
    frame += FRAME
    told = {text for text in told if text not in frame.casefold()}
    return {text for text in told if not text.startswith("erased")} | NAMES  # by an earlier request


def of_a_person(lead: Lead) -> Lead:
    """Let a lead have a person whose words stand nowhere else."""
    at = lead.timeline[-1].at
    points = [ContactPoint("email", "qvutz@mail.example"), ContactPoint("mobile", "09128765431")]
    known = {"person": Person("Zyxwa Qvutz", job_title="QVUTZ-JOB"), "contact_points": points}
    lead = lead.amend(**known, details={"card": "qvutz-card"}, at=at)
    lead = lead.log("fax", note="qvutz-note of Zyxwa", person="Zyxwa", at=at)
    return lead.answer("purchase_process", "qvutz-answer", note="says Qvutz", at=at)


of_theirs = leads(stage="qualified").map(of_a_person)


@given(of_theirs, st.booleans())
def test_erased_holds_no_personal_text(lead, converts):
    """Not one text of the history, nor a name or an address, is in the bytes that are stored."""
    at, nouns, told = lead.timeline[-1].at, (), told_of(lead)
    if converts:
        lead, *nouns = plan_conversion(lead).apply(at=at)

    after = erase_person("Zyxwa Qvutz", lead, *nouns, at=at).nouns

    stored = " ".join([*map(to_json, after), *(str(as_row(n, personal=True)) for n in after)])
    assert [text for text in told if text in stored.casefold()] == []


@given(of_theirs, st.booleans())
def test_rewritten_names_the_events_to_replace(lead, converts):
    """All other events are stored as they were, and one is added to each noun that has changed."""
    at, nouns = lead.timeline[-1].at, ()
    if converts:
        lead, *nouns = plan_conversion(lead).apply(at=at)
    before = (lead, *nouns)

    erasure = erase_person("Zyxwa Qvutz", *before, at=at, rekey={lead.id: "erased-1"})

    named = {(noun_id, number) for noun_id, number, _ in erasure.rewritten}
    for was, is_now in zip(before, erasure.nouns, strict=True):
        differ = {
            (was.id, number)
            for number, (old, new) in enumerate(zip(was.timeline, is_now.timeline, strict=False))
            if to_data(old) != to_data(new)
        }
        assert differ == {place for place in named if place[0] == was.id}
        assert is_now.version == was.version + bool(differ)


@given(of_theirs)
def test_erased_in_a_file_holds_no_personal_text(lead):
    """Events, rows and free pages of a database hold none of it either."""
    with Store(":memory:") as store:
        store.save(lead)
        [erased] = erase_person("Zyxwa Qvutz", lead, at=lead.timeline[-1].at).nouns

        store.replace(lead, erased)

        pages = store.database.serialize().decode("utf-8", "replace").casefold()
    assert [text for text in told_of(lead) if text in pages] == []
