"""What holds for every value of the station: copies are equal, and nothing personal leaks."""

from __future__ import annotations

import copy
import pickle
import traceback
from decimal import Decimal

import attrs
import pytest

from salesfunnel.errors import InvalidValue
from salesfunnel.values.bucket import Bucket
from salesfunnel.values.company import Company
from salesfunnel.values.contact_points import ContactKind, ContactPoint
from salesfunnel.values.frozen_map import FrozenMap
from salesfunnel.values.instants import day, instant
from salesfunnel.values.money import Money
from salesfunnel.values.numbers import exact_decimal, read_number
from salesfunnel.values.person import Person
from salesfunnel.values.text import note_text, plain_text

CANARY = "canary9121234567"

VALUES = [
    Money("1.5", "EUR"),
    Bucket(51, 200),
    Person(CANARY, given=CANARY, family=CANARY, salutation=CANARY, job_title=CANARY),
    Company(CANARY, industry=CANARY, country=CANARY, city=CANARY, website=CANARY),
    ContactPoint(ContactKind.PHONE, CANARY),
    FrozenMap({"answer": CANARY}),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_copies_are_equal(value):
    """A copy of a value is that value, in another process too, and one in a set."""
    sent = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes

    assert {copy.copy(value), copy.deepcopy(value), sent} == {value}


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_representation_never_shows_personal_data(value):
    """No name, address or answer ends up in a log."""
    assert CANARY not in repr(value)


@pytest.mark.parametrize("value", VALUES[:-1], ids=lambda value: type(value).__name__)
def test_values_do_not_change(value):
    """Nobody can change a value that somebody else relies on."""
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


REFUSALS = {
    "bracket": Bucket.read,
    "day": day,
    "moment": instant,
    "number": read_number,
    "exact number": lambda text: exact_decimal(text, "number"),
    "large number": lambda text: exact_decimal(Decimal(text[-10:]) * 10**20, "number"),
    "amount": lambda text: Money(text, "EUR"),
    "currency": lambda text: Money(1, text),
    "employees": lambda text: Company("a", employees=text),
    "contact kind": lambda text: ContactPoint(text, "1"),
    "contact text": lambda text: ContactPoint("email", f"{text}\0"),
    "person": lambda text: Person(f"{text}\0"),
    "line": lambda text: plain_text(f"{text}\n", "line"),
    "note": lambda text: note_text(f"{text}\0", "note"),
}


@pytest.mark.parametrize("make", REFUSALS.values(), ids=REFUSALS)
def test_an_error_never_repeats_what_was_entered(make):
    """What was wrong is said without the words that were wrong."""
    with pytest.raises(InvalidValue) as caught:
        make(CANARY)

    told = (
        str(caught.value)
        + repr(caught.value)
        + "".join(traceback.format_exception_only(caught.value))
    )
    assert "canary" not in told
    assert CANARY[-10:] not in told
