"""Ids that follow from what a thing is, so that importing a file twice gives the same ids."""

from __future__ import annotations

import uuid
from hashlib import sha1

from ..errors import InvalidValue, Text

_PARTS = Text("id_parts", "{field} cannot be derived from this", "well-formed texts")

# The library's own namespace. It must never change: stored ids depend on it.
_NAMESPACE = uuid.UUID("5b1f6c0a-3d0e-5c55-9d0b-7c4e5a6f2e11").bytes

# Of the sign that tells the variant of a UUID two bits are given, and two are of the digest.
_VARIANTS = dict(zip("0123456789abcdef", 4 * "89ab", strict=True))


def derived_id(kind: str, *parts: str) -> str:
    """
    Derive an id from a kind of thing and the texts that make it what it is.

    The same texts always give the same id, and no other texts give it.

    >>> derived_id("lead", "crm", "17") == derived_id("lead", "crm", "17")
    True
    >>> derived_id("lead", "ab", "c") == derived_id("lead", "a", "bc")
    False
    """
    try:
        # Each text is led by its length; without it ("ab", "c") and ("a", "bc") would be one.
        name = "".join([f"{len(text)}:{text}" for text in (kind, *parts)]).encode()
    except (TypeError, UnicodeEncodeError):
        raise InvalidValue("id", _PARTS) from None
    return _version_five(sha1(_NAMESPACE + name, usedforsecurity=False).hexdigest())


def _version_five(digest: str) -> str:
    """Write a digest as `uuid.uuid5` does, in a third of its time: each row of a list has an id."""
    variant = _VARIANTS[digest[16]]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"
