"""Lengths of time, as people say them."""

from __future__ import annotations

from datetime import timedelta

_UNITS = {
    "days": timedelta(days=1),
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


def length_parts(length: timedelta) -> tuple[tuple[int, str], ...]:
    """
    Count a length of time in its largest unit and the next one, which tell enough.

    >>> length_parts(timedelta(days=12, hours=12, minutes=7)), length_parts(timedelta(hours=24))
    (((12, 'days'), (12, 'h')), ((1, 'days'),))
    """
    rest, parts = length, list[tuple[int, str]]()
    for name, unit in _UNITS.items():
        count, rest = divmod(rest, unit)
        parts.append((count, name))
    first = next((place for place, (count, _) in enumerate(parts) if count), len(parts) - 1)
    return tuple(part for part in parts[first : first + 2] if part[0] or part is parts[first])


def said_length(length: timedelta) -> str:
    """
    Say a length of time.

    >>> said_length(timedelta(days=12.5)), said_length(timedelta(minutes=1470))
    ('12 days 12 h', '1 day')
    >>> said_length(timedelta(minutes=90)), said_length(timedelta())
    ('1 h 30 min', '0 s')
    """
    said = (f"{count:,} {unit}" for count, unit in length_parts(length))
    return " ".join("1 day" if each == "1 days" else each for each in said)
