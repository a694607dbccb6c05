"""A hundred random histories one by one on every engine; a script takes a thousand."""

from __future__ import annotations

import pytest

from tests.frames.engines import ENGINES
from tests.frames.one_by_one import differing


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_no_history_is_answered_otherwise_than_as_an_object(engine):
    """Law: each history by itself has the same funnel, times, cohort and movement."""
    assert list(differing(engine, 100, seed=5)) == []
