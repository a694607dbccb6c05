"""The JSON Schema: it takes all that we write, and refuses nothing that we would read."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from salesfunnel import testing
from salesfunnel.storage import from_data, json_schema, to_data
from tests.storage.mutants import campaign, read
from tests.storage.sample_values import documents
from tests.storage.write_schema import FILE, text

VALUES = documents()


@functools.cache
def validator():
    """Make the validator once."""
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_file_is_that_of_the_code():
    """Programs in other languages read the form that we write: `write_schema.py` writes it."""
    assert FILE.read_text("utf-8") == text()


@pytest.mark.parametrize("name", VALUES)
def test_each_sample_fits(name):
    """One document of each kind and event."""
    assert list(validator().iter_errors(to_data(VALUES[name]))) == []


@given(testing.leads() | testing.opportunities() | testing.accounts())
def test_schema_accepts_what_we_write(noun):
    """Whatever happened to a noun."""
    assert validator().is_valid(to_data(noun, with_definitions=True))


def test_schema_refusal_implies_ours():
    """Whoever checks by the schema first loses nothing that could be read."""
    wrongly_refused = [
        mutant
        for reader, mutant in campaign(400, seed=7)
        if reader is from_data and read(reader, mutant) is not None
        if not validator().is_valid(mutant)
    ]

    assert wrongly_refused == []


def test_the_schema_refuses_what_is_no_document():
    """It is no schema that takes everything."""
    sample = to_data(VALUES["lead"])

    assert not validator().is_valid({**sample, "version": 2})
    assert not validator().is_valid({**sample, "events": []})
    assert not validator().is_valid({**sample, "more": 1})
