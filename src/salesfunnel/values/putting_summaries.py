"""What sums up a timeline on its way into a noun: next steps, consent, engagement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from .change import Change, ChangeKind
from .field_merge import FieldMerge
from .frozen_map import FrozenMap
from .merging import Merging

_LATER_WORD = "a later word stands"


def put_steps(merge: Merging, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the open steps
    """Put in planned steps by their ids, each once; what is planned already stays so."""
    for step in offered:
        known = before.find(step.id)
        if known == step:
            continue
        if known is not None:
            merge.changes.append(Change("steps", known, step, known, ChangeKind.KEPT))
        elif merge.way("steps") is FieldMerge.KEEP:
            merge.leave_out("steps", step)
        else:
            merge.changes.append(Change("steps", None, step, step, ChangeKind.ADDED))
            before = before.with_step(step)
    return before


def put_consent(merge: Merging, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the register
    """Put in what was said on consent: the latest word stands, by its own date."""
    for word in offered:
        after = before.with_word(word)
        if before.knows(word):
            continue
        if merge.way("consent") is FieldMerge.KEEP:
            merge.leave_out("consent", word)
        elif after is before:
            merge.changes.append(Change("consent", None, word, None, ChangeKind.KEPT, _LATER_WORD))
        else:
            merge.changes.append(Change("consent", None, word, word, ChangeKind.ADDED))
            before = after
    return before


def put_engagement(merge: Merging, before: Any, offered: FrozenMap[str, datetime]) -> Any:  # noqa: ANN401 - the engagement
    """Put in when things last happened elsewhere, if that was later; they are counted there."""
    if merge.way("engagement") is FieldMerge.KEEP:
        merge.leave_out("engagement", offered)
        return before
    after = before.heard_of(**offered)
    if after != before:
        was, now = before.moments, after.moments
        merge.changes.append(Change("engagement", was, offered, now, ChangeKind.FILLED))
    return after


SUMMARIES: Mapping[str, Callable[[Merging, Any, Any], Any]] = MappingProxyType(
    {"steps": put_steps, "consent": put_consent, "engagement": put_engagement}
)
"""How each is put in: whole, by rules of its own."""
