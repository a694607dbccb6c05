"""The pipelines in a database of SQLite: each is kept once, and found by its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import InvalidDefinition
from ..pipeline.guard import Guard
from ..pipeline.notation import pipeline_from_json, pipeline_to_json
from ..pipeline.pipeline import Pipeline
from .sqlite_file import SqliteFile


class SqlitePipelines:
    """
    The table of pipelines, and those beside it whose guards are functions, which are no data.

    >>> from salesfunnel.pipeline import FIVE_STAGES
    >>> from salesfunnel.storage import create_table
    >>> file = SqliteFile.opened(":memory:")
    >>> _ = [file.ask(statement) for statement in create_table("pipeline")]
    >>> SqlitePipelines(file, (), ()).keep(FIVE_STAGES)
    >>> SqlitePipelines(file, (), ()).find(FIVE_STAGES.fingerprint) == FIVE_STAGES
    True
    >>> file.let_go()
    """

    def __init__(
        self, file: SqliteFile, given: Iterable[Pipeline], guards: Iterable[Guard]
    ) -> None:
        """Know those that were given, and the functions that stored ones name."""
        self._file, self._guards = file, tuple(guards)
        self._known = {pipeline.fingerprint: pipeline for pipeline in given}

    def keep(self, pipeline: Pipeline) -> None:
        """Store a pipeline, unless it is there."""
        try:
            data = pipeline_to_json(pipeline)
        except InvalidDefinition:  # its guards are functions, so it is given each time
            return
        row = (pipeline.fingerprint, pipeline.name, pipeline.version, data)
        self._file.ask("INSERT OR IGNORE INTO pipeline VALUES (?, ?, ?, ?)", row)

    def find(self, fingerprint: str) -> Pipeline | None:
        """Find a pipeline by its fingerprint."""
        if fingerprint not in self._known:
            query = "SELECT CAST(data AS BLOB) FROM pipeline WHERE fingerprint = ?"
            for (text,) in self._file.ask(query, (fingerprint,)):
                self._known[fingerprint] = pipeline_from_json(text, guards=self._guards)
        return self._known.get(fingerprint)
