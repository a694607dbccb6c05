"""A move: a trigger that leads from one stage to another, if its guards let it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import attrs

from ..errors import InvalidDefinition
from ..values.text import is_visible
from .guard import Guard, guards_of, is_function

LAST_OPEN = "(last open stage)"
"""The destination of a reopening: the open stage from which the entity was closed."""

STAYS = "(stays)"
"""The destination of a move that leaves the stage as it is, and does not enter it again."""

Callback = Callable[[Any, datetime], object]


def _names(sources: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(sources, str):
        return (sources,)
    try:
        return tuple(dict.fromkeys(sources))
    except TypeError:
        problem = "it leads from a stage, or from several, by name"
        raise InvalidDefinition("move", (problem,)) from None


def callbacks_of(given: Callback | Iterable[Callback]) -> tuple[Callback, ...]:
    """Read one function of entity and instant, or several."""
    if isinstance(given, tuple) and not given:
        return ()
    called = tuple(given) if isinstance(given, Iterable) else (given,)
    if not all(map(is_function, called)):
        problem = "before and after are functions of entity and at that can be hashed"
        raise InvalidDefinition("move", (problem,))
    return called


@attrs.frozen
class Move:
    """
    A trigger, the stages it leads from, the stage it leads to, and its guards.

    Only a reopening move may leave a closed stage. What is to happen to the entity along the way is
    done by functions of entity and instant, ``before`` or ``after`` the stage changes. They set
    fields as if the entity could be changed; if one raises, nothing has changed.

    >>> Move("propose", "meeting", "proposal").sources
    ('meeting',)
    >>> def close(deal, at):
    ...     deal.closed_on = at.date()
    >>> Move("win", ("proposal", "negotiation"), "won", after=close).calls_back
    True
    """

    trigger: str
    sources: tuple[str, ...] = attrs.field(converter=_names)
    destination: str
    guards: tuple[Guard, ...] = attrs.field(default=(), converter=guards_of, kw_only=True)
    reopening: bool = attrs.field(default=False, kw_only=True)
    before: tuple[Callback, ...] = attrs.field(default=(), converter=callbacks_of, kw_only=True)
    after: tuple[Callback, ...] = attrs.field(default=(), converter=callbacks_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a move that nobody could call by its name."""
        if not is_visible(self.trigger):
            raise InvalidDefinition("move", ("a move needs a trigger",))
        if not isinstance(self.destination, str):
            raise InvalidDefinition(f"move {self.trigger}", ("it leads to a stage, by name",))
        if not isinstance(self.reopening, bool):
            raise InvalidDefinition(f"move {self.trigger}", ("reopening is True or False",))

    @property
    def calls_back(self) -> bool:
        """Whether anything else happens along the way."""
        return bool(self.before or self.after)
