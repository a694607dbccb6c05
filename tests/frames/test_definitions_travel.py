"""The law of workers: a definition that is sent to another process is the same there."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest
from hypothesis import given, settings

from salesfunnel import pipeline, qualification
from salesfunnel.pipeline import Pipeline
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import yes
from salesfunnel.testing import pipelines
from tests.frames.engines import AT, VALUES
from tests.frames.test_assess_laws import scorecards

PRESETS = {
    name: value
    for station in (pipeline, qualification)
    for name, value in vars(station).items()
    if isinstance(value, Pipeline | Scorecard)
}


def _sent(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


def is_urgent(_lead, _at):
    """Answer as a function of a user's own module would."""
    return True


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_travels(name):
    """A pipeline or a scorecard that comes with the library comes back equal."""
    assert _sent(PRESETS[name]) == PRESETS[name]


@settings(max_examples=50)
@given(scorecards(), pipelines())
def test_every_definition_travels(card, board):
    """Law: what was drawn comes back equal, and judges as it did."""
    row = {name: values[-1] for name, values in VALUES.items()}

    assert _sent(board) == board
    assert _sent(card) == card
    assert _sent(card).assess(row, at=AT) == card.assess(row, at=AT)


def test_what_no_engine_can_run_travels_as_well():
    """A function of a module and points that fade go to the workers, where engines refuse them."""
    criteria = [
        Criterion("urgent", is_urgent, weight=10),
        Criterion("need", yes("need"), weight=20, half_life=timedelta(days=90)),
    ]
    card = Scorecard("own", criteria=criteria, threshold=10)

    assert _sent(card) == card
