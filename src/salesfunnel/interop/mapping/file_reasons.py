"""The reasons of a file: the codes and labels of the stage first, then the words of the mapping."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from ...pipeline.presets.code_lists import OTHER, UNKNOWN
from ...pipeline.stage import Stage
from ..rows.row_fields import RowFields
from .noun_mapping import LONGEST_WORD, NounMapping, key


def reason_in(words: str, stage: Stage, noun: NounMapping) -> str:
    """
    Return the code of a reason: one of the stage by its code or label, or what the mapping says.

    Words that neither knows stand for *other*, and no words for *unknown*.

    >>> from salesfunnel.interop import load_mapping
    >>> lost = Stage("lost", kind="lost", reasons={"stock": "در انبار نیست"})
    >>> deals = load_mapping("salesfunnel").opportunity
    >>> reason_in("در انبار نيست", lost, deals), reason_in("Too expensive", lost, deals)
    ('stock', 'price')
    """
    own = _by_key(stage).get(key(words)) if words and len(words) <= LONGEST_WORD else None
    return own or noun.meaning_of(words, field="reason") or (OTHER if words else UNKNOWN)


def told_reason(row: RowFields, words: str, stage: Stage) -> str:
    """Return the code of the reason of a row, and note words that stand for *other* for want."""
    noun = row.columns.noun
    found = reason_in(words, stage, noun)
    is_named = _by_key(stage).get(key(words)) or noun.meaning_of(words, field="reason")
    if found == OTHER and not is_named:
        row.note_other("reason", words)
    return found


@functools.lru_cache(maxsize=32)
def _by_key(stage: Stage) -> Mapping[str, str]:
    """Put the codes of a stage under the keys of their labels, and of the codes themselves."""
    found = {key(label): code for code, label in stage.reasons.items() if label}
    return found | {key(code): code for code in stage.reasons}
