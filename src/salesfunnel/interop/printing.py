"""Printing ranked leads and the report on an import: for people, or as one JSON object."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..values.text import shown
from .rows.import_report import WORD, ImportReport
from .rows.sorted_store import SortedStore

_MOST_REFUSALS = 20
_MOST_REMEMBERED = 100
_MOST_WORDS = 10
_MOST_ROWS_NAMED = 5
_MOST_COLUMNS = 10
_LONGEST_COLUMN = 60


def leads_as_text(leads: SortedStore, *, top: int | None = None) -> Iterator[str]:
    """Print ranked leads for people: who, the verdict, why, and what to ask next, in full once."""
    asked: dict[tuple[str, ...], int] = {}
    for place, lead in enumerate(islice(leads, top), start=1):
        named = ", ".join(kept_in_line(lead[part]) for part in ("person", "company") if lead[part])
        who = named or kept_in_line(lead.get("contact") or lead["id"])
        score = f"{lead['floor']}"
        if lead["ceiling"] != lead["floor"]:
            score += f" to {lead['ceiling']}"
        yield f"{place:>4}. {who} (row {lead['row']}, {lead['stage']})"
        yield f"      {lead['verdict']}, score {score}"
        if "recycle_on" in lead:
            yield f"      not now rather than no: recycle on {lead['recycle_on']}"
        if "converted" in lead:
            links = ", ".join(f"{link} {to}" for link, to in lead["converted"].items() if to)
            yield f"      converted: {links or 'without links'}"
        questions = tuple(lead["ask"])
        same = asked.get(questions)
        ask = questions if same is None else (f"the same as {same}",)
        if len(questions) > 1 and len(asked) < _MOST_REMEMBERED:
            asked.setdefault(questions, place)
        for word, told in (("why", lead["why"]), ("ask", ask), ("notes", lead["notes"])):
            if told:
                yield f"      {word}: {'; '.join(told)}"


def report_as_text(
    report: ImportReport, unread_columns: Sequence[str], *, header_row: int = 1, of: str = ""
) -> Iterator[str]:
    """
    Print how many rows were read, and what became of them; of the refused ones say why.

    Of several files each is named by what it is ``of``.
    """
    repeated = f", {report.repeated:,} repeated" if report.repeated else ""
    rows = f"rows of {of}" if of else "rows"
    yield (
        f"{rows}: {report.read:,} read, {report.accepted:,} accepted{repeated}, "
        f"{report.refused:,} refused"
    )
    if header_row > 1:
        yield f"  the header is row {header_row:,}: what stands above it is left out"
    for said, times in _notes(report):
        yield f"  note on {times:,} {'row' if times == 1 else 'rows'}: {said}"
    yield from _refusals(report.refusals)
    yield from _known(report.known)
    yield from _rows_of_others(
        report.joined, "tells more of what row {of} is about", "each tells more of another row"
    )
    yield from _rows_of_others(report.repetitions, "repeats row {of}", "each repeats another row")
    if unread_columns:
        names = ", ".join(map(_on_the_line, unread_columns[:_MOST_COLUMNS]))
        more = len(unread_columns) - _MOST_COLUMNS
        yield f"columns not read: {names}" + (f" and {more:,} more" if more > 0 else "")


def _notes(report: ImportReport) -> Iterator[tuple[str, int]]:
    """Tell each note with the words that it names, and on how many rows it is."""
    for note, times in report.notes.most_common():
        yield note.replace(WORD, _words(report.words.get(note, Counter()), times)), times


def notes_as_data(report: ImportReport) -> list[dict[str, object]]:
    """
    Give the notes as plain data: each in a sentence, as people read it, and on how many rows it is.

    >>> with ImportReport() as nothing:
    ...     notes_as_data(nothing)
    []
    """
    return [{"note": said, "rows": times} for said, times in _notes(report)]


def _refusals(refusals: SortedStore) -> Iterator[str]:
    """Print why rows were refused; rows with the same fault are one line with their number."""
    rows: dict[tuple[str, str], list[int]] = {}
    times: Counter[tuple[str, str]] = Counter()
    words: dict[tuple[str, str], Counter[str]] = {}
    for refusal in refusals:
        problem, word = refusal["problem"], ""
        for fault in refusal["faults"]:
            if "word" in fault["params"]:
                word = fault["params"]["word"]
                problem = problem.replace(repr(word), WORD, 1)
                break
        said = (refusal["column"], problem)
        if said in rows or len(rows) < _MOST_REFUSALS:
            times[said] += 1
            if times[said] <= _MOST_ROWS_NAMED:
                rows.setdefault(said, []).append(refusal["row"])
            if word:
                words.setdefault(said, Counter())[repr(word)] += 1
    for (column, problem), first in rows.items():
        more = times[column, problem] - len(first)
        named = ", ".join(map(str, first)) + (f" and {more:,} more" if more else "")
        column_shown = shown(column)
        known = words.get((column, problem), Counter())
        told = problem.replace(WORD, _words(known, known.total()))
        told = told.replace(column_shown, kept_in_line(column_shown)) if column else told
        yield f"  {'row' if len(first) == 1 else 'rows'} {named}: {told}"
    if len(refusals) > times.total():
        yield f"  and {len(refusals) - times.total():,} more; --json lists them all"


def _words(words: Counter[str], times: int) -> str:
    """List the words that several rows have, each with how often, the commonest first."""
    if len(words) < 2:  # noqa: PLR2004 - one of several
        return "".join(words)
    common = words.most_common(_MOST_WORDS)
    more = times - sum(count for _, count in common)
    listed = ", ".join(f"{word} ({count:,})" for word, count in common)
    return f"{listed} and others ({more:,})" if more else listed


def _known(rows: SortedStore) -> Iterator[str]:
    """Print the first rows that were known before under other ids."""
    for found in islice(rows, _MOST_REFUSALS):
        links = (f"{kept_in_line(link['id'])} ({', '.join(link['by'])})" for link in found["as"])
        yield f"  row {found['row']}: is known already as {', '.join(links)}"
    if len(rows) > _MOST_REFUSALS:
        yield f"  and {len(rows) - _MOST_REFUSALS:,} more; --json lists them all"


def _rows_of_others(rows: SortedStore, one: str, several: str) -> Iterator[str]:
    """Print which rows are about the same as a row above, or as what is known: a line each kind."""
    first: dict[bool, list[Any]] = {True: [], False: []}
    times = Counter[bool]()
    for found in rows:
        is_known = found["of"] is None
        times[is_known] += 1
        if times[is_known] <= _MOST_ROWS_NAMED:
            first[is_known].append(found)
    for is_known, told in first.items():
        more = times[is_known] - len(told)
        named = [f"{r['row']}" if is_known else f"{r['row']} (of {r['of']})" for r in told]
        listed = ", ".join(named) + (f" and {more:,} more" if more else "")
        if len(told) == 1:
            said = "tells nothing that is not known" if is_known else one.format(of=told[0]["of"])
            yield f"  row {told[0]['row']}: {said}"
        elif told:
            yield f"  rows {listed}: {'tell nothing that is not known' if is_known else several}"


def as_json(
    facts: Mapping[str, Any],
    report: ImportReport,
    *,
    top: int | None = None,
    **lists: SortedStore,
) -> Iterator[str]:
    """
    Print one JSON object piece by piece: facts, lists of any length, and the report on the rows.

    Of each list come those at the ``top``, unless all are wanted.

    >>> with ImportReport() as report, SortedStore() as leads:
    ...     print("".join(as_json({"policy": "BANT"}, report, leads=leads)), end="")
    {"policy": "BANT",
    "leads": [],
    "rows": {"read": 0, "accepted": 0, "repeated": 0, "refused": 0},
    "notes": [],
    "known": [],
    "joined": [],
    "repeated": [],
    "refused": []}
    """
    yield "{"
    for name, fact in facts.items():
        yield f"{_json(name)}: {_json(fact)},\n"
    for name, store in lists.items():
        yield f"{_json(name)}: "
        yield from _array(islice(store.texts(), top))
        yield ",\n"
    counts = ("read", "accepted", "repeated", "refused")
    rows = {count: getattr(report, count) for count in counts}
    yield f'"rows": {_json(rows)},\n"notes": {_json(notes_as_data(report))}'
    stores = {
        "known": report.known,
        "joined": report.joined,
        "repeated": report.repetitions,
        "refused": report.refusals,
    }
    for name, store in stores.items():
        yield f",\n{_json(name)}: "
        yield from _array(store.texts())
    yield "}\n"


def _array(texts: Iterable[str]) -> Iterator[str]:
    before = "["
    for text in texts:
        yield before + text
        before = ",\n"
    yield "[]" if before == "[" else "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _on_the_line(column: str) -> str:
    return kept_in_line(shown(column, limit=_LONGEST_COLUMN))


def kept_in_line(text: str) -> str:
    """
    Keep a name that runs from right to left from turning the rest of the line round.

    >>> kept_in_line("Sara")
    'Sara'
    """
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"\u2068{text}\u2069" if turns else text
