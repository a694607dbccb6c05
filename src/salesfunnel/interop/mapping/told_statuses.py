"""A stage that two columns tell together: a status, and the reason of the status."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...errors import Problem, Text
from ...pipeline.presets.standard import LEAD_PIPELINE
from ...values.frozen_map import FrozenMap
from .format_checks import are_texts, strangers
from .noun_mapping import NounMapping, key
from .word_problems import fits_in_a_mapping

_BOTH = 2
_NOT_TWO_WORDS = Text(
    "not_status_and_reason",
    "{name!r} is not a status and its reason",
    'such as contacted = ["Open", "Contacted"]',
)
_TOLD: Collection[str] = tuple(stage.name for stage in LEAD_PIPELINE.stages)
_WITH_REASONS = frozenset(stage.name for stage in LEAD_PIPELINE.stages if stage.reasons)


def status_problems(statuses: object, where: str) -> Iterator[Problem]:
    """
    Find what is no stage of a lead, or not two words; a lead that is lost may have more reasons.

    >>> [one.code for one in status_problems({"new": ["Open"]}, "[lead.statuses]")]
    ['not_status_and_reason']
    """
    yield from strangers(statuses, _TOLD, where)
    for name, words in statuses.items() if isinstance(statuses, Mapping) else ():
        is_list = isinstance(words, list) and len(words) >= _BOTH and are_texts(words)
        is_whole = is_list and (len(words) == _BOTH or name in _WITH_REASONS)
        if name in _TOLD and not (is_whole and all(map(fits_in_a_mapping, words))):
            yield _NOT_TWO_WORDS.problem(where=where, name=name)


def statuses_of(table: Mapping[str, list[str]]) -> FrozenMap[str, tuple[str, ...]]:
    """
    Take the words of a status and of its reasons by the stages that they tell.

    >>> statuses_of({"contacted": ["Open", "Contacted"]})["contacted"]
    ('Open', 'Contacted')
    """
    return FrozenMap({stage: tuple(words) for stage, words in table.items()})


def stage_told(noun: NounMapping, status: str | None, reason: str) -> str:
    """
    Name the stage that the meaning of a status and its reason tell together; blank if they do not.

    In a list that has no status the reason alone tells it.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> noun = load_mapping("dynamics").lead
    >>> stage_told(noun, "new", "contacted"), stage_told(noun, "new", "Cannot Contact")
    ('contacted', '')
    >>> stage_told(noun, None, "Qualified"), stage_told(noun, None, "Cannot Contact")
    ('converted', 'disqualified')
    """
    asked = key(reason)
    return next(
        (
            stage
            for stage, (word, *reasons) in noun.statuses.items()
            if asked in map(key, reasons) and status in (None, noun.meaning_of(word, field="stage"))
        ),
        "",
    )
