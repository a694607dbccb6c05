"""The edges: lists from outside come in here, and every row of them is accounted for."""

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
from .writing.rest_file import RestFile, write_rest
from .writing.written import Missing, Written
from .writing.written_accounts import write_accounts, write_people
from .writing.written_activities import write_activities
from .writing.written_deals import write_opportunities
from .writing.written_leads import write_leads

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
    "Repeated",
    "RestFile",
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
    "write_rest",
]
