"""A query that is built in steps: each is computed from the columns of the one before."""

from __future__ import annotations

import attrs

from .dialect import Dialect


@attrs.define
class QuerySteps:
    """
    The steps of a query, each a named table that keeps all columns and adds some.

    ``other`` is the name of the table of which it reads.

    >>> from .dialects import DIALECTS
    >>> steps = QuerySteps(DIALECTS["duckdb"], "SELECT 1 AS one")
    >>> steps.add({"two": "one + one"})
    >>> print(steps.query("SELECT two FROM step_1"))
    WITH step_0 AS (SELECT 1 AS one),
    step_1 AS (SELECT *, one + one AS two FROM step_0)
    SELECT two FROM step_1
    """

    sql: Dialect
    first: str
    other: str = ""
    _parts: list[str] = attrs.field(factory=list, init=False)
    _beside: list[str] = attrs.field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the first step."""
        self.then(self.first)

    @property
    def last(self) -> str:
        """The name of the step that was added last."""
        return f"{self._prefix}_{len(self._parts) - 1}"

    @property
    def _prefix(self) -> str:
        """What the name of no other table contains: a step would hide it."""
        prefix = "step"
        while prefix in self.other.lower():
            prefix += "_"
        return prefix

    def add(self, columns: dict[str, str]) -> None:
        """Add a step with more columns, each under a name of our own."""
        if columns:
            said = ", ".join(f"{what} AS {name}" for name, what in columns.items())
            self.then(f"SELECT *, {said} FROM {self.last}")

    def then(self, select: str) -> None:
        """Add a step of any kind, which keeps what it selects."""
        name = f"{self._prefix}_{len(self._parts)}"
        self._parts.append(f"{name} AS {self.sql.fence}({select}{self.sql.halt})")

    def named(self, name: str) -> str:
        """Give the name of a table beside the steps."""
        return f"{self._prefix}_{name}"

    def also(self, name: str, columns: str, select: str) -> None:
        """Add a table beside the steps, with values of its own."""
        self._beside.append(f"{self.named(name)} ({columns}) AS ({select})")

    def query(self, select: str) -> str:
        """Give the whole query, with what it selects in the end."""
        return "WITH " + ",\n".join([*self._parts, *self._beside]) + "\n" + select
