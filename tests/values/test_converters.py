"""Converters: each lets in what its field can hold, and names the field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.testing import names
from salesfunnel.values import (
    Answer,
    Company,
    ContactPoint,
    FrozenMap,
    Money,
    Person,
    Source,
    converters,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = {
    "by": converters.by,
    "trigger": converters.trigger,
    "from_stage": converters.from_stage,
    "to_stage": converters.to_stage,
    "last_open_stage": converters.last_open_stage,
    "account_id": converters.account_id,
    "conversion_id": converters.conversion_id,
    "opportunity_id": converters.opportunity_id,
    "contact_id": converters.contact_id,
    "name": converters.name,
    "policy": converters.policy_name,
    "policy_version": converters.policy_version,
    "reason": converters.reason_code,
}
VISIBLE = {"id": converters.identity, "kind": converters.kind}
NOTES = {"note": converters.note, "source_words": converters.source_words}
KINDS = {
    "person": (converters.person, Person("Sara"), Company("Novin")),
    "company": (converters.company, Company("Novin"), Person("Sara")),
    "amount": (converters.amount, Money(9, "EUR"), 9),
    "before": (converters.amount_before, Money(9, "EUR"), 9),
    "until": (converters.until, MONDAY, "today"),
    "expected_close": (converters.expected_close, date(2026, 6, 30), "June"),
    "opened_on": (converters.opened_on, date(2026, 6, 30), MONDAY),
}
SEVERAL = {
    "people": (converters.persons, Person("Sara")),
    "contact_points": (converters.points, ContactPoint("phone", "021 8877")),
    "lead_ids": (converters.lead_ids, "L1"),
}


class Colour(StrEnum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize("field", TEXTS | VISIBLE)
@given(text=names())
def test_a_line_is_let_in_as_it_is(field, text):
    """A name in any script comes out unchanged."""
    assert (TEXTS | VISIBLE)[field](text) == text


@pytest.mark.parametrize("field", TEXTS | VISIBLE)
@pytest.mark.parametrize("wrong", [5, None, b"x", "two\nlines", "\u202e", "\x00", "x" * 1_001])
def test_what_is_no_line_is_refused_by_the_field(field, wrong):
    """Numbers, bytes, several lines, marks of direction and endless texts are refused."""
    with pytest.raises(InvalidValue) as refused:
        (TEXTS | VISIBLE)[field](wrong)

    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field} ")


@pytest.mark.parametrize("field", TEXTS)
def test_a_line_may_be_blank(field):
    """Who did it, and which stage it was, may not be known."""
    assert TEXTS[field]("") == ""


@pytest.mark.parametrize("field", VISIBLE)
@pytest.mark.parametrize("blank", ["", " ", "\u200b"])
def test_an_id_and_a_kind_show_something(field, blank):
    """Spaces and marks that cannot be seen name nothing."""
    with pytest.raises(
        InvalidValue, match=rf"^{field} is blank; allowed: a text with at least one"
    ):
        VISIBLE[field](blank)


@pytest.mark.parametrize("field", NOTES)
def test_a_note_has_any_number_of_lines(field):
    """Lines and tabs are let in; what cannot be shown is refused by the field."""
    assert [NOTES[field](text) for text in ("", "two\nlines")] == ["", "two\nlines"]
    for wrong in (5, None, "\x00"):
        with pytest.raises(InvalidValue, match=rf"^{field} "):
            NOTES[field](wrong)


@pytest.mark.parametrize("field", KINDS)
def test_a_value_is_of_its_kind_or_none(field):
    """Nothing is let in as nothing, and another kind is refused by the field."""
    convert, right, wrong = KINDS[field]

    assert (convert(right), convert(None)) == (right, None)
    with pytest.raises(InvalidValue, match=rf"^{field} "):
        convert(wrong)


def test_the_day_of_closing_is_known():
    """A closed deal was closed on some day, so nothing is not let in."""
    assert converters.closed_on(date(2026, 6, 30)) == date(2026, 6, 30)
    for wrong in (None, "June", MONDAY):
        with pytest.raises(InvalidValue, match=r"^closed_on "):
            converters.closed_on(wrong)
    with pytest.raises(InvalidValue, match=r"^before "):
        converters.expected_before("June")
    assert converters.expected_before(None) is None


@pytest.mark.parametrize("field", SEVERAL)
def test_several_values_come_out_as_a_tuple(field):
    """A list or a generator is let in; a text, a mapping and a single value are not several."""
    convert, one = SEVERAL[field]

    assert convert([one]) == convert(thing for thing in [one]) == (one,)
    assert convert(()) == convert([]) == ()
    for wrong in ("abc", {one: one}, 5, None, [5], one):
        with pytest.raises(InvalidValue, match=rf"^{field} "):
            convert(wrong)


def test_a_wrong_kind_is_a_type_error_that_says_what_is_wanted():
    """A mistake that is easily made is caught by either name."""
    with pytest.raises(TypeError) as single:
        converters.one(Person, None, "person")
    with pytest.raises(WrongKind) as maybe:
        converters.maybe(Person, 5, "person")
    with pytest.raises(WrongKind) as several:
        converters.several(Person, "Sara", "people")

    assert str(single.value) == "person is of the wrong kind: None; allowed: Person"
    assert str(maybe.value) == "person is of the wrong kind: int; allowed: Person, or None"
    assert str(several.value) == "people is of the wrong kind: str; allowed: several of Person"


def test_a_choice_is_a_member_or_its_name():
    """Any other text is refused with the list of what there is."""
    assert converters.choice(Colour, "red", "colour") is Colour.RED
    assert converters.source(Source.FAX) is converters.source("fax") is Source.FAX
    for wrong in ("green", 5, None, []):
        with pytest.raises(InvalidValue, match=r"^colour is not in the list; allowed: red, blue$"):
            converters.choice(Colour, wrong, "colour")


def test_a_reason_is_kept_as_a_plain_text():
    """A member of a list of reasons is stored by its name."""
    assert type(converters.reason_code(Colour.RED)) is str


def test_facts_have_names_and_usable_values():
    """What an answer can hold, a fact of the host can hold; the field is named, not the answer."""
    facts = {"paid": True, "sum": Money(9, "EUR"), "note": "n", "none": None}

    assert converters.details(facts) == facts
    assert converters.typed_facts({}, "data") == FrozenMap({})
    for wrong in ({"x": object()}, {" ": 1}, {5: 1}, ["x"], "x", None, {"x": "\x00"}):
        with pytest.raises(InvalidValue, match=r"^details "):
            converters.details(wrong)


def test_answers_are_answers_by_question():
    """A bare value has no evidence, so it is no answer yet."""
    said = {"need": Answer(True)}

    assert converters.answers_by_question(said) == said
    for wrong in ({"need": True}, [Answer(True)]):
        with pytest.raises(WrongKind, match=r"^answers is of the wrong kind"):
            converters.answers_by_question(wrong)
    with pytest.raises(InvalidValue, match=r"^question is blank"):
        converters.answers_by_question({" ": Answer(True)})


CONVERTERS = {"name": converters.name, "source": converters.source}


def test_new_values_go_through_the_converter_of_their_field():
    """Each field is converted by its own; the order is kept."""
    found = converters.fields({"source": "fax", "name": "Novin"}, CONVERTERS, "amend")

    assert list(found.items()) == [("source", Source.FAX), ("name", "Novin")]
    with pytest.raises(InvalidValue, match=r"^source is not in the list"):
        converters.fields({"source": "a dream"}, CONVERTERS, "amend")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "amend changes nothing; allowed: one of: name, source"),
        (
            {"nmae": "x"},
            "amend cannot change nmae (did you mean name?); allowed: name, source",
        ),
        ({"shoe_size": 43}, "amend cannot change shoe_size; allowed: name, source"),
        (5, "amend is of the wrong kind: int; allowed: values by field: name, source"),
    ],
)
def test_a_field_that_cannot_be_changed_is_named(values, sentence):
    """With what there is, and with what was probably meant."""
    with pytest.raises(InvalidValue) as refused:
        converters.fields(values, CONVERTERS, "amend")

    assert str(refused.value) == sentence


def test_the_name_of_a_field_is_a_line():
    """A field name from outside that cannot be shown is not repeated."""
    with pytest.raises(InvalidValue, match=r"^amend "):
        converters.fields({"two\nlines": 1}, CONVERTERS, "amend")
    with pytest.raises(InvalidValue, match=r"^amend "):
        converters.fields({5: 1}, CONVERTERS, "amend")
