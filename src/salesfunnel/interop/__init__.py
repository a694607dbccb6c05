"""The edges: lists from outside come in here, and every row of them is accounted for."""

from .encoding import Encoding, recognise
from .formats import FileFormat
from .formula_guard import with_formula_guard, without_formula_guard
from .inputs import Readable, open_input, read_records
from .leads import read_leads
from .mapping import FileMapping, load_mapping, read_mapping
from .opportunities import read_opportunities
from .policies import find_policy, policy_names
from .reading import FileReading
from .records import Input, Record, Records
from .row_fault import Refused, RowFault
from .row_outcomes import Accepted, Joined, Repeated

__all__ = [
    "Accepted",
    "Encoding",
    "FileFormat",
    "FileMapping",
    "FileReading",
    "Input",
    "Joined",
    "Readable",
    "Record",
    "Records",
    "Refused",
    "Repeated",
    "RowFault",
    "find_policy",
    "load_mapping",
    "open_input",
    "policy_names",
    "read_leads",
    "read_mapping",
    "read_opportunities",
    "read_records",
    "recognise",
    "with_formula_guard",
    "without_formula_guard",
]
