"""Nothing is written over the list that is being read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ...errors import InvalidValue, Text
from ..inputs.input_file import InputFile
from ..rows.reading import FileReading

_OVER_ITS_LIST = Text("over_its_list", "{field} is the list that is read", "another name")


def refuse_over_its_list(target: str | os.PathLike[str], source: object) -> None:
    """
    Refuse to write over the file of a reading; what is no reading, or has no file, has no such.

    >>> refuse_over_its_list("leads.csv", source=[])
    """
    reading: FileReading[Any] | None = source if isinstance(source, FileReading) else None
    read = None if reading is None else getattr(reading.records.input, "file", None)
    if isinstance(read, InputFile) and read.is_at(Path(target)):
        raise InvalidValue(Path(target).name, _OVER_ITS_LIST)
