"""The cells of one row of a call sheet that came back, by the names of their columns."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class FilledRow:
    """A row of a call sheet: what stands in its columns, by their names."""

    sheet: str
    row: int
    cells: Mapping[str, str] = attrs.field(repr=False)
    answers: Mapping[str, str] = attrs.field(repr=False)
    names: Mapping[str, str] = attrs.field(repr=False)
    """The headers as they are written, by column and answer."""
