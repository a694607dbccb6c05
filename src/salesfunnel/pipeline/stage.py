"""A stage: one station on the way from first contact to won or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

import attrs

from ..errors import InvalidDefinition, Text
from ..values.numbers import exact_decimal
from .codes import Codes, code_names, codes, is_name, must_be_among, plain_name
from .guard import Guard
from .short_guards import guards_of, involved, known

_KINDS = Text("stage_kind", "its kind is one of: {kinds}")
_PROBABILITY = Text("stage_probability", "a probability lies between 0 and 1", "0.25 is 25%")
_REQUIRED_FACTS = Text("required_facts", "it requires facts by their paths", 'such as "amount"')
_NO_NAME = Text("stage_without_name", "a stage needs a name", "one line of visible text")
_LABEL = Text("stage_label", "its label is a text")
_LIMIT = Text(
    "stage_limit", "its time limit is a timedelta longer than nothing, of {days} days at most"
)
_QUIET = Text(
    "stage_quiet", "its silence is a timedelta longer than nothing, of {days} days at most"
)
_UNCOUNTED = Text("uncounted_not_lost", "only the losses of a lost stage can be left uncounted")
_LONGEST = timedelta(36_500)


class StageKind(StrEnum):
    """
    Whether work goes on in a stage, or the way has ended well or badly there.

    >>> StageKind("won") is StageKind.WON
    True
    """

    OPEN = "open"
    WON = "won"
    LOST = "lost"


# Until Python 3.12, an enumeration looks a member up anew each time that it is named.
_OPEN = StageKind.OPEN


def _kind(value: StageKind | str) -> StageKind:
    if isinstance(value, StageKind):
        return value
    try:
        return StageKind(value)
    except ValueError:
        problem = _KINDS.problem(kinds=", ".join(StageKind))
        raise InvalidDefinition("stage", (problem,)) from None


def _probability(value: Decimal | int | str | None) -> Decimal | None:
    if value is None:
        return None
    chance = exact_decimal(value, "stage.probability")
    if not 0 <= chance <= 1:
        raise InvalidDefinition("stage", (_PROBABILITY.problem(),))
    return chance


def _paths(paths: str | Iterable[str]) -> tuple[str, ...]:
    if not hasattr(paths, "__iter__"):
        raise InvalidDefinition("stage", (_REQUIRED_FACTS.problem(),))
    return (paths,) if isinstance(paths, str) else tuple(paths)


def _reasons(values: Mapping[str, str]) -> Codes:
    return codes(values, "reasons")


def _note_for(names: str | Iterable[str]) -> tuple[str, ...]:
    return code_names(names, "note_for")


def _uncounted(names: str | Iterable[str]) -> tuple[str, ...]:
    return code_names(names, "uncounted")


def _roles(names: str | Iterable[str]) -> tuple[str, ...]:
    return code_names(names, "roles")


def _lasts(limit: object) -> bool:
    return isinstance(limit, timedelta) and timedelta() < limit <= _LONGEST


@attrs.frozen
class Stage:
    """
    One stage of the way to a win, with its usual chance of winning and its time limit.

    Whichever move leads there, the facts that the stage ``requires`` must be known, and the guards
    at its ``entry`` must agree. The ``reasons`` for it are labels by their codes; where there are
    none, any code will do. A reason that is named in ``note_for`` is given with a note, and a loss
    that is named in ``uncounted`` is in no rate. For each of the ``roles`` a person must be
    involved. After ``quiet`` without any contact the agenda says so.

    >>> Stage("proposal", probability="0.50", requires="expected_close").kind
    <StageKind.OPEN: 'open'>
    >>> lost = Stage("lost", kind="lost", reasons={"price": "Price too high", "other": "Other"})
    >>> lost.reasons["price"]
    'Price too high'
    """

    name: str = attrs.field(converter=plain_name)
    kind: StageKind = attrs.field(default=StageKind.OPEN, converter=_kind, kw_only=True)
    label: str = attrs.field(default="", kw_only=True)
    probability: Decimal | None = attrs.field(default=None, converter=_probability, kw_only=True)
    limit: timedelta | None = attrs.field(default=None, kw_only=True)
    requires: tuple[str, ...] = attrs.field(default=(), converter=_paths, kw_only=True)
    entry: tuple[Guard, ...] = attrs.field(default=(), converter=guards_of, kw_only=True)
    reasons: Codes = attrs.field(default=Codes(), converter=_reasons, repr=False, kw_only=True)
    note_for: tuple[str, ...] = attrs.field(
        default=(), converter=_note_for, repr=False, kw_only=True
    )
    uncounted: tuple[str, ...] = attrs.field(
        default=(), converter=_uncounted, repr=False, kw_only=True
    )
    roles: tuple[str, ...] = attrs.field(default=(), converter=_roles, kw_only=True)
    quiet: timedelta | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a stage without a name, with a time limit of nothing, or with odd facts."""
        if not is_name(self.name):
            raise InvalidDefinition("stage", (_NO_NAME.problem(),))
        if not isinstance(self.label, str):
            raise InvalidDefinition(f"stage {self.name}", (_LABEL.problem(),))
        for text, length in ((_LIMIT, self.limit), (_QUIET, self.quiet)):
            if length is not None and not _lasts(length):
                raise InvalidDefinition(f"stage {self.name}", (text.problem(days=_LONGEST.days),))
        if self.uncounted and self.kind is not StageKind.LOST:
            raise InvalidDefinition(f"stage {self.name}", (_UNCOUNTED.problem(),))
        for path in self.requires:
            known(path)
        for what, named in (("note_for", self.note_for), ("uncounted", self.uncounted)):
            must_be_among(named, self.reasons, what=what, where=f"stage {self.name}")

    @property
    def title(self) -> str:
        """What people read: the label, or else the name."""
        return self.label or self.name

    @property
    def conditions(self) -> tuple[Guard, ...]:
        """All that a move into the stage must meet: what must be known, and the guards."""
        if not (self.requires or self.roles):
            return self.entry
        return (*map(known, self.requires), *map(involved, self.roles), *self.entry)

    @property
    def is_open(self) -> bool:
        """Whether work goes on in the stage."""
        return self.kind is _OPEN
