"""Leads written to a list, as this library or another system has them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

import attrs

from ...leads.lead import Lead
from ...leads.told import has_day
from ..leads import read_leads
from ..rows.lead_cells import lead_cells
from ..rows.told_parts import Cells
from .csv_output import WITH_MARK
from .left_out import naming_stages
from .list_writing import AFTER_ALL, AnyMapping, mapping_given, nouns_in, target_of, write_list
from .untold_days import UntoldDays
from .written import Written


def write_leads(
    leads: Iterable[Lead | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
) -> Written:
    r"""
    Write leads to a file, as the system of the mapping has them; what it cannot hold is named.

    The name of the file tells its kind: ``.jsonl`` for JSON lines, ``.xlsx`` for Excel (the extra
    ``[excel]``), any other for CSV. The file appears when it is whole; what stood there stays until
    then. Raises `UnwritableFile` where it cannot be written, and `InvalidValue` where the mapping
    has no columns for leads and where the target is the file of the reading itself.

    A day of capture or of conversion that no list told is left blank.

    Args:
        leads: leads, or a reading of them.
        target: the file.
        mapping: how the list is written: a mapping that reads it, by name such as ``"suitecrm"``,
            by file or as it is; the columns of this library where it is left out.
        delimiter: what stands between the cells of a CSV file.
        encoding: that of a CSV file; letters that it lacks become question marks, and are named;
            one that lacks letters of the header is refused.
        sheet: the name of the sheet.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> lead = Lead.capture(person="Sara Ahmadi", id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_leads([lead], Path(folder, "leads.csv"), mapping="vtiger")
    >>> print(written)
    leads.csv: 1 row, and nothing was left out
    written otherwise:
      family name: 1 (only the whole name is known: it is divided at its last blank)
      given name: 1 (only the whole name is known: it is divided at its last blank)
    """
    goal = target_of(target, leads, mapping, delimiter=delimiter, encoding=encoding, sheet=sheet)
    nouns = nouns_in(leads, Lead, "leads", all_at_once=mapping is None)
    told = mapping_given(mapping, "lead", nouns)
    cells = Cells.of(told, "lead", **goal.typed)
    reader = partial(read_leads, at=AFTER_ALL, mapping=attrs.evolve(told, header=()))
    untold = UntoldDays(field="captured", place="captured")
    tell = untold.telling(
        partial(lead_cells, cells=cells), lambda lead: not has_day(lead.timeline[0])
    )
    written = write_list(nouns, goal, cells, tell=tell, read=reader, name="Leads")
    named = naming_stages(written.left_out, {}, cells.words.retold)
    return untold.named_in(attrs.evolve(written, left_out=named))
