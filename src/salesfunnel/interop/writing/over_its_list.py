"""Nothing is written over the list that is being read, or over the mapping by which it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ...errors import InvalidValue, Text
from ..inputs.input_file import InputFile
from ..rows.entities import Entities
from ..rows.reading import FileReading

_OVER_ITS_LIST = Text("over_its_list", "{field} is the list that is read", "another name")
_OVER_ITS_MAPPING = Text(
    "over_its_mapping", "{field} is the mapping by which the list is written", "another name"
)


def refuse_over_its_list(target: str | os.PathLike[str], source: object) -> None:
    """
    Refuse to write over the file of a reading; what is no reading, or has no file, has no such.

    >>> refuse_over_its_list("leads.csv", source=[])
    """
    given = source.reading if isinstance(source, Entities) else source
    reading: FileReading[Any] | None = given if isinstance(given, FileReading) else None
    read = None if reading is None else getattr(reading.records.input, "file", None)
    if isinstance(read, InputFile) and read.is_at(Path(target)):
        raise InvalidValue(Path(target).name, _OVER_ITS_LIST)


def refuse_over_its_mapping(
    target: str | os.PathLike[str], mapping: str | os.PathLike[str]
) -> None:
    """
    Refuse to write over the file of a mapping; a name is none.

    >>> refuse_over_its_mapping("leads.csv", "vtiger")
    """
    file = Path(mapping)
    if InputFile(file, file.name).is_at(Path(target)):
        raise InvalidValue(Path(target).name, _OVER_ITS_MAPPING)
