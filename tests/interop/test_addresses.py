"""Cells with several addresses or numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.interop.formats import contact_point, contact_texts
from salesfunnel.values import ContactKind

TWO_ADDRESSES = ["a@b.example", "c@d.example"]
TWO_NUMBERS = ["021 8877 6655", "021 8877 6656"]


@pytest.mark.parametrize("between", ["; ", ",", " / ", " ", "\n", "، ", " | "])
def test_two_addresses_in_a_cell_are_two(between):
    """Whatever stands between addresses divides them."""
    assert contact_texts(ContactKind.EMAIL, between.join(TWO_ADDRESSES)) == TWO_ADDRESSES


@pytest.mark.parametrize("between", ["; ", ",", " / ", "\r\n", " ، ", "|"])
@pytest.mark.parametrize("kind", [ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX])
def test_two_whole_numbers_in_a_cell_are_two(kind, between):
    """Blanks group the digits of a number, so they do not divide numbers."""
    assert contact_texts(kind, between.join(TWO_NUMBERS)) == TWO_NUMBERS


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ContactKind.PHONE, "01/23/45/67/89"),
        (ContactKind.PHONE, "88776655 / 56"),
        (ContactKind.PHONE, "+98 21 8877 6655;ext=12"),
        (ContactKind.EMAIL, "Sara Ahmadi <sara@novin.example>"),
        (ContactKind.EMAIL, "sara at novin.example"),
        (ContactKind.EMAIL, "sara @ novin.example"),
    ],
)
def test_a_cell_that_is_not_several_whole_ones_is_left_alone(kind, text):
    """A short part belongs to what stands before it."""
    assert contact_texts(kind, text) == [text]


@pytest.mark.parametrize("text", ["9.12E+09", "9,8912E+11", "9e+9", "9.E+9"])
@pytest.mark.parametrize("kind", [ContactKind.PHONE, ContactKind.MOBILE, ContactKind.FAX])
def test_a_number_that_a_spreadsheet_has_shortened_is_none(kind, text):
    """Its last digits are gone, so that it would meet numbers of other people."""
    with pytest.raises(InvalidValue, match="has lost digits in a spreadsheet"):
        contact_point(kind, text)


def test_an_address_may_look_like_a_number():
    """What a spreadsheet does to numbers, it does not do to addresses."""
    assert str(contact_point(ContactKind.EMAIL, "9.12E+09")) == "9.12E+09"


@given(
    kind=st.sampled_from([ContactKind.EMAIL, ContactKind.PHONE]),
    text=st.text(alphabet="a@.12 ;/,+\n<>", min_size=1),
)
def test_no_letter_of_an_address_is_lost(kind, text):
    """Only what stands between addresses or numbers is left out."""
    found = "".join(contact_texts(kind, text))

    assert [c for c in found if c not in " ;/,\n"] == [c for c in text if c not in " ;/,\n"]
