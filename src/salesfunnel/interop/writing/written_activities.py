"""Activities written to a list, as this library or another system has them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import attrs

from ...accounts.account import Account
from ...leads.lead import Lead
from ...opportunities.opportunity import Opportunity
from ..activity_lines import ActivityLine, read_activities
from ..rows.activity_cells import activities_of, activity_cells
from ..rows.told_parts import Cells
from .csv_output import WITH_MARK
from .list_writing import AFTER_ALL, AnyMapping, mapping_given, nouns_in, target_of, write_list
from .written import Written


def write_activities(
    activities: Iterable[ActivityLine | Lead | Opportunity | Account | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
) -> Written:
    """
    Write calls, meetings, tasks and the like to a file, as a system has them; see `write_leads`.

    Of a lead, a deal and an account all that happened is written, and each step that is planned.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin", at=at).log("call", at=at)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_activities([lead], Path(folder, "calls.csv")).rows
    1
    """
    goal = target_of(
        target, activities, mapping, delimiter=delimiter, encoding=encoding, sheet=sheet
    )
    lines = nouns_in(_each(activities), ActivityLine, "activities", all_at_once=mapping is None)
    told = mapping_given(mapping, "activity", lines)
    cells = Cells.of(told, "activity", **goal.typed)
    return write_list(
        lines,
        goal,
        cells,
        tell=partial(activity_cells, cells=cells),
        read=partial(read_activities, at=AFTER_ALL, mapping=attrs.evolve(told, header=())),
        name="Activities",
    )


def _each(activities: Iterable[Any]) -> Iterator[Any]:
    """Give the activities of nouns one by one, and all else as it is."""
    for one in activities:
        if isinstance(one, (Lead, Opportunity, Account)):
            yield from activities_of(one)
        else:
            yield one
