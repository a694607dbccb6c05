"""What strangers and broken programs send is read, or refused by the one documented error."""

from __future__ import annotations

from salesfunnel.storage import from_data, from_json, to_data, to_json
from tests.storage.mutants import campaign, read
from tests.storage.sample_values import OURS


def test_only_invalid_document_escapes():
    """Three thousand changed documents and texts; the script beside it reads 100,000 of each."""
    found = [read(reader, mutant) for reader, mutant in campaign(1_500, seed=1)]

    assert 50 < sum(value is not None for value in found) < 2_000


def test_what_is_accepted_is_stored_again_as_it_is():
    """A value that came from a mutant is a value like any other."""
    for reader, mutant in campaign(400, seed=2):
        value = read(reader, mutant)
        if value is not None:
            assert from_data(to_data(value), pipelines=[OURS]) == value
            assert from_json(to_json(value), pipelines=[OURS]) == value
