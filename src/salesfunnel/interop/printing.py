"""Printing leads, a report, and the account of rows: for people, or as one JSON object."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..analytics.report import Report
from ..pipeline.stage import StageKind
from .row_account import RowAccount
from .spool import Spool

_MOST_REFUSALS = 20


def leads_as_text(leads: Spool, account: RowAccount, *, head: str) -> Iterator[str]:
    """Print ranked leads for people, and below them the account of rows."""
    yield head
    for place, lead in enumerate(leads, start=1):
        who = ", ".join(_isolated(lead[part]) for part in ("person", "company") if lead[part])
        score = f"{lead['floor']}" + (
            f" to {lead['ceiling']}" if lead["ceiling"] != lead["floor"] else ""
        )
        yield f"{place:>4}. {who or lead['id']} (row {lead['row']}, {lead['stage']})"
        yield f"      {lead['verdict']}, score {score}"
        if "recycle_on" in lead:
            yield f"      not now rather than no: recycle on {lead['recycle_on']}"
        if "converted" in lead:
            links = ", ".join(f"{link} {to}" for link, to in lead["converted"].items() if to)
            yield f"      converted: {links or 'without links'}"
        yield from (
            f"      {word}: {'; '.join(lead[word])}"
            for word in ("why", "ask", "notes")
            if lead[word]
        )
    yield from account_as_text(account)


def account_as_text(account: RowAccount) -> Iterator[str]:
    """Print how many rows were read, accepted and refused, and why the first of those were."""
    yield f"rows: {account.read:,} read, {account.accepted:,} accepted, {account.refused:,} refused"
    yield from (f"  note on {times:,} rows: {note}" for note, times in account.notes.most_common())
    for refusal in islice(account.refusals, _MOST_REFUSALS):
        place = f"row {refusal['row']}" + (f", {refusal['field']}" if refusal["field"] else "")
        yield f"  {place}: {refusal['problem']}"
    if account.refused > _MOST_REFUSALS:
        yield f"  and {account.refused - _MOST_REFUSALS:,} more; --json lists them all"


def as_json(facts: dict[str, Any], account: RowAccount, **lists: Iterable[Any]) -> Iterator[str]:
    """
    Print one JSON object piece by piece: facts, lists of any length, and the account of rows.

    >>> print("".join(as_json({"policy": "BANT"}, RowAccount(), leads=[])))
    {"policy": "BANT", "leads": [], "rows": {"read": 0, ...}, "refused": []}
    """
    yield "{" + "".join(f"{_json(name)}: {_json(fact)}, " for name, fact in facts.items())
    for name, items in lists.items():
        yield f"{_json(name)}: "
        yield from _array(items)
        yield ", "
    rows = {"read": account.read, "accepted": account.accepted, "refused": account.refused}
    yield f'"rows": {_json(rows)}, "refused": '
    yield from _array(account.refusals)
    yield "}"


def report_as_data(found: Report) -> dict[str, Any]:
    """
    Turn a report into plain data; amounts are texts, since they are exact.

    >>> from salesfunnel.analytics import report
    >>> report_as_data(report([]))["win_rate"] is None
    True
    """
    return {
        "opportunities": sum(stage.count for stage in found.stages),
        **{kind.value: found.count(kind) for kind in StageKind},
        "win_rate": found.win_rate,
        "won_value": {value.currency: str(value.amount) for value in found.won_value},
        "days_to_win": {
            "count": found.days_to_win.count,
            "mean": found.days_to_win.mean,
            "median": found.days_to_win.median,
        },
        "losses": {reason.value: count for reason, count in found.losses},
        "stages": [
            {
                "stage": stage.stage,
                "kind": stage.kind.value,
                "count": stage.count,
                "value": {value.currency: str(value.amount) for value in stage.value},
            }
            for stage in found.stages
        ],
    }


def _array(items: Iterable[Any]) -> Iterator[str]:
    separator = "["
    for item in items:
        yield separator + _json(item)
        separator = ",\n "
    yield "[]" if separator == "[" else "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _isolated(text: str) -> str:
    """Keep a name that runs from right to left from turning the rest of the line round."""
    turns = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"\u2068{text}\u2069" if turns else text
