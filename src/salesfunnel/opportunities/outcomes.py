"""How a deal was closed: won or lost, why, against whom, for how much, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import note_field, reason_field
from ..pipeline.stage import StageKind
from ..values import converters
from ..values.money import Money
from ..values.text import plain_text
from .probability import Probability, chance_before_closing

_NOT_CLOSED_KIND = Text("not_closed_kind", "{field} says that it is open", "won, or lost")


def _lines(texts: str | Iterable[str], field: str) -> tuple[str, ...]:
    """Let in one line or several, each once; a blank one says nothing."""
    several = [texts] if isinstance(texts, str) else converters.several(str, texts, field)
    return tuple(dict.fromkeys(plain_text(text, field) for text in several if text))


def _competitors(names: str | Iterable[str]) -> tuple[str, ...]:
    return _lines(names, "competitor")


def several_codes(reasons: str | Iterable[str]) -> tuple[str, ...]:
    """Let in the codes of the reasons that mattered beside the main one."""
    return _lines(reasons, "also")


def _stage(name: str) -> str:
    return plain_text(name, "stage")


def _kind(value: StageKind | str) -> StageKind:
    kind = converters.choice(StageKind, value, "kind")
    if kind is StageKind.OPEN:
        raise InvalidValue("kind", _NOT_CLOSED_KIND)
    return kind


def _day(value: date | None) -> date | None:
    return None if value is None else converters.closed_on(value)


@attrs.frozen(kw_only=True)
class Closing:
    """
    The record of a deal that was won or lost: why, from which stage, for how much, on which day.

    The reason is a code, and so are others that mattered, ``also``. The day is ``None`` where a
    file from elsewhere does not tell it.

    >>> Closing(kind="lost", reason="price", competitors="Faradis", stage="proposal").competitors
    ('Faradis',)
    """

    kind: StageKind = attrs.field(converter=_kind)
    reason: str = reason_field()
    also: tuple[str, ...] = attrs.field(
        default=(), converter=several_codes, metadata={"personal": False}
    )
    competitors: tuple[str, ...] = attrs.field(
        default=(), converter=_competitors, repr=False, metadata={"personal": False}
    )
    note: str = note_field()
    stage: str = attrs.field(converter=_stage, metadata={"personal": False})
    amount: Money | None = attrs.field(default=None, converter=converters.amount)
    probability_before: Probability | None = attrs.field(
        default=None, converter=chance_before_closing
    )
    closed_on: date | None = attrs.field(default=None, converter=_day)
