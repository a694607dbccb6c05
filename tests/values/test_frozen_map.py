"""Read-only mappings."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.values.frozen_map import FrozenMap

items = st.dictionaries(st.text(max_size=3), st.integers() | st.none(), max_size=5)


def test_a_map_keeps_its_order():
    """The first answer given is the first one shown; a new value takes the old place."""
    answers = FrozenMap([("need", None), ("budget", True)]).with_item("need", True)

    assert list(answers.items()) == [("need", True), ("budget", True)]
    assert list(answers.with_item("timing", None)) == ["need", "budget", "timing"]


def test_looking_up_a_key_that_is_missing():
    """A question nobody asked has no answer, or the one that was given as default."""
    answers = FrozenMap({"need": True})

    assert (answers.get("need"), answers.get("budget"), answers.get("budget", 0)) == (True, None, 0)
    with pytest.raises(KeyError):
        answers["budget"]


def test_a_map_does_not_change():
    """Neither the map nor the dictionary it was made of can change it."""
    source = {"need": True}
    answers = FrozenMap(source)
    source["need"] = False

    with pytest.raises(AttributeError, match=r"^a FrozenMap cannot change; with_item gives a new"):
        answers.need = False
    with pytest.raises(AttributeError, match=r"^a FrozenMap cannot change; with_item gives a new"):
        del answers._items
    with pytest.raises(TypeError):
        answers["need"] = False
    assert answers == {"need": True}


def test_a_representation_hides_the_values():
    """Answers may be personal, the names of questions are not."""
    assert repr(FrozenMap({"phone": "0912", "need": True})) == "FrozenMap({'phone': …, 'need': …})"
    assert repr(FrozenMap()) == "FrozenMap({})"


def test_a_map_is_no_list():
    """A map equals mappings only."""
    assert FrozenMap({"need": True}) != [("need", True)]
    assert FrozenMap() != None  # noqa: E711 - equality is what is tested


def test_a_map_of_lists_cannot_be_hashed():
    """What can change has no hash."""
    with pytest.raises(TypeError):
        hash(FrozenMap({"need": []}))


@given(items)
def test_a_map_behaves_as_the_dictionary_it_was_made_of(source):
    """Length, order, keys, values, items and look-ups are those of the dictionary."""
    frozen = FrozenMap(source)

    assert isinstance(frozen, Mapping)
    assert frozen == source == frozen
    assert (len(frozen), list(frozen)) == (len(source), list(source))
    assert list(frozen.keys()) == list(source.keys())
    assert list(frozen.values()) == list(source.values())
    assert list(frozen.items()) == list(source.items())
    assert all(key in frozen and frozen[key] is frozen.get(key) for key in source)
    assert 0 not in frozen


@given(items, items)
def test_equal_maps_have_one_hash(one, other):
    """Maps with the same items are one in a set, whatever their order."""
    assert (FrozenMap(one) == FrozenMap(other)) == (one == other)
    assert hash(FrozenMap(reversed(one.items()))) == hash(FrozenMap(one))


@given(items, st.text(max_size=3), st.integers())
def test_one_more_item_leaves_the_old_map_alone(source, key, value):
    """A new map has the item, and the old one stands."""
    frozen = FrozenMap(source)

    assert frozen.with_item(key, value) == {**source, key: value}
    assert frozen == source


@given(items)
def test_copies_are_equal(source):
    """A copy holds the same items in the same order, in another process too."""
    frozen = FrozenMap(source)
    sent = pickle.loads(pickle.dumps(frozen))  # noqa: S301 - our own bytes

    for copied in (copy.copy(frozen), copy.deepcopy(frozen), sent):
        assert type(copied) is FrozenMap
        assert list(copied.items()) == list(source.items())
