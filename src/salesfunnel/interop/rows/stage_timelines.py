"""The lines of a stage history as the events of a deal or of a lead, from its first stage on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar, cast

import attrs

from ...errors import InvalidValue, Text
from ...history.order import entered_stage
from ...history.reading import read_intervals
from ...leads.captured import LeadCaptured
from ...leads.converted import LeadConverted
from ...leads.lead import Lead
from ...leads.moved import LeadMoved
from ...leads.qualified import LeadDisqualified
from ...leads.told import has_day
from ...opportunities.closed import OpportunityLost, OpportunityWon
from ...opportunities.moved import OpportunityMoved, OpportunityReopened
from ...opportunities.opened import OpportunityOpened
from ...opportunities.opportunity import Opportunity
from ...opportunities.outcomes import Closing
from ...opportunities.probability import Probability, ProbabilityOrigin
from ...opportunities.revised import ProbabilityEstimated
from ...pipeline.pipeline import Pipeline
from ...pipeline.stage import Stage, StageKind
from ..mapping.file_stages import FileStages
from ..mapping.noun_mapping import NounMapping
from ..mapping.unknown_words import named_word
from ..stage_lines import StageLine
from .file_contradiction import FileContradiction
from .history_values import value_events
from .later_facts import trigger_of

NounT = TypeVar("NounT", bound=Lead | Opportunity)

_STRANGE = Text("history_strange", "the history of {of}: {problem}")
_UNKNOWN_WORD = Text(
    "history_unknown_word",
    "the history of {of} has the stage {word!r}, which is not known",
    "put it behind one under values.stage in a mapping, for the list of {of}",
)
_UNKNOWN_TEXT = Text("history_unknown_text", "the history of {of} has a stage that is not known")
_ENDS_ELSEWHERE = Text(
    "history_ends_elsewhere",
    "the history of {of} ends in {history}, but it stands in {stage}",
)
_OTHER_DAY = Text(
    "closed_another_day",
    "{of} was closed on {closed}, but its history says {history}",
)
_BEFORE = Text(
    "history_before_beginning",
    "the history of {of} begins on {history}, but it began on {began}",
)
_DAY = timedelta(days=1)
_STAGE_EVENTS = (
    *(OpportunityMoved, OpportunityWon, OpportunityLost, OpportunityReopened),
    *(LeadMoved, LeadConverted, LeadDisqualified),
)


@attrs.frozen
class StageEntry:
    """A stage that was entered, and by whom; or one of which only is told that it was left."""

    stage: Stage
    at: datetime
    by: str = ""
    is_entry_told: bool = True


def entries_of(
    lines: Sequence[StageLine], pipeline: Pipeline, words: NounMapping, *, at: datetime
) -> tuple[list[StageEntry], list[FileContradiction]]:
    """
    Put the lines of one deal or lead in order, with the stages of its pipeline.

    Lines that stay in the stage are no entries. A stage that is only told as the one that was left
    is one, at that instant. What is strange about the lines is named.
    """
    of, found = lines[0].of, FileStages(pipeline, words)
    # At one instant the lines keep their order, but for those that ended at once.
    ordered = sorted(lines, key=lambda line: (line.entered, line.left != line.entered))
    ends: list[datetime | None] = [line.left for line in ordered]
    if not any(ends):  # the file has no exits: each stage lasts until the next
        ends = [*(line.entered for line in ordered[1:]), None]
    told = [(line.stage, line.entered, end) for line, end in zip(ordered, ends, strict=True)]
    odd = {anomaly.message for anomaly in read_intervals(told, at=at).anomalies}
    strange = [
        FileContradiction(_STRANGE, {"of": of, "problem": problem}) for problem in sorted(odd)
    ]
    entries: list[StageEntry] = []
    for line in ordered:
        for word, is_told in ((line.from_stage, False), (line.stage, True)):
            try:
                stage = found.find(word) if word else None
            except InvalidValue:
                strange.append(_unknown(of, word))
                continue
            if stage is not None and (not entries or entries[-1].stage != stage):
                entries.append(StageEntry(stage, line.entered, line.by, is_told))
    return entries, list(dict.fromkeys(strange))


def _unknown(of: str, word: str) -> FileContradiction:
    """Name the word of a stage that is not known, unless it may be anything."""
    named = named_word(word, field="stage")
    return FileContradiction(_UNKNOWN_WORD if named else _UNKNOWN_TEXT, {"of": of, **named})


def with_history(
    noun: NounT,
    entries: Sequence[StageEntry],
    *,
    lines: Sequence[StageLine] = (),
) -> NounT:
    """
    Give a lead or a deal the history of its stages; where it stands in the end it stays.

    The amounts and expected days of the ``lines`` become events of a deal.

    The ending and all else that its own file tells stay as they are, and so does its beginning,
    unless the history begins earlier, or less than a day later, or the file tells none.
    """
    if not entries:
        return noun
    began: Any
    way: list[StageEntry]
    began, way = _begun(noun, entries)
    last = entries[-1]
    if last.stage.name != noun.stage:
        ending = max(noun.timeline[-1].at, last.at)
        way.append(
            StageEntry(
                noun.pipeline.stage(noun.stage), ending, is_entry_told=_is_end_told(noun, ending)
            )
        )
    kept: list[Any] = [
        event if event.at >= began.at else attrs.evolve(event, at=began.at)
        for event in noun.timeline[1:]
        if not isinstance(event, _STAGE_EVENTS)
    ]
    is_begun_told = entries[0].stage.is_open
    told: Iterator[Any]
    if isinstance(noun, Opportunity):
        began, values = value_events(noun, began, lines, partial(_is_closed, entries))
        told = _deal_events(noun, began, way, is_begun_told=is_begun_told)
        return cast("NounT", Opportunity.replay([began, *kept, *values, *told]))
    told = _lead_events(noun, began, way, is_begun_told=is_begun_told)
    return cast("NounT", Lead.replay([began, *kept, *told]))


def _is_end_told(noun: Lead | Opportunity, ending: datetime) -> bool:
    """Tell whether its own file tells that it came at an instant to where it stands."""
    (*_, last) = filter(entered_stage, noun.timeline)
    is_told = noun.closed_on is not None if isinstance(noun, Opportunity) else has_day(last)
    return is_told and last.at == ending


def _is_closed(entries: Sequence[StageEntry], at: datetime) -> bool:
    """Tell whether the stage that was entered last by an instant is closed."""
    stages = [entry.stage for entry in entries if entry.at <= at]
    return bool(stages) and not stages[-1].is_open


def against_history(
    noun: Lead | Opportunity, entries: Sequence[StageEntry]
) -> Iterator[FileContradiction]:
    """List in what a stage history contradicts the file of its lead or deal."""
    if not entries:
        return
    first, last = entries[0], entries[-1]
    began = told_beginning(noun)
    if began is not None and began.date() > first.at.date():
        days = {"history": first.at.date(), "began": began.date()}
        yield FileContradiction(_BEFORE, {"of": noun.id, **days})
    if last.stage.name != noun.stage:
        ends = {"history": last.stage.title, "stage": noun.pipeline.stage(noun.stage).title}
        yield FileContradiction(_ENDS_ELSEWHERE, {"of": noun.id, **ends})
        return
    closed = noun.closed_on if isinstance(noun, Opportunity) else None
    if closed is not None and abs((closed - last.at.date()).days) > 1:
        days = {"closed": closed, "history": last.at.date()}
        yield FileContradiction(_OTHER_DAY, {"of": noun.id, **days})


def told_beginning(noun: Lead | Opportunity) -> datetime | None:
    """Return when it began, or nothing where its file does not tell and a reader had to say."""
    began: datetime = noun.timeline[0].at
    if isinstance(noun, Opportunity):
        return None if noun.opened_on is None else began
    return began if has_day(noun.timeline[0]) else None


def _begun(noun: Lead | Opportunity, entries: Sequence[StageEntry]) -> tuple[Any, list[StageEntry]]:
    """Begin it where its history begins, or before that where its own file says so."""
    beginning: Any = noun.timeline[0]
    first = entries[0]
    own = told_beginning(noun)
    began = min(own or first.at, first.at)
    stage = first.stage
    if first.is_entry_told and stage.is_open and first.at - began < _DAY:
        began = first.at  # a list tells the day alone, and no one a stage before this one
    is_late = first.is_entry_told and began < first.at
    if not stage.is_open or (is_late and stage != noun.pipeline.initial):
        stage = noun.pipeline.initial
    told: dict[str, Any] = {"at": began, "to_stage": stage.name}
    if isinstance(noun, Opportunity):
        told["probability"] = Probability.entering(stage)
        told["opened_on"] = noun.opened_on or (began.date() if first.is_entry_told else None)
    else:
        told["is_day_told"] = own is not None or first.is_entry_told
    way = [*entries] if stage != first.stage else [*entries[1:]]
    return attrs.evolve(beginning, **told), way


def _deal_events(
    deal: Opportunity,
    began: OpportunityOpened,
    entries: Sequence[StageEntry],
    *,
    is_begun_told: bool,
) -> Iterator[Any]:
    """Tell the stages of a deal: moved, won, lost, and opened again."""
    stage, chance = began.pipeline.stage(began.to_stage), began.probability
    for place, entry in enumerate(entries):
        way: dict[str, Any] = {
            "at": entry.at,
            "by": entry.by,
            "trigger": trigger_of(began.pipeline, stage.name, entry.stage.name),
            "from_stage": stage.name,
            "to_stage": entry.stage.name,
        }
        if entry.stage.is_open:
            chance = Probability.entering(entry.stage, before=chance)
            moved = OpportunityMoved if stage.is_open else OpportunityReopened
            yield moved(**way, probability=chance)
        else:
            is_last = place == len(entries) - 1
            closing = _closing(deal, entry, stage, chance, is_last=is_last)
            if not place and not is_begun_told:  # it had to begin in some stage
                own = deal.closing if is_last else None
                closing = attrs.evolve(closing, stage="" if own is None else own.stage)
            # Its own file may tell a later day.
            closed_on = closing.closed_on or entry.at.date()
            way["at"] = max(entry.at, datetime.combine(closed_on, time(), tzinfo=UTC))
            closed = OpportunityWon if closing.kind is StageKind.WON else OpportunityLost
            yield closed(**way, closing=closing)
        stage = entry.stage
    told = deal.probability
    if stage.is_open and told is not None and told.origin is ProbabilityOrigin.HAND:
        last = entries[-1].at if entries else began.at
        yield ProbabilityEstimated(at=last, before=chance, probability=told)


def _closing(
    deal: Opportunity,
    entry: StageEntry,
    stage: Stage,
    chance: Probability | None,
    *,
    is_last: bool,
) -> Closing:
    """Close it as its own file tells; of an earlier closing no more is known than the day."""
    told = deal.closing if is_last else None
    day = entry.at.date() if entry.is_entry_told else None
    more: dict[str, Any] = {
        "stage": stage.name if stage.is_open else "",
        "probability_before": chance,
    }
    if told is not None and told.kind is entry.stage.kind:
        return attrs.evolve(told, closed_on=told.closed_on or day, **more)
    reason = "unknown" if entry.stage.kind is StageKind.LOST else ""
    return Closing(
        kind=entry.stage.kind,
        reason=reason,
        amount=deal.amount,
        closed_on=day,
        **more,
    )


def _lead_events(
    lead: Lead, began: LeadCaptured, entries: Sequence[StageEntry], *, is_begun_told: bool
) -> Iterator[Any]:
    """Tell the stages of a lead: moved, converted, given up."""
    stage = began.to_stage
    ending = lead.timeline[-1]
    for place, entry in enumerate(entries):
        way: dict[str, Any] = {
            "at": entry.at,
            "by": entry.by,
            "trigger": trigger_of(began.pipeline, stage, entry.stage.name),
            "from_stage": stage,
            "to_stage": entry.stage.name,
        }
        if not entry.stage.is_open:
            way["is_day_told"] = entry.is_entry_told
            way["is_from_told"] = is_begun_told or place > 0
        if entry.stage.kind is StageKind.WON:
            links = ("account_id", "opportunity_id", "contact_id")
            yield LeadConverted(**way, **{link: getattr(lead, link) for link in links})
        elif entry.stage.kind is StageKind.LOST:
            note = ending.note if isinstance(ending, LeadDisqualified) else ""
            yield LeadDisqualified(**way, reason=lead.rejection or "unknown", note=note)
        else:
            yield LeadMoved(**way)
        stage = entry.stage.name
