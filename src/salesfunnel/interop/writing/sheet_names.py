"""The names of sheets: what Excel forbids in them is taken out, and no two are alike."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from ...values.text import shown

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"
_BLANK = "-"
_LAST_LETTER = 0xFFFD  # those beyond the first plane count twice, and two before it are none


def sheet_name(wanted: str, taken: Collection[str] = ()) -> str:
    """
    Name a sheet as near to what is wanted as Excel allows, and unlike those that are taken.

    Brackets, colons, stars, question marks and slashes become blanks, quotation marks at the ends
    fall, and 31 letters remain.

    >>> sheet_name("Ani / Yerevan"), sheet_name("ani / yerevan", ["Ani Yerevan"])
    ('Ani Yerevan', 'ani yerevan (2)')
    """
    letters = "".join(letter for letter in wanted if ord(letter) <= _LAST_LETTER)
    line = shown(_FORBIDDEN.sub(" ", letters), limit=10 * _LONGEST)
    name = line.strip("' ")[:_LONGEST].rstrip("' ") or _BLANK
    if name.casefold() == _RESERVED:
        name = f"{name} {_BLANK}"
    known = {one.casefold() for one in taken}
    stem, numbers = name, count(2)
    while name.casefold() in known:
        behind = f" ({next(numbers)})"
        name = stem[: _LONGEST - len(behind)].rstrip("' ") + behind
    return name
