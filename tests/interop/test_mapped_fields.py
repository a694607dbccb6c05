"""Mappings of the files beside leads and deals: accounts, people, stage histories, activities."""

from __future__ import annotations

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop.mapping.mapped_fields import FIELDS
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping, read_mapping
from salesfunnel.interop.mapping.word_meanings import MEANINGS

OTHER_KINDS = ("account", "activity", "history", "person")


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_plain_list_of_each_kind_is_known(kind):
    """Somebody who types a list of accounts, people, stages or calls needs no mapping."""
    noun = getattr(load_mapping("salesfunnel"), kind)

    assert set(noun.columns.values()) == FIELDS[kind]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("kind", ["account", "person", "activity"])
def test_each_system_that_is_known_says_how_its_other_files_are_read(name, kind):
    """Whoever can export leads and deals can export the companies, people and calls as well."""
    assert len(getattr(load_mapping(name), kind).columns) > 0


def test_a_mapping_may_have_sections_for_all_files_of_a_system():
    """One mapping reads all files of one CRM, with its words for a call."""
    text = '[activity.columns]\nkind = "Art"\n[activity.values.kind]\ncall = "Anruf"'

    mine = read_mapping(text, name="mine").activity

    assert mine.field_of("ART") == "kind"
    assert mine.meaning_of("anruf", field="kind") == "call"
    assert mine.meaning_of("تماس تلفنی", field="kind") == "call"


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_field_that_the_kind_does_not_have_is_named(kind):
    """A mapping that asks for what cannot be there is refused, with what is known."""
    with pytest.raises(InvalidDefinition, match="probability"):
        read_mapping(f'[{kind}.columns]\nprobability = "P"', name="mine")


def test_every_word_has_a_meaning_that_is_used():
    """The words of activities stand for kinds, statuses and directions that there are."""
    noun = load_mapping("salesfunnel").activity

    for field, meanings in MEANINGS["activity"].items():
        assert set(noun.meanings(field)) <= meanings
