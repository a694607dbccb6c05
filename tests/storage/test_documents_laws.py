"""What is written is read again: the same value, from plain data, whatever the order of keys."""

from __future__ import annotations

import json
import sys

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.accounts import Account
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.storage import from_data, from_json, to_data, to_json
from salesfunnel.storage.event_names import EVENTS, NAMES
from salesfunnel.values import FrozenMap
from tests.architecture.test_import_weight import imported_by
from tests.storage.sample_values import FOLDER

CLASSES = {kind.__name__ for kind in NAMES}
BLANKS = ("", None, (), FrozenMap())
NOUNS = testing.leads() | testing.opportunities() | testing.accounts()


def pipelines(noun):
    """List the pipelines that the events of a noun refer to."""
    return [event.pipeline for event in noun.timeline if hasattr(event, "pipeline")]


def shuffled(data, seed):
    """Give the same data with the keys of each object in another order, as a database may."""
    if isinstance(data, dict):
        keys = sorted(data, key=lambda key: (hash((key, seed)), key))
        return {key: shuffled(data[key], seed) for key in keys}
    return [shuffled(item, seed) for item in data] if isinstance(data, list) else data


@given(NOUNS)
def test_round_trip_equal(noun):
    """A noun that was written is read again, with each of its events."""
    again = from_data(to_data(noun), kind=type(noun), pipelines=pipelines(noun))

    assert again == noun
    assert list(map(type, again.timeline)) == list(map(type, noun.timeline))


@given(NOUNS)
def test_each_event_alone_is_read_again(noun):
    """Rows of an events table hold one event each."""
    for event in noun.timeline:
        again = from_data(to_data(event), kind=type(event), pipelines=pipelines(noun))

        assert again == event


@given(NOUNS)
def test_data_is_plain_json(noun):
    """Any JSON library writes and reads it, and gives the same."""
    data = to_data(noun)

    assert json.loads(json.dumps(data)) == data


@given(NOUNS, st.integers(0, 99))
def test_keys_in_any_order(noun, seed):
    """A database that sorts keys changes nothing."""
    data = shuffled(to_data(noun), seed)

    assert from_data(data, pipelines=pipelines(noun)) == noun


@given(NOUNS)
def test_read_writes_the_same_bytes(noun):
    """What was read is written as it was."""
    text = to_json(noun)

    assert to_json(from_json(text, pipelines=pipelines(noun))) == text


def test_every_event_has_a_name():
    """No event of a noun lacks its name in documents, and none has two."""
    kinds = {kind for noun in (Lead, Opportunity, Account) for kind in noun.event_types}

    assert kinds - set(NAMES) == set()
    assert len(set(NAMES.values())) == len(NAMES)


def test_names_only_grow():
    """What was stored once has its name for ever: the samples of every version are read."""
    stored = {path.stem.removeprefix("event-") for path in FOLDER.glob("event-*.json")}

    assert len(stored) > 40
    assert stored <= set(EVENTS)


@given(NOUNS)
def test_no_class_name_in_a_document(noun):
    """A class may be renamed and moved; no document would notice."""
    keys = {key for event in to_data(noun)["events"] for key in event}

    assert not {event["event"] for event in to_data(noun)["events"]} & CLASSES
    assert not keys & CLASSES


@given(NOUNS)
def test_only_blank_defaults_are_left_out(noun):
    """Each value that is no blank stands in the document, be it a default or not."""
    for event, data in zip(noun.timeline, to_data(noun)["events"], strict=True):
        for part in attrs.fields(type(event)):
            if part.init and part.name not in data:
                assert getattr(event, part.name) in BLANKS


def test_storage_imports_no_extra():
    """Saving and loading needs attrs alone, and none of the packages of others."""
    assert imported_by("salesfunnel.storage") - sys.stdlib_module_names == {"salesfunnel"}
