"""The compiled form of a pipeline: for each trigger and stage, the rows to try, in order."""

from __future__ import annotations

import attrs

from .guard import Guard


@attrs.frozen
class Row:
    """One way out of a stage by a trigger: where it leads, and the guards that must agree."""

    destination: str
    guards: tuple[Guard, ...]


Table = dict[str, dict[str, tuple[Row, ...]]]
