"""The words of a system for our stages, sources, reasons and flags."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Any

import attrs

from ...pipeline.pipeline import Pipeline
from ...pipeline.presets.code_lists import UNKNOWN
from ...pipeline.stage import Stage, StageKind
from ...values.frozen_map import FrozenMap
from ...values.source import Source
from ..writing.written_columns import WrittenColumns
from .file_reasons import reason_in
from .noun_mapping import LONGEST_WORD, key

_MOST_REMEMBERED = 4_096
_NO_WORDS: FrozenMap[str, str] = FrozenMap()
_BEFORE = MappingProxyType({"qualified": "contacted", "nurturing": "contacted", "contacted": "new"})
"""The stages of a lead, each with that which says less of it."""


@attrs.frozen
class CellWords:
    """
    Finds the words that stand in cells, and remembers them.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> columns = WrittenColumns.of(load_mapping("salesfunnel"), "lead")
    >>> CellWords(columns).source(Source.EXHIBITION, "Trade Show 2026")
    ('exhibition', 'meant exhibition True')
    >>> CellWords(columns).source(Source.EXHIBITION, "Trade Show")
    ('Trade Show', 'own exhibition')
    """

    columns: WrittenColumns
    retold: Counter[tuple[str, str]] = attrs.field(
        factory=Counter, init=False, eq=False, repr=False
    )
    """The words of stages, each with that of the system which stands for it, and how often."""
    _found: dict[Any, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def source(self, source: Source, own: str) -> tuple[str, str]:
        """Return the word of a source, and whether it is the file's own one."""
        found = self._found.get((source, own))
        if found is None:
            found = self._source(source, own)
            if len(self._found) < _MOST_REMEMBERED:
                self._found[source, own] = found
        told: tuple[str, str] = found
        return told

    def _source(self, source: Source, own: str) -> tuple[str, str]:
        known = self.columns.noun.meaning_of(own, field="source") if own else None
        if own and (Source(known) if known else Source.read(own[:LONGEST_WORD])) is source:
            return own, f"own {source.value}"
        word = self.columns.word("source", source.value)
        if source is Source.OTHER and not (own and self.columns.noun.told.get("source")):
            word = ""
        return word, f"meant {source.value} {bool(own)}"

    def stage_and_flag(self, name: str, pipeline: Pipeline) -> tuple[str, str, Stage]:
        """Return the word of a stage, the flag that says whether it is converted, and the stage."""
        found = self._found.get((name, id(pipeline)))
        if found is None or found[-1] is not pipeline:
            stage = pipeline.stage(name)
            flag = self.flag("converted", is_so=stage.kind is StageKind.WON)
            found = self._found[name, id(pipeline)] = self.stage(stage), flag, stage, pipeline
        word, flag, stage, _ = found
        return word, flag, stage

    def stage(self, stage: Stage) -> str:
        """Return the word of a stage: that of the system, else its name."""
        return self.columns.word("stage", self.nearest(stage.name))

    def stage_in_own_word(self, stage: str, own: str, word: str) -> str:
        """
        Return the file's own word of a stage if the system has it for that; else count it.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> words = CellWords(WrittenColumns.of(load_mapping("zoho"), "lead"))
        >>> words.stage_in_own_word("contacted", "Attempted to Contact", "Contacted")
        'Attempted to Contact'
        >>> words.stage_in_own_word("contacted", "Hot", "Contacted"), words.retold
        ('Contacted', Counter({('Hot', 'Contacted'): 1}))
        """
        listed = self.columns.noun.listed.get("stage", _NO_WORDS)
        if len(own) <= LONGEST_WORD and listed.get(key(own)) == stage:
            return own
        if word and own != word:
            self.retold[own, word] += 1
        return word

    def nearest(self, stage: str) -> str:
        """
        Name the stage whose word is written: where the system has none, the nearest before it.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> words = CellWords(WrittenColumns.of(load_mapping("suitecrm"), "lead"))
        >>> words.nearest("qualified"), words.nearest("nurturing")
        ('contacted', 'nurturing')
        """
        noun = self.columns.noun
        words = noun.told.get("stage", _NO_WORDS)
        while words and stage in _BEFORE and stage not in (*words, *noun.statuses):
            stage = _BEFORE[stage]
        return stage

    def reason(self, code: str, own: str, stage: Stage) -> str:
        """Return the word of a reason: the file's own if it means it, else that of the system."""
        if own and len(own) <= LONGEST_WORD and reason_in(own, stage, self.columns.noun) == code:
            return own
        if code in ("", UNKNOWN):
            return ""
        words = self.columns.noun.told.get("reason")
        return words.get(code, "") if words else stage.reasons.get(code, "") or code

    def status(self, kind: str, status: str) -> str:
        """Return the word of a status: that of the kind of activity, else that of all."""
        own = self.columns.noun.kinds.get(kind, _NO_WORDS)
        return own.get(status) or self.columns.word("status", status)

    def flag(self, field: str, *, is_so: bool) -> str:
        """Return the word of a flag that is set, or not."""
        said = "yes" if is_so else "no"
        own = self.columns.noun.told.get(field)
        return own.get(said, said) if own else self.answer(said)

    def answer(self, said: str) -> str:
        """Return the word for yes, no or unknown."""
        return self.columns.word("answers", said)
