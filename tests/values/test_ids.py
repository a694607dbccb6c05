"""Ids that follow from the content."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.ids import _NAMESPACE, derived_id

parts = st.lists(st.text("ab:1\0", max_size=4), min_size=1, max_size=4)


def test_an_id_never_changes():
    """Stored ids stay valid in every release."""
    assert derived_id("lead", "crm", "۱۷") == "1f904ab2-f348-528e-81df-5dcc81fed14f"


@pytest.mark.parametrize("odd", ["\ud800", 17, None])
def test_only_texts_make_an_id(odd):
    """A broken text or a number cannot be told apart for ever, so it is refused."""
    with pytest.raises(
        InvalidValue, match=r"^id cannot be derived from this; allowed: well-formed"
    ):
        derived_id("lead", odd)


@given(parts, parts)
def test_an_id_stands_for_one_thing(one, other):
    """Two lists of texts have one id only if they are one list."""
    assert (derived_id(*one) == derived_id(*other)) == (one == other)


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_an_id_is_a_name_based_uuid(texts):
    """Every id is a UUID of version 5, so that databases can store it as one."""
    assert uuid.UUID(derived_id(*texts)).version == 5


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_an_id_is_what_the_standard_library_makes_of_the_name(texts):
    """Our quicker way to write a UUID gives the same."""
    name = "".join(f"{len(text)}:{text}" for text in texts)

    assert derived_id(*texts) == str(uuid.uuid5(uuid.UUID(bytes=_NAMESPACE), name))
