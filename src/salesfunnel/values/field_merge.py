"""The ways in which a value that is offered is put in."""

from __future__ import annotations

from enum import StrEnum


class FieldMerge(StrEnum):
    """
    The way in which an offered value is put in.

    ``fill`` fills blanks and overwrites nothing; ``add`` adds to a collection what is not there
    yet, and fills blanks of what is, also of a company or a person under another name; ``replace``
    overwrites; ``keep`` changes nothing. ``ask`` fills blanks, and wants a decision where another
    value stands.

    >>> FieldMerge("fill").name
    'FILL'
    """

    FILL = "fill"
    ADD = "add"
    REPLACE = "replace"
    KEEP = "keep"
    ASK = "ask"
