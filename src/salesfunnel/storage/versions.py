"""
Older forms of documents, lifted to the form of this version step by step.

A step turns the data of one event into that of the next version, and one event stays one event: the
version of a noun is the number of its events. What cannot be lifted so is another event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

VERSION = 1
"""The version of the form that is written."""

Step = Callable[[Mapping[str, Any]], dict[str, Any]]

STEPS: Mapping[tuple[str, int], Step] = MappingProxyType({})
"""What lifts an event of a version to the next one, by its name and that version."""


def lifted(
    event: Any,  # noqa: ANN401 - any JSON
    version: int,
    *,
    steps: Mapping[tuple[str, int], Step] = STEPS,
    to: int = VERSION,
) -> Any:  # noqa: ANN401 - likewise
    """
    Lift the data of an event to the form of this version.

    >>> steps = {("lead.moved", 1): lambda event: {**event, "note": ""}}
    >>> lifted({"event": "lead.moved"}, 1, steps=steps, to=2)
    {'event': 'lead.moved', 'note': ''}
    """
    for number in range(version, to):
        name = event.get("event") if type(event) is dict else None
        step = steps.get((name, number)) if type(name) is str else None
        if step is not None:
            event = step(event)
    return event
