"""
Lists of others: read with every row accounted for, and written as another system reads them.

A name is loaded when it is first used, so that who reads a list does not load what writes one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accounts import read_accounts
    from .activity_lines import ActivityLine, read_activities
    from .calls.call_reading import read_calls
    from .calls.call_results import CallResults, CallRow
    from .calls.call_sheet import CallSheet, write_ranking
    from .cells.formats import FileFormat
    from .cells.formula_guard import with_formula_guard, without_formula_guard
    from .combining import Combined, combine
    from .comparing import ChangedNoun, ReadingComparison, compare_readings
    from .inputs.encoding import Encoding, recognise
    from .inputs.inputs import Readable, open_input, read_records
    from .leads import read_leads
    from .mapping.mapping import FileMapping, load_mapping, read_mapping
    from .mapping.mapping_draft import draft_mapping
    from .opportunities import read_opportunities
    from .people import AccountPerson, read_people
    from .policies import find_policy, policy_names
    from .rows.file_contradiction import FileContradiction
    from .rows.reading import FileReading
    from .rows.records import Input, Record, Records
    from .rows.row_fault import Refused, RowFault
    from .rows.row_outcomes import Accepted, Joined, Repeated
    from .stage_lines import StageLine, read_stage_history
    from .writing.left_out import LeftOut
    from .writing.refused_file import RefusedFile, write_refused
    from .writing.written import Missing, Written
    from .writing.written_accounts import write_accounts, write_people
    from .writing.written_activities import write_activities
    from .writing.written_deals import write_opportunities
    from .writing.written_leads import write_leads

_HOMES = {
    "accounts": ("read_accounts",),
    "activity_lines": ("ActivityLine", "read_activities"),
    "calls.call_reading": ("read_calls",),
    "calls.call_results": ("CallResults", "CallRow"),
    "calls.call_sheet": ("CallSheet", "write_ranking"),
    "cells.formats": ("FileFormat",),
    "cells.formula_guard": ("with_formula_guard", "without_formula_guard"),
    "combining": ("Combined", "combine"),
    "comparing": ("ChangedNoun", "ReadingComparison", "compare_readings"),
    "inputs.encoding": ("Encoding", "recognise"),
    "inputs.inputs": ("Readable", "open_input", "read_records"),
    "leads": ("read_leads",),
    "mapping.mapping": ("FileMapping", "load_mapping", "read_mapping"),
    "mapping.mapping_draft": ("draft_mapping",),
    "opportunities": ("read_opportunities",),
    "people": ("AccountPerson", "read_people"),
    "policies": ("find_policy", "policy_names"),
    "rows.file_contradiction": ("FileContradiction",),
    "rows.reading": ("FileReading",),
    "rows.records": ("Input", "Record", "Records"),
    "rows.row_fault": ("Refused", "RowFault"),
    "rows.row_outcomes": ("Accepted", "Joined", "Repeated"),
    "stage_lines": ("StageLine", "read_stage_history"),
    "writing.left_out": ("LeftOut",),
    "writing.refused_file": ("RefusedFile", "write_refused"),
    "writing.written": ("Missing", "Written"),
    "writing.written_accounts": ("write_accounts", "write_people"),
    "writing.written_activities": ("write_activities",),
    "writing.written_deals": ("write_opportunities",),
    "writing.written_leads": ("write_leads",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Accepted",
    "AccountPerson",
    "ActivityLine",
    "CallResults",
    "CallRow",
    "CallSheet",
    "ChangedNoun",
    "Combined",
    "Encoding",
    "FileContradiction",
    "FileFormat",
    "FileMapping",
    "FileReading",
    "Input",
    "Joined",
    "LeftOut",
    "Missing",
    "Readable",
    "ReadingComparison",
    "Record",
    "Records",
    "Refused",
    "RefusedFile",
    "Repeated",
    "RowFault",
    "StageLine",
    "Written",
    "combine",
    "compare_readings",
    "draft_mapping",
    "find_policy",
    "load_mapping",
    "open_input",
    "policy_names",
    "read_accounts",
    "read_activities",
    "read_calls",
    "read_leads",
    "read_mapping",
    "read_opportunities",
    "read_people",
    "read_records",
    "read_stage_history",
    "recognise",
    "with_formula_guard",
    "without_formula_guard",
    "write_accounts",
    "write_activities",
    "write_leads",
    "write_opportunities",
    "write_people",
    "write_ranking",
    "write_refused",
]

if not TYPE_CHECKING:  # or a name that is not there would be anything to type checkers

    def __getattr__(name: str) -> object:
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f".{_HOME_OF[name]}", __name__)
        return globals().setdefault(name, getattr(home, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
