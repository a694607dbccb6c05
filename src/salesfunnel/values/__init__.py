"""
The plain things that sales people talk about: money, people, companies, and how to reach them.

All are frozen values. Two that say the same are equal, and their keys say when two mean the same.
"""

from __future__ import annotations

from .answer import Answer, AnswerValue
from .bucket import Bucket
from .calendar import Calendar, CalendarKind, Every, Period
from .change import Change, ChangeKind
from .company import Company
from .contact_points import ContactKind, ContactPoint
from .contribution import Contribution
from .currencies import currency_code, minor_units
from .field_merge import FieldMerge
from .frozen_map import FrozenMap
from .ids import derived_id
from .instants import day, instant
from .lines import Line, total
from .money import Money
from .numbers import exact_decimal, read_number
from .person import Person
from .rates import Rates
from .source import Source
from .text import fold, is_plain, is_visible, note_text, plain_text
from .working_hours import WorkingHours
from .yes_no import read_yes_no

__all__ = [
    "Answer",
    "AnswerValue",
    "Bucket",
    "Calendar",
    "CalendarKind",
    "Change",
    "ChangeKind",
    "Company",
    "ContactKind",
    "ContactPoint",
    "Contribution",
    "Every",
    "FieldMerge",
    "FrozenMap",
    "Line",
    "Money",
    "Period",
    "Person",
    "Rates",
    "Source",
    "WorkingHours",
    "currency_code",
    "day",
    "derived_id",
    "exact_decimal",
    "fold",
    "instant",
    "is_plain",
    "is_visible",
    "minor_units",
    "note_text",
    "plain_text",
    "read_number",
    "read_yes_no",
    "total",
]
