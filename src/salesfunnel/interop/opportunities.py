"""Files of opportunities: the deals of another system, open, won and lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from ..history.timeline import Event, apply
from ..opportunities import closing
from ..opportunities.events import OpportunityOpened
from ..opportunities.opportunity import Opportunity
from ..opportunities.outcomes import Loss, LossReason
from ..opportunities.probability import Probability, ProbabilityOrigin
from ..pipeline.permit import Permit
from ..pipeline.presets import OPPORTUNITY_PIPELINE
from ..pipeline.stage import Stage, StageKind
from ..values.answer import Answer
from ..values.company import Company
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from .accepted import FileReading, columns_of
from .cells import Row
from .mapping import Mapping, key
from .recognition import recognise_mapping
from .records import read_records

NEEDED = frozenset({"stage"})
"""The field that a file of opportunities needs."""

_DETAILS = "details."


def read_opportunities(
    path: str | Path,
    *,
    at: datetime,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> FileReading[Opportunity]:
    r"""
    Open a file of opportunities; ``at`` is the instant of the import, for rows that give no date.

    Without a mapping, the one that comes with the library and knows most of the columns is taken.
    Raises `UnreadableFile` when not one row could be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     deals = Path(folder, "deals.csv")
    ...     _ = deals.write_text("Deal,Étape,Montant\n7,Gagné,900\n8,Parti,\n", encoding="utf-8")
    ...     for found in read_opportunities(deals, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...         print(found)
    Accepted(row=2, entity=Opportunity(...), notes=())
    row 3, Étape: is no word that the mapping knows for stage; allowed: meeting, ...
    """
    records = read_records(Path(path), encoding=encoding, delimiter=delimiter)
    mapping = mapping or recognise_mapping(records.header, kind="opportunity")
    columns = columns_of(records, mapping, mapping.opportunity, needed=NEEDED)
    return FileReading(records, mapping, columns, partial(_opportunity, at=instant(at)))


def _opportunity(row: Row, *, at: datetime) -> tuple[Opportunity, tuple[str, ...]] | None:
    """Make an opportunity of a row: how it began, and how it ended if it did."""
    stage = OPPORTUNITY_PIPELINE.stage(
        row.needed_word("stage") or OPPORTUNITY_PIPELINE.initial.name
    )
    is_open = stage.kind is StageKind.OPEN
    began_in = stage if is_open else OPPORTUNITY_PIPELINE.initial
    began, close = row.instant("opened"), row.date("close")
    closed_on = None if is_open else row.date("closed") or close
    expected = row.date("expected_close") or (close if is_open else None)
    amount, probability = row.money("amount"), _probability(row, began_in)
    account = _account(row)
    if row.problems:
        return None
    at = began or at
    opened = OpportunityOpened(
        at=at,
        id=row.text("id") or derived_id("opportunity", *row.cells),
        name=row.text("name"),
        account_id=row.text("account_id")
        or (derived_id("account", account.key) if account else ""),
        lead_id=row.text("lead_id"),
        amount=amount,
        probability=probability,
        opened_on=began.date() if began else None,
        expected_close=expected,
        contacts=(),
        answers=FrozenMap[str, Answer](),
        source=row.source(),
        source_words=row.text("source"),
        details=FrozenMap(row.texts(_DETAILS) | row.some_texts("account", "note")),
        pipeline=OPPORTUNITY_PIPELINE,
        to_stage=began_in.name,
    )
    deal = Opportunity.replay([opened])
    if is_open:
        return deal, ()
    closing_day = datetime.combine(closed_on or at.date(), time(), tzinfo=UTC)
    event = _ending(row, deal, stage, at=max(at, closing_day), closed_on=closed_on)
    return apply(deal, event), _odd_dates(deal.opened_on, closed_on)


def _probability(row: Row, stage: Stage) -> Probability | None:
    """Read the chance to win; the default of the stage is no figure set by hand."""
    default = Probability.entering(stage)
    number = row.decimal("probability")
    if number is None:
        return default
    chance = number / 100 if row.columns.mapping.percent else number
    read = row.build("probability", Probability, chance, ProbabilityOrigin.HAND)
    return default if read and default and read.value == default.value else read


def _account(row: Row) -> Company | None:
    name = row.text("account")
    return row.build("account", Company, name) if name else None


def _ending(
    row: Row, deal: Opportunity, stage: Stage, *, at: datetime, closed_on: date | None
) -> Event:
    """Tell how the deal ended, as the file tells it."""
    if stage.kind is StageKind.WON:
        permit = Permit("win", deal.pipeline.stage(deal.stage), stage)
        return closing.moved(deal, permit, at=at, closed_on=closed_on)
    words = row.text("reason")
    known = row.columns.section.values["reason"].get(key(words))
    loss = Loss(
        reason=known or (LossReason.OTHER if words else LossReason.UNKNOWN),
        competitor=row.text("competitor"),
        note="" if known else words,
        stage=deal.stage,
        amount=deal.amount,
    )
    permit = Permit("lose", deal.pipeline.stage(deal.stage), stage)
    return closing.lost(deal, permit, loss, at=at, closed_on=closed_on)


def _odd_dates(opened_on: date | None, closed_on: date | None) -> tuple[str, ...]:
    if closed_on is None:
        return ("it is closed without a date: taken as closed when it was opened or read",)
    if opened_on and closed_on < opened_on:
        return ("it was closed before it was opened: its days are not counted",)
    return ()
