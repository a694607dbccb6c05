"""Deals written to a list, as this library or another system has them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

import attrs

from ...accounts.account import Account
from ...opportunities.opportunity import Opportunity
from ...values import converters
from ..mapping.stage_words import StageWords
from ..opportunities import read_opportunities
from ..rows.deal_cells import deal_cells
from ..rows.told_parts import Cells
from .csv_output import WITH_MARK
from .left_out import naming_stages
from .list_writing import AFTER_ALL, AnyMapping, mapping_given, nouns_in, target_of, write_list
from .written import Written


def write_opportunities(
    opportunities: Iterable[Opportunity | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
    accounts: Iterable[Account] = (),
) -> Written:
    """
    Write deals to a file, as the system of the mapping has them; see `write_leads`.

    A stage is written by the word of the file from which the deal came, if the target has it, else
    by that of the target's stage that means the same; where none does the word stays, and is named.
    A system that tells won and lost beside the stage keeps the stage in which a deal was last open.
    ``accounts`` lend their names where the target has no column for their ids.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> deal = Opportunity.open(id="7", name="Generators", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_opportunities([deal], Path(folder, "deals.csv"), mapping="vtiger")
    ...     "Prospecting" in Path(folder, "deals.csv").read_text("utf-8-sig")
    True
    """
    goal = target_of(
        target, opportunities, mapping, delimiter=delimiter, encoding=encoding, sheet=sheet
    )
    deals = nouns_in(opportunities, Opportunity, "opportunities", all_at_once=mapping is None)
    told = mapping_given(mapping, "opportunity", deals)
    cells = Cells.of(told, "opportunity", **goal.typed)
    names = {one.id: one.name for one in converters.several(Account, accounts, "accounts")}
    stages = StageWords(cells.columns, told.pipeline)
    written = write_list(
        deals,
        goal,
        cells,
        tell=partial(deal_cells, cells=cells, stages=stages, names=names),
        read=partial(read_opportunities, at=AFTER_ALL, mapping=attrs.evolve(told, header=())),
        name="Opportunities",
    )
    return attrs.evolve(
        written, left_out=naming_stages(written.left_out, stages.lacking, stages.retold)
    )
