"""What a contribution on its way into a noun carries along, as its parts see it."""

from __future__ import annotations

from typing import Any, Protocol

from .change import Change
from .field_merge import FieldMerge
from .members import Members


class Merging(Protocol):
    """What putting in members and summaries wants of a merge."""

    people: Members[Any]
    firm: Members[Any]
    puts: bool
    changes: list[Change]

    def way(self, place: str, /) -> FieldMerge | None:
        """Say how a place is put in, where that was said."""
        ...

    def put_value(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - of any kind
        """Put in a single value."""
        ...

    def put_parts(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - the like
        """Put in the parts of what is the same record."""
        ...

    def leave_out(self, place: str, offered: object) -> None:
        """Note a value that is put in nowhere."""
        ...
