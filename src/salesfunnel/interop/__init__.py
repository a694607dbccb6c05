"""The edges: lists from outside come in here, and every row of them is accounted for."""

from .encoding import Encoding, recognise
from .formula_guard import with_formula_guard, without_formula_guard
from .leads import read_leads
from .mapping import FileMapping, load_mapping, read_mapping
from .opportunities import read_opportunities
from .reading import Accepted, FileReading
from .records import Record, Records, Refused, read_records

__all__ = [
    "Accepted",
    "Encoding",
    "FileReading",
    "FileMapping",
    "Record",
    "Records",
    "Refused",
    "load_mapping",
    "read_leads",
    "read_mapping",
    "read_opportunities",
    "read_records",
    "recognise",
    "with_formula_guard",
    "without_formula_guard",
]
