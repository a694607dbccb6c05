"""Activities written to a list, as this library or another system has them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import attrs

from ...accounts.account import Account
from ...errors import Text
from ...leads.lead import Lead
from ...opportunities.opportunity import Opportunity
from ...values import converters
from ...values.frozen_map import FrozenMap
from ..activity_lines import ActivityLine, read_activities
from ..mapping.mapping import FileMapping
from ..rows.activity_cells import activities_of, activity_cells
from ..rows.told_parts import Cells
from .csv_output import WITH_MARK
from .fact_reasons import ROW
from .left_out import LeftOut
from .list_writing import AFTER_ALL, AnyMapping, mapping_given, nouns_in, target_of, write_list
from .written import Written

_ANOTHER_KIND = Text("activity_of_another_kind", "{fact}: {count:,} (of another kind)")


def write_activities(
    activities: Iterable[ActivityLine | Lead | Opportunity | Account | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
    kind: str = "",
) -> Written:
    """
    Write calls, meetings, tasks and the like to a file, as a system has them; see `write_leads`.

    Of a lead, a deal and an account all that happened is written, and each step that is planned.
    With a ``kind``, such as ``"call"``, it is a list of that kind alone: others are counted in
    ``left_out``. Systems that keep calls, meetings and tasks apart take such lists.

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
    kind = converters.kind(kind) if kind != "" else kind
    others: Counter[str] = Counter()
    lines = nouns_in(_each(activities), ActivityLine, "activities")
    lines = _of_kind(lines, kind, others) if kind else lines
    lines = list(lines) if mapping is None else lines
    told = _of_one_kind(mapping_given(mapping, "activity", lines), kind)
    cells = Cells.of(told, "activity", **goal.typed)
    written = write_list(
        lines,
        goal,
        cells,
        tell=partial(activity_cells, cells=cells),
        read=partial(read_activities, at=AFTER_ALL, mapping=attrs.evolve(told, header=())),
        name="Activities",
    )
    left = tuple(LeftOut(ROW, count, _ANOTHER_KIND) for count in others.values())
    return attrs.evolve(written, left_out=(*written.left_out, *left))


def _of_kind(
    lines: Iterable[ActivityLine], kind: str, others: Counter[str]
) -> Iterator[ActivityLine]:
    """Give the activities of a kind, and count the others."""
    for line in lines:
        if line.kind == kind:
            yield line
        else:
            others[ROW] += 1


def _of_one_kind(mapping: FileMapping, kind: str) -> FileMapping:
    """Let a list without a column for kinds be one of a kind."""
    noun = mapping.activity
    if not kind or "kind" in noun.headers:
        return mapping
    defaults = FrozenMap({**noun.defaults, "kind": kind})
    return attrs.evolve(mapping, activity=attrs.evolve(noun, defaults=defaults))


def _each(activities: Iterable[Any]) -> Iterator[Any]:
    """Give the activities of nouns one by one, and all else as it is."""
    for one in activities:
        if isinstance(one, (Lead, Opportunity, Account)):
            yield from activities_of(one)
        else:
            yield one
