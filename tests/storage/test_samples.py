"""The golden samples: what was once written is read for ever, and no form changes unawares."""

from __future__ import annotations

import json

import pytest

from salesfunnel.storage import from_json, to_data
from salesfunnel.storage.event_names import EVENTS
from salesfunnel.storage.forms import FORMS
from salesfunnel.storage.versions import VERSION
from tests.storage.sample_values import FOLDER, OURS, documents, written

VALUES = documents()
SAMPLES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.json"))}


def file_of(name):
    """Give the name of the file of a sample."""
    return name.replace(" ", "-")


@pytest.mark.parametrize("name", VALUES)
def test_a_sample_is_read_as_the_value_that_it_was(name):
    """Whoever stored it years ago gets it back."""
    assert from_json(SAMPLES[file_of(name)], pipelines=[OURS]) == VALUES[name]


@pytest.mark.parametrize("name", VALUES)
def test_the_form_has_not_changed(name):
    """Another form is another version, with a step and samples of its own: see sample_values.py."""
    assert to_data(VALUES[name]) == json.loads(SAMPLES[file_of(name)])
    assert written(VALUES[name]) == SAMPLES[file_of(name)]


def test_there_is_a_sample_of_each_kind_and_event():
    """Nothing can be stored whose form no sample holds fast."""
    told = {name.removeprefix("event ") for name in VALUES}

    assert set(EVENTS) | set(FORMS) - {"event"} <= told
    assert set(SAMPLES) == {file_of(name) for name in VALUES}


def test_the_samples_are_of_the_version_that_is_written():
    """A new version has a folder of its own; the older ones stay as they are."""
    assert FOLDER.name == f"v{VERSION}"
