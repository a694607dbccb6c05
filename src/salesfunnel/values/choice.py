"""Choosing from a closed list, such as the reasons why deals are lost."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from ..errors import InvalidValue

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


def choice(options: type[ChoiceT], value: str, what: str) -> ChoiceT:
    """
    Return the option of that name. Raises `InvalidValue`, with the list of options, for any other.

    >>> from salesfunnel.values import Source
    >>> choice(Source, "exhibition", "source")
    <Source.EXHIBITION: 'exhibition'>
    """
    try:
        return options(value)
    except ValueError:
        raise InvalidValue(what, "is not in the list", ", ".join(options)) from None
