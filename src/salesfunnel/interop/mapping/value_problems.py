"""What can be wrong with what a mapping says of words: of values, statuses and kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...errors import Problem, did_you_mean
from ...pipeline.codes import is_name
from ...values.text import shown
from .format_checks import LONGEST_SHOWN, are_texts, strangers
from .mapped_fields import FIELDS
from .word_meanings import MEANINGS, STATUSES
from .word_problems import NOT_A_LINE, fits_in_a_mapping, word_problems


def value_problems(table: Mapping[str, Any], noun: str, names: set[str]) -> Iterator[Problem]:
    """
    Find what stands for nothing that there is, and what stands for two things.

    ``names`` are the answers and details that the mapping has.

    >>> table = {"values": {"source": {"fair": "Trade Show"}}}
    >>> [one.code for one in value_problems(table, "lead", set())]
    ['name_unknown']
    """
    values = table.get("values", {})
    fields = MEANINGS[noun].keys() | FIELDS[noun] | names
    yield from strangers(values, fields, f"[{noun}.values]")
    for field, meant in values.items() if isinstance(values, dict) else ():
        where = f"[{noun}.values.{shown(field, limit=LONGEST_SHOWN)}]"
        # The words of a field without a vocabulary are read as any text of one line.
        known: Collection[str] = MEANINGS[noun].get(field, ())
        if field == "reason":
            known = {*known, *_own_codes(meant, known)}
        yield from _meant(meant, known if field in MEANINGS[noun] else _names(meant), where)


def kind_problems(kinds: object) -> Iterator[Problem]:
    """
    Find what is wrong with the words that the statuses of a kind of activities have.

    >>> [one.code for one in kind_problems({"task": {"finished": "Completed"}})]
    ['name_unknown']
    """
    yield from strangers(kinds, _names(kinds), "[activity.kinds]")
    for kind, meant in kinds.items() if isinstance(kinds, dict) else ():
        yield from _meant(meant, STATUSES, f"[activity.kinds.{shown(kind, limit=LONGEST_SHOWN)}]")


def default_problems(
    table: Mapping[str, Any], noun: str, part: str, names: set[str]
) -> Iterator[Problem]:
    """Find what is wrong with what stands in a field of which nothing is told."""
    given, where = table.get(part, {}), f"[{noun}.{part}]"
    yield from strangers(given, FIELDS[noun] | names, where)
    for field, text in given.items() if isinstance(given, dict) else ():
        if part == "fills" and are_texts(text):
            yield from strangers(dict.fromkeys(text), FIELDS[noun] | names, where)
            continue
        if not isinstance(text, str) or not fits_in_a_mapping(text):
            yield NOT_A_LINE.problem(where=where, name=shown(field, limit=LONGEST_SHOWN))


def _meant(meant: object, known: Collection[str], where: str) -> Iterator[Problem]:
    """Look at the words of each meaning."""
    yield from strangers(meant, known, where)
    taken: dict[str, str] = {}
    for meaning, words in meant.items() if isinstance(meant, dict) else ():
        yield from word_problems(words, meaning, taken, where)
        if not fits_in_a_mapping(meaning):
            yield NOT_A_LINE.problem(where=where, name=shown(meaning, limit=LONGEST_SHOWN))


def _names(found: object) -> Collection[str]:
    return found if isinstance(found, dict) else ()


def _own_codes(table: object, ours: Collection[str]) -> Iterator[str]:
    """List the codes of a pipeline of one's own; one that is nearly one of ours is a slip."""
    for code in _names(table):
        if is_name(code) and not did_you_mean(code, ours):
            yield code
