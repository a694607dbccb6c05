"""The word of a file for the stage of a lead, as long as it tells where the lead stands."""

from __future__ import annotations

from collections.abc import Mapping

from ...history.contributed import Contributed
from ...leads.captured import LeadCaptured
from ...leads.events import LeadEvent
from ...leads.lead import Lead
from ...values.answer import AnswerValue
from ...values.frozen_map import FrozenMap
from ..cells.usual_words import names_of_stages
from .noun_mapping import NounMapping, key

_NOTHING: FrozenMap[str, AnswerValue] = FrozenMap()


def lead_word(lead: Lead) -> str:
    """
    Return the word of the file for the stage of a lead, where a reader kept it.

    Of several the last counts, and none where the lead was moved since.

    >>> from datetime import UTC, datetime
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(id="7", details={"stage": "Assigned"}, at=monday)
    >>> lead_word(lead), lead_word(lead.disqualify("no_need", at=friday))
    ('Assigned', '')
    """
    word = lead.details.get("stage")
    if not isinstance(word, str):
        return ""
    told = [event.at for event in lead.timeline if "stage" in _details(event)]
    return "" if told and told[-1] < lead.stage_since else word.rpartition("\n")[2]


def is_word_of_its_own(word: str, noun: NounMapping) -> bool:
    """
    Tell whether a word says more than the stage that it stands for, and so is kept beside it.

    The system has several for that stage, and this is not the first; or it is a usual word, and
    not the name of the stage in a language. What says why a lead was given up is kept as that.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel").lead
    >>> [is_word_of_its_own(word, plain) for word in ("Hot", "chaud", "Contacté", "Wrong number")]
    [True, True, False, False]
    """
    if noun.lists_word(word, field="stage"):
        return noun.is_told_otherwise(word, field="stage")
    if noun.meaning_of(word, field="stage") is None or noun.meaning_of(word, field="reason"):
        return False
    return key(word) not in names_of_stages()


def _details(event: LeadEvent) -> Mapping[str, AnswerValue]:
    """Give the details that an event tells."""
    if isinstance(event, LeadCaptured):
        return event.details
    if isinstance(event, Contributed):
        found: Mapping[str, AnswerValue] = event.contribution.values.get("details", _NOTHING)
        return found
    return _NOTHING
