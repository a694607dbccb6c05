"""
The texts that several events have, each declared once: by whom, why, and what was noted.

A field that must be given, or that takes more than it holds, is declared at its event: type
checkers look for both at ``attrs.field`` alone.
"""

from __future__ import annotations

import attrs

from ..values import converters


def by_field() -> str:
    """Declare who did it: one of us, by a name or an id; it may be blank."""
    return attrs.field(
        default="", converter=converters.by, repr=False, metadata={"personal": False}
    )


def reason_field() -> str:
    """Declare the code of a reason; it may be blank."""
    return attrs.field(default="", converter=converters.reason_code, metadata={"personal": False})


def note_field() -> str:
    """Declare a note of any number of lines; it may be blank."""
    return attrs.field(
        default="", converter=converters.note, repr=False, metadata={"personal": True}
    )


def source_words_field() -> str:
    """Declare the words in which a source was given; they may be blank."""
    return attrs.field(
        default="", converter=converters.source_words, repr=False, metadata={"personal": True}
    )
