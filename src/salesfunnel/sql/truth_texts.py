"""Three-valued truth as two conditions that are never null: surely a yes, and surely a no."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

_CHUNK = 32
YES, NO = "TRUE", "FALSE"


@attrs.frozen
class TruthText:
    """
    What a rule answers in a row: where it is a yes, and where a no. Elsewhere it is unknown.

    ``amiss`` is where a fact is known and of another kind, so that it has to be asked again; it is
    nothing where that cannot be. No database decides what a null means, since none is left.
    """

    yes: str = NO
    no: str = NO
    amiss: str = ""

    @property
    def unknown(self) -> str:
        """Where it is neither: it is never both, so where the two are equal."""
        return f"({self.yes} = {self.no})"


NOTHING_KNOWN = TruthText()


def said(known: str, test: str) -> TruthText:
    """
    Answer a test wherever the fact is known.

    >>> said("f0 IS NOT NULL", "f0 > 5").no
    '(f0 IS NOT NULL AND NOT f0 > 5)'
    """
    return TruthText(f"({known} AND {test})", f"({known} AND NOT {test})")


def turned(part: TruthText) -> TruthText:
    """Turn yes into no; unknown stays unknown."""
    return TruthText(part.no, part.yes, part.amiss)


def all_hold(parts: Sequence[TruthText]) -> TruthText:
    """Answer yes where all do, and no where one does."""
    yes = chained("AND", [part.yes for part in parts], YES)
    return _joined(yes, chained("OR", [part.no for part in parts], NO), parts)


def enough_hold(count: int, parts: Sequence[TruthText]) -> TruthText:
    """Answer yes where enough do, and no where no longer enough can."""
    if count == 1 and parts:
        return turned(all_hold([turned(part) for part in parts]))
    yes = f"({how_many([part.yes for part in parts])} >= {count})"
    no = f"({how_many([part.no for part in parts])} > {len(parts) - count})"
    return _joined(yes, no, parts)


def how_many(conditions: Sequence[str]) -> str:
    """
    Count the conditions that hold.

    >>> how_many(["a", "b"])
    '(CASE WHEN a THEN 1 ELSE 0 END + CASE WHEN b THEN 1 ELSE 0 END)'
    """
    return chained("+", [f"CASE WHEN {one} THEN 1 ELSE 0 END" for one in conditions], "0")


def chained(joint: str, parts: Sequence[str], nothing: str) -> str:
    """
    Join conditions or numbers; long chains as chains of chains, since none may be too deep.

    >>> chained("AND", ["a", "b"], "TRUE"), chained("AND", [], "TRUE")
    ('(a AND b)', 'TRUE')
    """
    if len(parts) <= 1:
        return parts[0] if parts else nothing
    if len(parts) > _CHUNK:
        groups = [parts[start : start + _CHUNK] for start in range(0, len(parts), _CHUNK)]
        return chained(joint, [chained(joint, group, nothing) for group in groups], nothing)
    return "(" + f" {joint} ".join(parts) + ")"


def _joined(yes: str, no: str, parts: Sequence[TruthText]) -> TruthText:
    some = [part.amiss for part in parts if part.amiss]
    amiss = f"({chained('OR', some, NO)} AND NOT {yes} AND NOT {no})" if some else ""
    return TruthText(yes, no, amiss)
