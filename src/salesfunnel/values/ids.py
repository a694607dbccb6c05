"""Ids that follow from what a thing is, so that importing a file twice gives the same ids."""

from __future__ import annotations

import uuid

from ..errors import InvalidValue, Text

_PARTS = Text("id_parts", "{field} cannot be derived from this", "well-formed texts")

# The library's own namespace. It must never change: stored ids depend on it.
_NAMESPACE = uuid.UUID("5b1f6c0a-3d0e-5c55-9d0b-7c4e5a6f2e11")


def derived_id(kind: str, *parts: str) -> str:
    """
    Derive an id from a kind of thing and the texts that make it what it is.

    The same texts always give the same id, and no other texts give it.

    >>> derived_id("lead", "crm", "17") == derived_id("lead", "crm", "17")
    True
    >>> derived_id("lead", "ab", "c") == derived_id("lead", "a", "bc")
    False
    """
    texts = (kind, *parts)
    try:
        # Each text is led by its length; without it ("ab", "c") and ("a", "bc") would be one.
        return str(uuid.uuid5(_NAMESPACE, "".join(f"{len(text)}:{text}" for text in texts)))
    except (TypeError, UnicodeEncodeError):
        raise InvalidValue("id", _PARTS) from None
