"""Files of opportunities: the deals of another system, open, won and lost."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import attrs

from ..errors import Text
from ..history.timeline import apply
from ..opportunities.closed import OpportunityLost, OpportunityWon
from ..opportunities.moving import closed_by
from ..opportunities.opened import OpportunityOpened
from ..opportunities.opportunity import Opportunity
from ..opportunities.probability import Probability, ProbabilityOrigin
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ..pipeline.stage import Stage, StageKind
from ..pipeline.verdicts import Permit
from ..values import converters
from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.money import Money
from .accounts import named_account
from .cells.countries import given_country
from .inputs.inputs import Readable
from .mapping.file_reasons import told_reason
from .mapping.file_stages import AS_FOUND, FileStages, pipeline_named
from .mapping.header_words import is_expected
from .mapping.mapping import FileMapping
from .mapping.noun_mapping import key
from .mapping.recognition import opened_list
from .mapping.stages_as_found import as_found, completed
from .rows.kept_beside import note_what_differs
from .rows.later_deals import deal_told_later
from .rows.later_facts import OTHER_BEGINNING, begun_as_told
from .rows.reading import FileReading
from .rows.row_fields import RowFields
from .rows.row_reader import RowReader
from .stage_lines import StageLine, ways_told

_NEEDED = ("stage", "outcome")
_BLANK = Text("blank_stage", "{field} is blank")
_NO_STAGE = Text("open_without_stage", "it is open without a stage: taken as the first")
_NO_CLOSING_DAY = Text(
    "closed_without_date", "it is closed without a date: its days are not counted"
)
_OPENED_IN_FUTURE = Text(
    "opened_in_future", "it was opened in the future: it counts from that day on"
)
_CLOSED_IN_FUTURE = Text(
    "closed_in_future",
    "it was closed in the future: that day is kept as text, and its days are not counted",
)
_CLOSED_EARLY = Text(
    "closed_before_opened", "it was closed before it was opened: its days are not counted"
)
_EXPECTED_DAY = Text(
    "closed_on_expected_day",
    "{field} is the day that was expected, and no other is told: taken as that of its closing",
)
_TRANSLATED = Text(
    "stage_translated", "{field} is read as {word!r}: the word of the file is kept as text"
)
_SOMEWHERE_IT_IS_TOMORROW = timedelta(days=1)


def read_opportunities(
    input: Readable,
    *,
    at: datetime,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    country: str = "",
    strict: bool = False,
    pipeline: Pipeline | str = "",
    history: Iterable[StageLine] = (),
    known: Iterable[Opportunity] = (),
) -> FileReading[Opportunity]:
    r"""
    Open a file of opportunities; ``at`` is the instant of the import, for rows that give no date.

    Without a mapping, the one that comes with the library and knows most of the columns is taken.
    A cell that cannot be read is kept as text in the details, with a note; if ``strict``, it
    refuses its row. A deal with neither stage nor outcome is always refused. The ``country`` says
    whose currency a sign such as ``$`` or ``kr`` is that several share.

    The deals are read into our stages, and the words of the file are kept beside them. A
    ``pipeline`` of your own, or one by name such as ``"salesforce"``, has the stages of the file;
    ``"as-found"`` takes them from the file itself, in the order in which its deals came through
    them by their ``history``, or without one in that of the rows, which is then a guess. Deals
    that are ``known`` are found again by their ids, and get what is new as events.
    Raises `UnreadableFile` when not one row could be read.

    >>> from io import StringIO
    >>> deals = StringIO("Deal,Étape,Montant\n7,Gagné,900\n8,Parti,\n")
    >>> for found in read_opportunities(deals, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...     print(found)
    Accepted(row=2, entity=Opportunity(...), notes=...)
    row 3: Étape has 'Parti', which the mapping does not know for stage; allowed: Meeting, ...
    """
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="opportunity",
        needed=_NEEDED,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    if country:
        columns = columns.with_format(country=given_country(country))
    wanted = pipeline or mapping.pipeline
    if wanted == AS_FOUND:
        own, columns = as_found(columns, records, ways_told(history))
    elif isinstance(wanted, Pipeline):
        own = wanted
    elif pipeline or not wanted:
        own = pipeline_named(wanted) if wanted else OPPORTUNITY_PIPELINE
    else:
        own = completed(pipeline_named(wanted), columns, records)
    stages = FileStages(own, columns.noun)
    deals = {deal.id: deal for deal in converters.several(Opportunity, known, "known")}
    reader = RowReader(
        make=partial(_opportunity, at=instant(at), stages=stages),
        keys_in=_keys,
        join=partial(_joined, known=deals),
        when=partial(_when, at=instant(at)),
        equal=_equal,
        known=lambda told: deals.get(told.id),
    )
    return FileReading(records, mapping, columns, reader, strict)


def _keys(row: RowFields) -> tuple[str, ...]:
    """Tell which deal a row is about."""
    if given_id := row.name("id"):
        return (given_id,)
    return (_content_id(row, row.line("name"), _account_of(row), row.instant("opened")),)


def _equal(deal: Opportunity, told: Opportunity, row: RowFields) -> Opportunity | None:
    """Take a deal that is not named for another one than the deal of an equal row."""
    if row.filled("id") or row.filled("name"):
        return None
    beginning, *rest = told.timeline
    begun: Any = beginning
    own_id = derived_id("opportunity", deal.id, "once more")
    return Opportunity.replay([attrs.evolve(begun, id=own_id), *rest])


def _account_of(row: RowFields) -> str:
    return row.line("account_id") or row.read("account", named_account) or ""


def _when(deal: Opportunity, *, at: datetime) -> datetime | None:
    last: datetime = deal.timeline[-1].at
    return None if last == at else last


def _joined(
    deal: Opportunity, told: Opportunity, row: RowFields, *, known: Container[str]
) -> Opportunity:
    """Add what a further row tells; of its beginning the first word stands."""
    if told.opened_on and deal.opened_on is None and deal.id not in known:
        deal = begun_as_told(deal, told, opened_on=told.opened_on)
    if told.opened_on and told.opened_on != deal.opened_on:
        row.note(OTHER_BEGINNING, row.header_of("opened"))
    has_closed = told.closing is not None or deal.closing is not None
    tells_stage = bool(row.filled("stage")) or has_closed
    after = deal_told_later(deal, told, tells_stage=tells_stage, keeps=True)
    note_what_differs(row, deal, told, after)
    return after


def _opportunity(row: RowFields, *, at: datetime, stages: FileStages) -> Opportunity | None:
    """Make an opportunity of a row: how it began, and how it ended if it did."""
    stood_in, stage = _stages(row, stages)
    if stage is None:
        return None
    began, close = row.moment("opened"), _day(row, "close")
    if began and began > at:
        row.note(_OPENED_IN_FUTURE)
    expected, closed_on = _day(row, "expected_close"), _day(row, "closed")
    amount = row.money("amount" if row.filled("amount") else "expected_revenue")
    earned = row.money("actual_revenue") if stage.kind is StageKind.WON else None
    name = row.line("name")
    account_id = _account_of(row)
    is_open = stage.kind is StageKind.OPEN
    _set_aside(
        row, stage, amount if earned is None else earned, has_day=closed_on not in (None, close)
    )
    if close and not is_open and closed_on is None:
        _note_expected(row)
    closed_on = None if is_open else _closing_day(row, closed_on or close, began, at)
    began_in = stage if is_open else stood_in or stages.pipeline.initial
    chance = row.usual("probability", row.format.chance) if is_open else None
    if row.filled("amount"):
        row.keep_details("expected_revenue")
    row.keep_details("account", "note")
    source, source_words = row.source()
    opened = OpportunityOpened(
        at=began or _no_later(at, closed_on),
        id=row.name("id") or _content_id(row, name, account_id, began),
        name=name,
        account_id=account_id,
        lead_ids=tuple(filter(None, [row.name("lead_id")])),
        amount=amount,
        probability=_probability(chance, began_in),
        opened_on=began.date() if began else None,
        expected_close=expected or (close if is_open else None),
        contacts=(),
        answers=_answers(row),
        source=source,
        source_words=source_words,
        details=FrozenMap(row.details),
        owner=row.line("owner"),
        pipeline=stages.pipeline,
        to_stage=began_in.name,
    )
    deal = Opportunity.replay([opened])
    if is_open:
        return deal
    ending = _ending(row, deal, stage, closed_on, stood_in=stood_in)
    if earned is not None:
        ending = attrs.evolve(ending, closing=attrs.evolve(ending.closing, amount=earned))
    return apply(deal, ending)


def _answers(row: RowFields) -> FrozenMap[str, Answer]:
    told = ((question, row.answer(field)) for field, question in row.columns.answers)
    return FrozenMap({question: answer for question, answer in told if answer is not None})


def _no_later(at: datetime, closed_on: date | None) -> datetime:
    """Return the instant of the import, or the day of closing where that lies before it."""
    return at if closed_on is None else min(at, datetime.combine(closed_on, time(), tzinfo=UTC))


def _set_aside(row: RowFields, stage: Stage, amount: Money | None, *, has_day: bool) -> None:
    """Keep as text what a file tells of a deal that is open, won or lost, and ours cannot hold."""
    noun = f"{'an' if stage.is_open else 'a'} {stage.kind.value} deal"
    if amount is None:
        row.set_aside("currency", noun="a deal without an amount")
    if stage.kind is not StageKind.WON:
        row.set_aside("actual_revenue", noun=noun)
    if stage.kind is not StageKind.LOST:
        row.set_aside("competitor", "reason", noun=noun)
    if stage.is_open:
        row.set_aside("closed", noun=noun)
        if row.filled("expected_close"):
            row.set_aside("close", noun="a deal with an expected day")
    else:
        row.set_aside("probability", noun=noun)
        if has_day:
            row.set_aside("close", noun="a deal with a day of closing")


def _stages(row: RowFields, stages: FileStages) -> tuple[Stage | None, Stage | None]:
    """
    Read the open stage that the file tells, and where the deal stands now.

    In some systems a deal is won or lost in any stage, and another column says so.
    Without either it is not known whether a deal is open, won or lost.
    """
    found, outcome = row.usual("stage", stages.read), _outcome(row)
    told = found if isinstance(found, Stage) else None
    if isinstance(found, StageKind):
        outcome = outcome or found
        row.keep("stage", row.text("stage"))
    if told is not None:
        word = row.text("stage")
        if key(word) not in (key(told.name), key(told.title)):
            row.keep("stage", word)
            row.note(_TRANSLATED, row.header_of("stage"), word=told.title)
    stood_in = told if told is not None and told.is_open else None
    has_ended = outcome is not None and outcome is not StageKind.OPEN
    if outcome and has_ended and (end := stages.of_kind(outcome)) is not None:
        return stood_in, told if told is not None and told.kind is outcome else end
    if told is not None:
        return stood_in, told
    if outcome is None:
        if unread := next((field for field in _NEEDED if field in row.unreadable), None):
            row.refuse_without(unread)
        else:
            row.refuse(_BLANK, row.columns.header_of(*_NEEDED))
        return None, None
    row.note(_NO_STAGE)
    return None, stages.pipeline.initial


def _outcome(row: RowFields) -> StageKind | None:
    """Read how a deal stands; a word that says nothing of it leaves that to the stage."""
    found = row.word("outcome")
    return StageKind(found) if found else None


def _day(row: RowFields, field: str) -> date | None:
    found = row.instant(field)
    return found.date() if found else None


def _content_id(row: RowFields, name: str, account_id: str, began: datetime | None) -> str:
    """
    Derive an id from the name, the account and the day of opening, which do not change.

    Without a name, all that the row says tells it from others, in any order of its columns; of
    equal rows each is a deal of its own.
    """
    if name:
        opened = began.date().isoformat() if began else ""
        return derived_id("opportunity", key(name), account_id, opened)
    cells = zip(map(key, row.columns.header), row.cells, strict=True)
    return derived_id("opportunity", *sorted(f"{header}={cell}" for header, cell in cells))


def _probability(chance: Decimal | None, stage: Stage) -> Probability | None:
    """Take a chance as set by hand, unless it is the default of the stage."""
    default = Probability.entering(stage)
    if chance is None or (default and default.value == chance):
        return default
    return Probability(chance, ProbabilityOrigin.HAND)


def _ending(
    row: RowFields,
    deal: Opportunity,
    stage: Stage,
    closed_on: date | None,
    *,
    stood_in: Stage | None,
) -> OpportunityWon | OpportunityLost:
    """Tell how the deal ended, as the file tells it; from which stage is known only if it says."""
    began = deal.timeline[0].at
    at = max(began, datetime.combine(closed_on or began.date(), time(), tzinfo=UTC))
    began_in = deal.pipeline.stage(deal.stage)
    if stage.kind is StageKind.WON:
        won = closed_by(deal, Permit("win", began_in, stage), at=at, closed_on=closed_on)
        return won if stood_in else attrs.evolve(won, closing=attrs.evolve(won.closing, stage=""))
    words = row.text("reason")
    lost = closed_by(
        deal,
        Permit("lose", began_in, stage),
        at=at,
        reason=told_reason(row, words, stage),
        competitor=row.line("competitor"),
        note=words,
        closed_on=closed_on,
    )
    return lost if stood_in else attrs.evolve(lost, closing=attrs.evolve(lost.closing, stage=""))


def _note_expected(row: RowFields) -> None:
    """Note that the only day of a closed deal is one that its system calls expected."""
    header = row.header_of("close")
    names = (header, *row.columns.noun.headers.get("close", ())[:1])
    if any(map(is_expected, names)):
        row.note(_EXPECTED_DAY, header)


def _closing_day(
    row: RowFields, closed_on: date | None, began: datetime | None, at: datetime
) -> date | None:
    """Take the day of closing unless it is to come; note why it is missing or not believed."""
    if closed_on is None:
        row.note(_NO_CLOSING_DAY)
    elif closed_on > at.date() + _SOMEWHERE_IT_IS_TOMORROW:
        row.note(_CLOSED_IN_FUTURE)
        row.keep_as_written("closed" if row.filled("closed") else "close")
        return None
    elif began and closed_on < began.date():
        row.note(_CLOSED_EARLY)
    return closed_on
