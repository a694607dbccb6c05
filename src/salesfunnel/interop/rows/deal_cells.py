"""What stands in the cells of a deal, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ...opportunities.opportunity import Opportunity
from ...opportunities.outcomes import Closing
from ...pipeline.stage import StageKind
from ..mapping.stage_words import StageWords, own_word
from ..writing.written_columns import BETWEEN_VALUES
from .told_parts import Cells, Told


def deal_cells(
    deal: Opportunity, cells: Cells, stages: StageWords, names: Mapping[str, str]
) -> Told:
    """
    Tell a deal field by field; ``names`` are those of accounts, by id.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> cells = Cells.of(load_mapping("vtiger"), "opportunity")
    >>> deal = Opportunity.open(id="7", account_id="8", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> deal_cells(deal, cells, StageWords(cells.columns, "vtiger"), {"8": "Novin"}).cells[
    ...     "account"
    ... ]
    'Novin'
    """
    told = Told({"id": deal.id, "name": deal.name, "account_id": deal.account_id}, is_usual=False)
    if deal.owner:
        told.cells["owner"] = deal.owner
    if deal.lead_ids:
        told.cells["lead_id"] = deal.lead_ids[0]
    if not cells.columns.has("account_id") and deal.account_id in names:
        told.cells["account"] = names[deal.account_id]
    began = deal.timeline[0].at
    if deal.opened_on is not None:
        is_same = began.date() == deal.opened_on
        told.cells["opened"] = (
            cells.values.moment(began) if is_same else cells.values.day(deal.opened_on)
        )
    _tell_amount(told, deal, cells)
    _tell_stage(told, deal, cells, stages)
    _tell_days(told, deal, cells)
    cells.tell_source(told, deal.source, deal.source_words)
    cells.tell_answers(told, deal.answers, began)
    details = {name: value for name, value in deal.details.items() if name != "stage"}
    cells.tell_details(told, details)
    return told


def _tell_amount(told: Told, deal: Opportunity, cells: Cells) -> None:
    if deal.closing is not None and deal.closing.kind is StageKind.WON:
        earned = deal.closing.amount
        if earned is not None and earned != deal.amount:
            cells.tell_money(told, "actual_revenue", earned)
    if deal.amount is not None:
        has_amount = cells.columns.has("amount")
        cells.tell_money(told, "amount" if has_amount else "expected_revenue", deal.amount)
    if deal.closing is not None and "probability" in deal.details:
        won = deal.closing.kind is StageKind.WON
        told.cells["probability"] = cells.values.share(Decimal(won))
    elif deal.probability is not None and deal.closing is None:
        told.cells["probability"] = cells.values.share(deal.probability.value)


def _tell_stage(told: Told, deal: Opportunity, cells: Cells, stages: StageWords) -> None:
    """Tell where it stands; a system that tells the outcome apart keeps the last open stage."""
    stage = deal.pipeline.stage(deal.stage)
    outcome = cells.columns.word("outcome", stage.kind.value)
    told.cells["outcome"] = outcome
    last = deal.closing.stage if deal.closing is not None else ""
    is_apart = bool(outcome) and cells.columns.has("outcome")
    if is_apart and deal.closing is not None:
        told.cells["stage"] = stages.of(deal.pipeline, last, "") if last else ""
    else:
        told.cells["stage"] = stages.of(deal.pipeline, deal.stage, own_word(deal))
    if deal.closing is not None and deal.closing.kind is StageKind.LOST:
        _tell_loss(told, deal, deal.closing, cells)


def _tell_loss(told: Told, deal: Opportunity, closing: Closing, cells: Cells) -> None:
    stage = deal.pipeline.stage(deal.stage)
    told.cells["reason"] = cells.words.reason(closing.reason, closing.note, stage)
    told.cells["competitor"] = BETWEEN_VALUES.join(closing.competitors)


def _tell_days(told: Told, deal: Opportunity, cells: Cells) -> None:
    """Tell when it is expected to close, and when it was closed; some systems have but one day."""
    has, days = cells.columns.has, {"expected_close": deal.expected_close, "closed": deal.closed_on}
    for field, day in days.items():
        if day is not None:
            told.cells[field] = cells.values.day(day)
    if not has("close"):
        return
    only = ("expected_close",) if deal.closing is None else ("closed", "expected_close")
    homeless = [field for field in only if field in told.cells and not has(field)]
    if homeless and not has(only[0]):
        told.cells["close"] = told.cells[homeless[0]]
