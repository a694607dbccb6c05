"""People, by their whole names."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.person import Person

FIELDS = {
    "name": "person",
    "given": "given name",
    "family": "family name",
    "salutation": "salutation",
    "job_title": "job title",
}


def test_a_person_is_kept_as_written():
    """No part of a person is altered or guessed."""
    person = Person(
        "دكتر علي‌رضا", given="Ali", family="Rezaei", salutation="Dr.", job_title="Buyer"
    )

    assert attrs.astuple(person)[:5] == ("دكتر علي‌رضا", "Ali", "Rezaei", "Dr.", "Buyer")
    assert str(person) == "دكتر علي‌رضا"
    assert attrs.astuple(Person("Sara"))[:5] == ("Sara", "", "", "", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pierre Dupont", "DUPONT, Pierre"),
        ("علي رضايي", "رضایی علی"),
        ("Անի Սարգսյան", "ՍԱՐԳՍՅԱՆ ԱՆԻ"),
    ],
)
def test_a_name_in_another_order_is_one_key(one, other):
    """The family name first or last is one person."""
    assert Person(one).key == Person(other).key


def test_a_key_is_plain_text():
    """The key of a person is the sorted words of the name."""
    assert Person("Sara Ahmadi").key == "ahmadi sara"


@pytest.mark.parametrize("name", ["", "  ", "\u200c\u200d"])
def test_a_person_has_a_name(name):
    """Somebody whose name shows nothing cannot be called."""
    with pytest.raises(
        InvalidValue, match=r"^person has no name; allowed: a name with at least one"
    ):
        Person(name)


@pytest.mark.parametrize(("field", "called"), FIELDS.items())
def test_every_text_of_a_person_is_checked(field, called):
    """No field takes control characters or anything but text."""
    with pytest.raises(InvalidValue, match=rf"^{called} holds a control character"):
        Person(**{"name": "Sara", field: "a\0"})
    with pytest.raises(InvalidValue, match=rf"^{called} is not text"):
        Person(**{"name": "Sara", field: 5})


def test_a_representation_shows_no_personal_data():
    """What ends up in a log says only that there is a person."""
    assert repr(Person("Sara", given="Sara", job_title="Buyer")) == "Person(…)"


def test_only_the_name_comes_without_its_field():
    """The other facts are given by name, so that none is taken for another."""
    with pytest.raises(TypeError):
        Person("Sara Ahmadi", "Sara")


@given(
    st.lists(st.text("abcاب", min_size=1, max_size=5), min_size=1, max_size=5).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    )
)
def test_the_order_of_words_never_matters(words):
    """However the words of a name are ordered, the key is one."""
    one, other = map(" ".join, words)

    assert Person(one).key == Person(other.upper()).key


def test_an_erased_person_is_marked():
    """Only the mark tells: someone may bear such a name."""
    erased = Person.erased("7")

    assert (str(erased), erased.is_erased) == ("erased person 7", True)
    assert not Person("erased person 7").is_erased
    assert erased != Person("erased person 7")
