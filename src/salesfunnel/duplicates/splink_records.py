"""What splink wants to know of leads, accounts or people: a flat record of each, folded by us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..values import converters
from ..values.match_keys import KeyReader, key_readers, read_keys
from ..values.sounds import sound
from ..values.text import fold
from .sharing import Noun, described

COLUMNS = ("mobile", "phone", "email", "mailbox", "domain", "company", "website")


def splink_records(
    nouns: Iterable[Noun],
    *,
    keys: Iterable[KeyReader] | None = None,
    columns: Iterable[str] = COLUMNS,
) -> Iterator[dict[str, str | None]]:
    """
    Give a flat record of each entry, in which two spellings of one thing are one text.

    ``unique_id`` is the id; ``name`` has the words of the name without titles in an order of their
    own, ``sound`` what they sound like in any script, ``first`` and ``last`` the first and the last
    of these sounds. Of several numbers or addresses the first counts. What is unknown is ``None``.
    Matching by these fields is worth more than any model on raw text.

    Args:
        nouns: leads, accounts or people.
        keys: readers of match keys; those of the kind unless given.
        columns: the names of the match keys that get a column each.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(
    ...     person="خانم سارا احمدی", phone="0912 123 4567", at=datetime(2026, 3, 2, tzinfo=UTC)
    ... )
    >>> [record] = splink_records([lead])
    >>> record["sound"], record["phone"], record["email"]
    ('ahmd sr', '9121234567', None)
    """
    given = None if keys is None else key_readers(keys)
    names = converters.several(str, columns, "columns")
    for noun in nouns:
        usual, words = described(noun)
        found: dict[str, str | None] = dict.fromkeys(names)
        for read in usual if given is None else given:
            for key, value in read_keys(read, noun):
                if value and found.get(key.name, "") is None:
                    found[key.name] = value
        sounds = sorted(filter(None, map(sound, words)))
        yield {
            "unique_id": noun.id,
            "name": " ".join(sorted(words)) or None,
            "sound": " ".join(sounds) or None,
            "first": sounds[0] if sounds else None,
            "last": sounds[-1] if sounds else None,
            "town": _town(noun),
            **found,
        }


def _town(noun: Any) -> str | None:  # noqa: ANN401 - a lead, an account or a person
    company = getattr(noun, "company", None)
    return fold(company.city) or None if company is not None else None
