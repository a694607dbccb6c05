"""The tables of a call sheet: a row for each lead, and in a workbook a sheet for each owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from ...analytics.ranking import Ranked
from ...leads.lead import Lead
from ..writing.excel_cells import cut_text
from ..writing.excel_sheet import SheetLook
from ..writing.sheet_names import sheet_name
from ..writing.tables import Cell, Table
from .call_cells import answer_cell
from .call_contacts import shown_of
from .call_headers import KEPT, TO_FILL, TOLD
from .call_questions import header_of
from .call_reasons import next_step_of, why_of
from .call_translations import question_in
from .call_versions import written_when
from .call_words import CallWords

_MOST_SHEETS = 99  # a reader goes through no more


def call_tables(
    chosen: Sequence[Ranked[Lead]],
    slots: Mapping[str, str],
    words: CallWords,
    *,
    by_owner: bool,
    zone: tzinfo,
) -> list[Table]:
    """Make a table of the rows of each owner, the one with the best lead first."""
    owners = list(dict.fromkeys(one.lead.owner for one in chosen)) if by_owner else []
    named = owners if len(owners) > 1 else []
    own = named[:_MOST_SHEETS] if len(named) <= _MOST_SHEETS else named[: _MOST_SHEETS - 1]
    rows: dict[str | None, list[Sequence[Cell]]] = {owner: [] for owner in own}
    if len(own) < len(named) or not own:
        rows[None] = []
    for one in chosen:
        rows[one.lead.owner if one.lead.owner in rows else None].append(
            _row(one, slots, words, zone)
        )
    header = (
        *(words.headers[column] for column in TOLD),
        *(header_of(slot, text) for slot, text in slots.items()),
        *(words.headers[column] for column in (*TO_FILL, *KEPT)),
    )
    tables: list[Table] = []
    for owner, lines in rows.items():
        rest = words.others if own else words.calls
        wanted = rest if owner is None else owner or words.no_owner
        name = sheet_name(wanted, [table.name for table in tables])
        tables.append(Table(header, lines, name, words.from_right))
    return tables


def _row(
    one: Ranked[Lead], slots: Mapping[str, str], words: CallWords, zone: tzinfo
) -> Sequence[Cell]:
    lead, assessment = one.lead, one.assessment
    shown = shown_of(lead, words)
    first = next(iter(assessment.next_questions), None)
    why, step = why_of(assessment, words), next_step_of(lead, assessment, words, zone=zone)
    ask = cut_text(question_in(words.language, first.text)) if first else None
    return (
        one.place,
        *(shown[column] for column in ("person", "company", "phone", "email")),
        why,
        shown["remark"],
        step,
        ask,
        *(answer_cell(lead.answers.get(slot), words, at=assessment.at) for slot in slots),
        *(None for _ in TO_FILL),
        shown["owner"],
        shown["lead"],
        written_when(lead.version, assessment.at, (one.place, why, step, ask)),
    )


def look_of(slots: Mapping[str, str], words: CallWords) -> SheetLook:
    """Say which cells are to be filled in, from which words, and that the version is hidden."""
    first = len(TOLD)
    behind = first + len(slots)
    places = {column: behind + place for place, column in enumerate((*TO_FILL, *KEPT))}
    yes_no = words.yes, words.no
    choices = dict.fromkeys(range(first, behind), (*yes_no, "?"))
    return SheetLook(
        to_fill=frozenset(range(first, behind + len(TO_FILL))),
        choices={**choices, places["reached"]: yes_no},
        wide=frozenset([TOLD.index("remark"), places["note"]]),
        hidden=frozenset([places["version"]]),
    )
