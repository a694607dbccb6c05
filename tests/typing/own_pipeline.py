"""A pipeline of one's own, and rows of a database."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

from salesfunnel import Guard, Move, Opportunity, Pipeline, Stage, field
from salesfunnel.pipeline import Destination, MoveTaken

OURS = Pipeline(
    "repairs",
    stages=[Stage("asked"), Stage("offered", probability="0.5"), Stage("won", kind="won")],
    moves=[
        Move("offer", "asked", "offered"),
        Move("call", ["asked", "offered"], Destination.STAYS),
        Move("win", "offered", "won", guards=Guard("agreed", field("agreed").is_(True))),
    ],
)


class Row:
    """A row of somebody's own database."""

    stage = "asked"


def drive(row: Row, at: datetime) -> MoveTaken:
    """Drive a row; the event is to be stored."""
    event = OURS.drive(row, "offer", at=at, by="Sara")
    assert_type(event, MoveTaken)
    assert_type(event.to_stage, str)
    return event


def begin(at: datetime) -> Opportunity:
    """Open a deal on it."""
    return Opportunity.open(id="7", pipeline=OURS, at=at)
