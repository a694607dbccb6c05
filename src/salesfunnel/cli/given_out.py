"""What a command was given of a call sheet: its name, its language, and how many leads it holds."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from ..errors import InvalidValue, Text
from ..interop.calls.best_leads import BestLeads
from ..qualification.policy import Policy
from ..values.converters import choice

if TYPE_CHECKING:  # what writes a call sheet is loaded where one is asked for
    from ..interop.calls.call_sheet import CallSheet

_LONGEST_COUNT = 9
_WITHOUT_SHEET = Text(
    "language_without_sheet", "{field} is of a call sheet, and --out names none", "--out calls.xlsx"
)
_NOT_A_COUNT = Text("count_of_command", "{field} is not a number of leads", "such as 50")


def given_top(text: str | None) -> int | None:
    """
    Read how many leads a command was asked for.

    >>> given_top("50"), given_top(None)
    (50, None)
    """
    if text is None:
        return None
    if not (text.isdecimal() and len(text) <= _LONGEST_COUNT):
        raise InvalidValue("--top", _NOT_A_COUNT)
    return int(text)


def check_language(options: argparse.Namespace) -> None:
    """
    Refuse, before anything is read, a language that is not known, or without a call sheet.

    >>> check_language(argparse.Namespace(language="fr", out=None))
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: --language is of a call sheet, and --out names none; ...
    """
    if options.language:
        from ..pictures.language import Language  # noqa: PLC0415 - see above

        choice(Language, options.language, "--language")
        if not options.out:
            raise InvalidValue("--language", _WITHOUT_SHEET)


def write_best(
    best: BestLeads, options: argparse.Namespace, *, policy: Policy, at: datetime
) -> CallSheet:
    """Write the call sheet that a command was asked for."""
    from ..analytics.ranking import rank  # noqa: PLC0415 - see above
    from ..interop.calls.call_sheet import write_ranking  # noqa: PLC0415 - likewise

    ranked = rank(best.leads(), policy, at=at)
    sheet = write_ranking(ranked, options.out, language=options.language, zone=at.tzinfo or UTC)
    return attrs.evolve(sheet, closed=best.closed, below=best.below)


def call_sheet_as_data(sheet: CallSheet) -> dict[str, object]:
    """
    Give what was written as plain data.

    >>> from salesfunnel.interop import CallSheet
    >>> call_sheet_as_data(CallSheet(2, ("Calls",), below=3))["below"]
    3
    """
    return {
        "leads": sheet.leads,
        "sheets": list(sheet.sheets),
        "closed": sheet.closed,
        "below": sheet.below,
    }
