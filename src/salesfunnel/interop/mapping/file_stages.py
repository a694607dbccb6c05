"""The stages of a file: those of a pipeline that is named, its own as they are found, or ours."""

from __future__ import annotations

import re
from types import MappingProxyType

import attrs

from ...errors import InvalidValue, Text, did_you_mean
from ...pipeline.pipeline import Pipeline
from ...pipeline.presets.dynamics import DYNAMICS
from ...pipeline.presets.erpnext import ERPNEXT
from ...pipeline.presets.espocrm import ESPOCRM
from ...pipeline.presets.frappe import FRAPPE
from ...pipeline.presets.hubspot import HUBSPOT
from ...pipeline.presets.odoo import ODOO
from ...pipeline.presets.pipedrive import PIPEDRIVE
from ...pipeline.presets.salesforce import SALESFORCE
from ...pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ...pipeline.presets.suitecrm import SUITECRM
from ...pipeline.presets.vtiger import VTIGER
from ...pipeline.stage import Stage, StageKind
from ...values.text import shown
from .noun_mapping import LONGEST_WORD, NounMapping, key, without_remark
from .unknown_words import UNKNOWN_TEXT, UNKNOWN_WORD, named_word

AS_FOUND = "as-found"
"""Asks for the stages of the file itself, in their order."""

PIPELINES = MappingProxyType(
    {
        "dynamics": DYNAMICS,
        "erpnext": ERPNEXT,
        "espocrm": ESPOCRM,
        "frappe": FRAPPE,
        "hubspot": HUBSPOT,
        "odoo": ODOO,
        "pipedrive": PIPEDRIVE,
        "salesforce": SALESFORCE,
        "suitecrm": SUITECRM,
        "vtiger": VTIGER,
    }
)
"""The pipelines that can be asked for by name."""

_LONGEST_SHOWN = 40
_NUMBERED = re.compile(r"\d{1,2}\s*[-.):]\s*(?=\w)")
_NO_SUCH_PIPELINE = Text(
    "no_such_pipeline", "{field} {name!r} is not known{meant}", "a Pipeline, or one of: {known}"
)


def pipeline_named(name: str) -> Pipeline:
    """
    Find a pipeline that can be asked for by name.

    >>> pipeline_named("salesforce").initial.name
    'Prospecting'
    """
    found = PIPELINES.get(name)
    if found is None:
        known = (AS_FOUND, *PIPELINES)
        meant = did_you_mean(name, known)
        params = {
            "name": shown(str(name), limit=_LONGEST_SHOWN),
            "meant": f"; did you mean {meant}?" if meant else "",
            "known": ", ".join(known),
        }
        raise InvalidValue("pipeline", _NO_SUCH_PIPELINE, params)
    return found


@attrs.frozen
class FileStages:
    """
    The stages that the words of a file stand for.

    >>> from salesfunnel.interop import load_mapping
    >>> words = FileStages(SALESFORCE, load_mapping("salesforce").opportunity)
    >>> words.find("value proposition").name, words.find("Gagné").name
    ('Value Proposition', 'Closed Won')
    """

    pipeline: Pipeline
    noun: NounMapping = attrs.field(repr=False)

    def find(self, word: str) -> Stage:
        """Return the stage of a word: by its name or label, by the mapping, or by its kind."""
        for form in _forms(word) if len(word) <= LONGEST_WORD else ():
            if (stage := self._by_key.get(key(form))) is not None:
                return stage
            meaning = self.noun.meaning_of(form, field="stage")
            if meaning is not None and (stage := self._meant(meaning)) is not None:
                return stage
        stages = ", ".join(stage.title for stage in self.pipeline.stages)
        params = {"kind": "stage", "words": stages, **named_word(word, field="stage")}
        raise InvalidValue("stage", UNKNOWN_WORD if "word" in params else UNKNOWN_TEXT, params)

    def read(self, word: str) -> Stage | StageKind:
        """
        Return the stage of a word; of one that only says how a deal stands, that.

        >>> from salesfunnel.interop import load_mapping
        >>> FileStages(SALESFORCE, load_mapping("salesforce").opportunity).read("On hold")
        <StageKind.OPEN: 'open'>
        """
        try:
            return self.find(word)
        except InvalidValue:
            known = self.noun.meaning_of(word, field="outcome")
            if known is None:
                raise
            return StageKind(known)

    def of_kind(self, kind: StageKind) -> Stage | None:
        """Return the first stage that is open, won or lost, if there is one."""
        return next((stage for stage in self.pipeline.stages if stage.kind is kind), None)

    def _meant(self, meaning: str) -> Stage | None:
        if (stage := self.pipeline.find_stage(meaning)) is not None:
            return stage
        kind = OPPORTUNITY_PIPELINE.stage(meaning).kind
        return None if kind is StageKind.OPEN else self.of_kind(kind)

    @property
    def _by_key(self) -> dict[str, Stage]:
        return {key(text): s for s in self.pipeline.stages for text in (s.title, s.name)}


def _forms(word: str) -> tuple[str, ...]:
    """Give the forms of a word: as it stands, without a remark behind it, without its number."""
    return (word, without_remark(word), _NUMBERED.sub("", word, count=1))
