"""A move: a trigger that leads from one stage to another, if its guards let it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from ..errors import InvalidDefinition, Problem, Text
from .codes import is_name, plain_name
from .guard import Guard
from .short_guards import guards_of
from .stage import Stage

_NO_TRIGGER = Text(
    "no_trigger", "a move needs a trigger", "one line of visible text, such as propose"
)
_NO_SOURCES = Text("no_sources", "its sources are stages", "one name, or several in a list")
_NO_DESTINATION = Text(
    "no_destination", "its destination is a stage, by name", "a name, or a member of Destination"
)
_NO_FLAG = Text("reopening_flag", "reopening is True or False")
_NO_NEEDS = Text("no_needs", "its needs are names", 'such as "reason" or "assessment"')
_NEED_TAKEN = Text("need_taken", "it cannot need {need}, which every move is given anyway")

# The parameters of the verbs that take what a move needs beside them.
_TAKEN = frozenset({"at", "attribute", "by", "driven", "facts", "note", "self", "stage", "trigger"})


class Destination(StrEnum):
    """
    Where a move leads that names no stage: back to the last open one, or nowhere.

    An open stage from which a move leads back so is a stage of rest, such as one on hold: it never
    becomes the last open one itself.

    >>> Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True).reopening
    True
    """

    LAST_OPEN = "(last open stage)"
    STAYS = "(stays)"


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    """Read one name or several; what is wrong with them is said when all is known."""
    given: Any = names
    several = [given] if isinstance(given, str) or not isinstance(given, Iterable) else given
    plain = [plain_name(name) for name in several]
    return tuple(dict.fromkeys(plain) if all(isinstance(name, str) for name in plain) else plain)


def _destination(name: str) -> str:
    plain = plain_name(name)
    return Destination(plain) if plain in (*Destination,) else plain


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

    trigger: str = attrs.field(converter=plain_name)
    sources: tuple[str, ...] = attrs.field(converter=_names)
    destination: str = attrs.field(converter=_destination)
    guards: tuple[Guard, ...] = attrs.field(default=(), converter=guards_of, kw_only=True)
    reopening: bool = attrs.field(default=False, kw_only=True)
    needs: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a move that could not be called by its name, or that leads from or to nothing."""
        if not is_name(self.trigger):
            raise InvalidDefinition("move", (_NO_TRIGGER.problem(),))
        if problems := tuple(self._problems()):
            raise InvalidDefinition(f"move {self.trigger}", problems)

    def _problems(self) -> Iterator[Problem]:
        sources: tuple[object, ...] = self.sources
        destination: object = self.destination
        reopening: object = self.reopening
        needs: tuple[object, ...] = self.needs
        if not all(isinstance(source, str) for source in sources):
            yield _NO_SOURCES.problem()
        if not isinstance(destination, str):
            yield _NO_DESTINATION.problem()
        if not isinstance(reopening, bool):
            yield _NO_FLAG.problem()
        for need in needs:
            if not isinstance(need, str) or not need.isidentifier():
                yield _NO_NEEDS.problem()
            elif need in _TAKEN:
                yield _NEED_TAKEN.problem(need=need)


def stages_of_rest(stages: Iterable[Stage], moves: Iterable[Move]) -> frozenset[str]:
    """
    Name the stages of rest: open ones, from which a move leads back to where it was before.

    >>> stages = [Stage("demo"), Stage("on hold"), Stage("won", kind="won")]
    >>> sorted(stages_of_rest(stages, [Move("resume", "on hold", Destination.LAST_OPEN)]))
    ['on hold']
    """
    leading_back = [m for m in moves if m.destination == Destination.LAST_OPEN and not m.reopening]
    back = {name for move in leading_back for name in move.sources}
    return frozenset([stage.name for stage in stages if stage.is_open and stage.name in back])
