"""A move: a trigger that leads from one stage to another, if its guards let it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from .guard import Guard

LAST_OPEN = "(last open stage)"
"""The destination of a reopening: the open stage from which the entity was closed."""


def _names(sources: str | Iterable[str]) -> tuple[str, ...]:
    return (sources,) if isinstance(sources, str) else tuple(sources)


def _guards(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    return tuple(guards)


@attrs.frozen
class Move:
    """
    A trigger, the stages it leads from, the stage it leads to, and its guards.

    Only a reopening move may leave a closed stage.

    >>> Move("propose", "meeting", "proposal").sources
    ('meeting',)
    """

    trigger: str
    sources: tuple[str, ...] = attrs.field(converter=_names)
    destination: str
    guards: tuple[Guard, ...] = attrs.field(default=(), converter=_guards, kw_only=True)
    reopening: bool = attrs.field(default=False, kw_only=True)
