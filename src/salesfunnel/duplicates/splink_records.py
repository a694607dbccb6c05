"""What splink wants to know of leads, accounts or people: a flat record of each, folded by us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..values.text import fold
from .finding import Noun, described
from .names import sound

COLUMNS = ("mobile", "phone", "email", "mailbox", "domain", "company", "website")


def splink_records(nouns: Iterable[Noun]) -> Iterator[dict[str, str | None]]:
    """
    Give a flat record of each entry, in which two spellings of one thing are one text.

    ``unique_id`` is the id; ``name`` has the words of the name without titles in an order of their
    own, ``sound`` what they sound like in any script, ``first`` and ``last`` the first and the last
    of these sounds. Of several numbers or addresses the first counts. What is unknown is ``None``.
    Matching by these fields is worth more than any model on raw text.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(
    ...     person="خانم سارا احمدی", phone="0912 123 4567", at=datetime(2026, 3, 2, tzinfo=UTC)
    ... )
    >>> [record] = splink_records([lead])
    >>> record["sound"], record["phone"], record["email"]
    ('ahmd sr', '9121234567', None)
    """
    for noun in nouns:
        readers, words = described(noun)
        found: dict[str, str | None] = dict.fromkeys(COLUMNS)
        for read in readers:
            for key, value in read(noun):
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
