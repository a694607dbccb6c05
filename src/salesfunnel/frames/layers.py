"""A frame that is worked on: each layer of columns is computed from the one below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .engine import Expr, narwhals
from .known_frame import KnownFrame


class Layers:
    """
    A frame and helping columns under names that it does not have; they go away at the end.

    >>> import polars
    >>> work = Layers(KnownFrame.of(polars.DataFrame({"a": [1]})))
    >>> work.add({"twice": narwhals().col("a") * 2})
    >>> work.add(lasting={"four": work["twice"] * 2})
    >>> work.result().columns
    ['a', 'four']
    """

    def __init__(self, frame: KnownFrame) -> None:
        """Begin with a frame."""
        self._is_eager = frame.rows.implementation.is_polars() and frame.is_eager
        self.implementation: Any = frame.rows.implementation
        # Polars does better with all layers at once.
        self._frame = frame.rows.lazy() if self._is_eager else frame.rows
        self._kept: list[str] = [frame.plain.get(name, name) for name in frame.types]
        self._marks = "_"
        while any(name.startswith(self._marks) for name in self._kept):
            self._marks += "_"

    def add(
        self,
        helping: Mapping[str, Expr] | None = None,
        *,
        lasting: Mapping[str, Expr] | None = None,
    ) -> None:
        """Add one layer of columns, which may stand on all before it."""
        named = {f"{self._marks}{name}": column for name, column in (helping or {}).items()}
        named |= lasting or {}
        self._kept += lasting or ()
        if named:
            self._frame = self._frame.with_columns(**named)

    def __getitem__(self, name: str) -> Expr:
        """Return a helping column."""
        return narwhals().col(f"{self._marks}{name}")

    def result(self) -> Any:  # noqa: ANN401 - of the engine
        """Return the frame with what lasts."""
        done = self._frame.select(*self._kept)
        return (done.collect() if self._is_eager else done).to_native()
