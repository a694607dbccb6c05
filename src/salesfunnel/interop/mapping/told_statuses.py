"""A stage that two columns tell together: a status, and the reason of the status."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ...errors import Problem, Text
from ...pipeline.presets.standard import LEAD_PIPELINE
from ...pipeline.stage import StageKind
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
_TOLD: Collection[str] = tuple(
    stage.name for stage in LEAD_PIPELINE.stages if stage.kind is not StageKind.LOST
)


def status_problems(statuses: object, where: str) -> Iterator[Problem]:
    """
    Find what is no stage of a lead, or not two words; a lead that is lost has reasons of its own.

    >>> [one.code for one in status_problems({"new": ["Open"]}, "[lead.statuses]")]
    ['not_status_and_reason']
    """
    yield from strangers(statuses, _TOLD, where)
    for name, words in statuses.items() if isinstance(statuses, Mapping) else ():
        is_pair = isinstance(words, list) and len(words) == _BOTH and are_texts(words)
        if name in _TOLD and not (is_pair and all(map(fits_in_a_mapping, words))):
            yield _NOT_TWO_WORDS.problem(where=where, name=name)


def statuses_of(table: Mapping[str, list[str]]) -> FrozenMap[str, tuple[str, str]]:
    """
    Take the words of a status and of its reason by the stages that they tell.

    >>> statuses_of({"contacted": ["Open", "Contacted"]})["contacted"]
    ('Open', 'Contacted')
    """
    return FrozenMap({stage: (status, reason) for stage, (status, reason) in table.items()})


def stage_told(noun: NounMapping, status: str | None, reason: str) -> str:
    """
    Name the stage that the meaning of a status and its reason tell together; blank if they do not.

    In a list that has no status the reason alone tells it.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> noun = load_mapping("dynamics").lead
    >>> stage_told(noun, "new", "contacted"), stage_told(noun, "new", "Cannot Contact")
    ('contacted', '')
    >>> stage_told(noun, None, "Qualified")
    'converted'
    """
    asked = key(reason)
    return next(
        (
            stage
            for stage, (word, why) in noun.statuses.items()
            if key(why) == asked and status in (None, noun.meaning_of(word, field="stage"))
        ),
        "",
    )
