"""The words of a file that a vocabulary does not know: named, so that a mapping can say them."""

from __future__ import annotations

from ...errors import Text
from ...values.text import shown
from ..rows.row_fault import RowFault

_LONGEST = 40
_MOST_WORDS = 5
_MOST_DIGITS = 3
_VOCABULARIES = frozenset({"stage", "outcome", "reason", "source", "kind", "status", "direction"})
UNKNOWN_WORD = Text(
    "unknown_word",
    "{field} has {word!r}, which the mapping does not know for {kind}",
    "{words}; or the word behind one of these under values.{kind} in a mapping",
)
UNKNOWN_TEXT = Text(
    "unknown_text",
    "{field} has a text that the mapping does not know for {kind}",
    "{words}; or the text behind one of these under values.{kind} in a mapping",
)
_OTHER_WORD = Text(
    "read_as_other",
    "{field} has {word!r}, which names no known {kind}: read as other, in its own words",
    "put the word behind one under values.{kind} in a mapping",
)
_OTHER_TEXT = Text(
    "text_read_as_other", "{field} has a text that names no known {kind}: read as other, as it is"
)


def is_word(text: str, *, field: str) -> bool:
    """
    Tell whether a text may be named: a word of a vocabulary is, and what may be personal is not.

    >>> is_word("Parked until May", field="stage"), is_word("call 0912 123 4567", field="stage")
    (True, False)
    >>> is_word("Sara decides", field="answers")
    False
    """
    return (
        field in _VOCABULARIES
        and len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and sum(map(str.isdecimal, text)) <= _MOST_DIGITS
        and "@" not in text
    )


def named_word(text: str, *, field: str) -> dict[str, object]:
    """
    Give the word of a cell as a parameter of a sentence, if it may be named.

    >>> named_word("Parked", field="stage"), named_word("sara@novin.example", field="stage")
    ({'word': 'Parked'}, {})
    """
    return {"word": shown(text)} if is_word(text, field=field) else {}


def read_as_other(text: str, header: str, *, field: str) -> RowFault:
    """
    Say that a word is none of those that are known, and is kept beside *other*.

    >>> print(read_as_other("skywriting", "Source", field="source"))
    Source has 'skywriting', which names no known source: read as other, in its own words; ...
    """
    word = named_word(text, field=field)
    params = {"field": shown(header), "kind": field, **word}
    return RowFault(_OTHER_WORD if word else _OTHER_TEXT, params, header)
