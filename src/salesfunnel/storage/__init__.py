"""
Kept in your own database: the stored form of everything, and the same value again.

It is an edge: the nouns know nothing of it, and it needs no package of others.
"""

from .appending import NumberedEvent, news, unsaved
from .definitions import definitions
from .documents import from_data, from_json, to_data, to_json
from .rows import ROW_COLUMNS, Column, as_row
from .schema import json_schema
from .tables import EVENT_COLUMNS, PIPELINE_COLUMNS, TYPES, create_table

__all__ = [
    "Column",
    "EVENT_COLUMNS",
    "NumberedEvent",
    "PIPELINE_COLUMNS",
    "ROW_COLUMNS",
    "TYPES",
    "as_row",
    "create_table",
    "definitions",
    "from_data",
    "from_json",
    "json_schema",
    "news",
    "to_data",
    "to_json",
    "unsaved",
]
