"""A move: a trigger that leads from one stage to another, if its guards let it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from ..errors import InvalidDefinition, Text
from ..values.text import is_visible
from .guard import Guard, guards_of

_NO_TRIGGER = Text("no_trigger", "a move needs a trigger", "a name such as propose")
_NO_SOURCES = Text("no_sources", "its sources are stages", "one name, or several in a list")
_NO_DESTINATION = Text(
    "no_destination", "its destination is a stage, by name", "a name, or a member of Destination"
)
_NO_FLAG = Text("reopening_flag", "reopening is True or False")
_NO_NEEDS = Text("no_needs", "its needs are names", 'such as "reason" or "assessment"')


class Destination(StrEnum):
    """
    Where a move leads that names no stage: back to the last open one, or nowhere.

    >>> Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True).reopening
    True
    """

    LAST_OPEN = "(last open stage)"
    STAYS = "(stays)"


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    """Read one name or several; what is wrong with them is said when all is known."""
    if isinstance(names, str):
        return (names,)
    given: object = names
    return tuple(dict.fromkeys(names)) if isinstance(given, Iterable) else ()


def _needs(needs: str | Iterable[str]) -> tuple[str, ...]:
    named = _names(needs)
    if not all(str(need).isidentifier() for need in named):
        raise InvalidDefinition("move", (_NO_NEEDS.problem(),))
    return named


@attrs.frozen
class Move:
    """
    A trigger, the stages it leads from, the stage it leads to, its guards, and what it needs.

    Only a reopening move may leave a closed stage. What a move ``needs`` is given with it, such as
    an assessment; a move into a lost stage always needs a reason.

    Args:
        trigger: the name of the move, such as propose.
        sources: one stage or several, by name.
        destination: a stage by name, or a member of `Destination`.
        guards: one or several: a `Guard`, a rule, or a function of entity and instant.
        reopening: whether it may leave a closed stage.
        needs: names of what must be given with it.

    >>> Move("propose", "meeting", "proposal").sources
    ('meeting',)
    """

    trigger: str
    sources: tuple[str, ...] = attrs.field(converter=_names)
    destination: str
    guards: tuple[Guard, ...] = attrs.field(default=(), converter=guards_of, kw_only=True)
    reopening: bool = attrs.field(default=False, kw_only=True)
    needs: tuple[str, ...] = attrs.field(default=(), converter=_needs, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a move that could not be called by its name, or that leads from or to nothing."""
        if not is_visible(self.trigger):
            raise InvalidDefinition("move", (_NO_TRIGGER.problem(),))
        wanted: tuple[tuple[Text, type, Iterable[object]], ...] = (
            (_NO_SOURCES, str, self.sources),
            (_NO_DESTINATION, str, [self.destination]),
            (_NO_FLAG, bool, [self.reopening]),
        )
        problems = [
            text.problem()
            for text, kind, values in wanted
            if not all(isinstance(value, kind) for value in values)
        ]
        if problems:
            raise InvalidDefinition(f"move {self.trigger}", tuple(problems))
