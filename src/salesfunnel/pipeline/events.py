"""What is written on a timeline when a move is taken, whether or not it leads elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidHistory, InvalidValue
from ..values import gates
from ..values.frozen_map import FrozenMap
from ..values.instants import instant


@attrs.frozen(kw_only=True)
class StageChanged:
    """
    An entity of your own took a move: when, by whom, which one, and what else it changed.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> moved = StageChanged(at=monday, trigger="win", from_stage="proposal", to_stage="won")
    >>> moved.changes({})
    {'stage': 'won'}
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    also: FrozenMap[str, Any] = FrozenMap()

    def changes(self, before: object, /) -> Mapping[str, Any]:
        """Return the new stage, and whatever else was set along the way."""
        return {**self.also, "stage": like(getattr(before, "stage", ""), self.to_stage)}


@attrs.frozen(kw_only=True)
class MoveTaken:
    """
    An entity of your own took a move that stays where it is: when, by whom, and what it changed.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> called = FrozenMap({"calls": 3})
    >>> MoveTaken(at=monday, trigger="call", stage="proposal", also=called).changes({})
    {'calls': 3}
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    stage: str
    also: FrozenMap[str, Any] = FrozenMap()

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Return whatever was set along the way. The stage is not entered again."""
        return dict(self.also)


@attrs.frozen(kw_only=True)
class StageKept:
    """
    A lead or an opportunity took a move that stays where it is: the stage is not entered again.

    >>> from datetime import UTC, datetime
    >>> StageKept(at=datetime(2026, 3, 2, tzinfo=UTC), trigger="remind", stage="proposal").stage
    'proposal'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    trigger: str = attrs.field(converter=gates.name)
    stage: str = attrs.field(converter=gates.name)
    note: str = attrs.field(default="", converter=gates.note, repr=False)

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - whatever has a stage
        """Change nothing but the timeline. Nothing stays where it was not."""
        if before.stage != self.stage:
            raise InvalidHistory("timeline", "stays in a stage that was not the stage at the time")
        return {}


def like(before: object, name: str) -> str:
    """Write the name of a stage as the entity writes it: as a text, or as its own enum member."""
    kind: Any = type(before)
    if before is None or kind is str:
        return name
    try:
        written: str = kind(name)
    except (ValueError, TypeError):
        allowed = "an enumeration with a member for every stage, or texts"
        raise InvalidValue("stage", f"{name} is no {kind.__name__}", allowed) from None
    return written
