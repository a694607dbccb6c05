"""The word of a target for the stage of a deal: that of its file, of its system, or of ours."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from ...errors import InvalidValue
from ...opportunities.opportunity import Opportunity
from ...pipeline.pipeline import Pipeline
from ...pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ...pipeline.stage import Stage, StageKind
from ..writing.written_columns import WrittenColumns
from .file_stages import PIPELINES, FileStages


@attrs.frozen
class StageWords:
    """
    Finds the words of stages, and remembers them.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> words = StageWords(WrittenColumns.of(load_mapping("vtiger"), "opportunity"), "vtiger")
    >>> words.of(OPPORTUNITY_PIPELINE, "proposal", "")
    'Proposal or Price Quote'
    """

    columns: WrittenColumns
    system: str | Pipeline
    """The pipeline of the target, or its name; blank for ours."""
    lacking: Counter[str] = attrs.field(factory=Counter, init=False, eq=False, repr=False)
    """The words for which the target has no stage, and how often each was asked for."""
    retold: Counter[tuple[str, str]] = attrs.field(
        factory=Counter, init=False, eq=False, repr=False
    )
    """The words of stages, each with that of the target which stands for it, and how often."""
    _found: dict[Any, str | None] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def pipeline(self) -> Pipeline:
        """The stages that the target has."""
        if isinstance(self.system, Pipeline):
            return self.system
        return PIPELINES.get(self.system, OPPORTUNITY_PIPELINE)

    def of(self, pipeline: Pipeline, name: str, own: str) -> str:
        """Return the word of a stage; ``own`` is that of the file from which the deal came."""
        key = id(pipeline), name, own
        if key not in self._found:
            self._found[key] = self._word(pipeline, pipeline.stage(name), own)
        word = self._found[key]
        title = pipeline.stage(name).title
        if word is None:
            self.lacking[title] += 1
        elif word not in (title, name, own):
            self.retold[title, word] += 1
        return title if word is None else word

    def _word(self, pipeline: Pipeline, stage: Stage, own: str) -> str | None:
        if own and self._means(FileStages(pipeline, self.columns.noun), own, stage):
            there = FileStages(self.pipeline, self.columns.noun)
            if not self.system or own in (one.title for one in there.pipeline.stages):
                return own
        same = [one for one in self.pipeline.stages if stage.title in (one.title, one.name)]
        if same and self.system:
            return same[0].title
        words = self.columns.noun.told.get("stage")
        meaning = self._meaning(pipeline, stage)
        like = same or self._like(meaning, stage.kind)
        number = self._number(pipeline, stage, meaning, among=len(like))
        if words and meaning in words and not number:
            return words[meaning]
        if like:
            return like[number].title if self.system else like[number].name
        return None

    def _number(self, pipeline: Pipeline, stage: Stage, meaning: str, *, among: int) -> int:
        """
        Say which of several stages that mean the same stands for one, in the order of both sides.

        The first is the first and the last the last, so no two become one that need not.
        """
        alike = [s for s in pipeline.stages if s.is_open and self._meaning(pipeline, s) == meaning]
        steps = len(alike) - 1
        if not steps or stage not in alike:
            return 0
        return (2 * alike.index(stage) * max(among - 1, 0) + steps) // (2 * steps)

    def _meaning(self, pipeline: Pipeline, stage: Stage) -> str:
        """Say in our own words what a stage of another pipeline is."""
        if pipeline.find_stage(stage.name) is OPPORTUNITY_PIPELINE.find_stage(stage.name):
            return stage.name
        known = self.columns.noun.meaning_of(stage.title, field="stage")
        return known or self.columns.noun.meaning_of(stage.name, field="stage") or stage.name

    def _like(self, meaning: str, kind: StageKind) -> list[Stage]:
        """List the stages of the target that mean the same; of an end all of its kind."""
        noun = self.columns.noun
        stages = self.pipeline.stages
        if kind is not StageKind.OPEN:
            return [stage for stage in stages if stage.kind is kind]
        found = [one for one in stages if noun.meaning_of(one.title, field="stage") == meaning]
        return [stage for stage in found if stage.is_open]

    def _means(self, stages: FileStages, word: str, stage: Stage) -> bool:
        try:
            return stages.find(word).name == stage.name
        except InvalidValue:
            return False


def own_word(deal: Opportunity) -> str:
    """
    Return the word of the file for the stage of a deal, where a reader kept it.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> own_word(Opportunity.open(id="7", details={"stage": "Devis"}, at=at))
    'Devis'
    """
    word = deal.details.get("stage")
    return word if isinstance(word, str) else ""
