"""The edges: lists from outside come in here, and every row of them is accounted for."""

from .encoding import Encoding, recognise
from .formula_guard import with_formula_guard, without_formula_guard
from .records import Record, Records, Refused, read_records

__all__ = [
    "Encoding",
    "Record",
    "Records",
    "Refused",
    "read_records",
    "recognise",
    "with_formula_guard",
    "without_formula_guard",
]
