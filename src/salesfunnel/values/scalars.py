"""Numbers and truths of other libraries, such as numpy's, as what they are in plain Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def plain_scalar(value: Any) -> Any:  # noqa: ANN401 - a fact may be anything
    """
    Turn a single number, truth or day of another library into a plain one; leave all else alone.

    Such a value has a ``dtype`` and an ``item()``, as those of numpy have. A short float counts as
    the decimal as which it is written, so that a tenth stays a tenth.

    >>> class Tenth:
    ...     class dtype:
    ...         kind = "f"
    ...
    ...     shape = ()
    ...
    ...     def item(self):
    ...         return 0.10000000149011612
    ...
    ...     def __str__(self):
    ...         return "0.1"
    >>> plain_scalar(Tenth()), plain_scalar(0.5), plain_scalar("0.5")
    (Decimal('0.1'), 0.5, '0.5')
    """
    kind = type(value)
    if not (hasattr(kind, "dtype") and hasattr(kind, "item")) or isinstance(value, (str, float)):
        return value
    try:
        letter, item = (value.dtype.kind, value.item()) if value.shape == () else ("", None)
        if letter == "f":
            return Decimal(str(value))
        plain = _PLAIN.get(letter)
        return item if plain and type(item) in plain else value
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return value


# By the letter that numpy gives to a kind of data. A day is a date, but a moment has no time zone.
_PLAIN: dict[str, tuple[type, ...]] = {"b": (bool,), "i": (int,), "u": (int,), "M": (date,)}
