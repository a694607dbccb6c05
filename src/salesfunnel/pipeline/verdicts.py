"""The verdicts on a move: a permit, a way out of a stage, and what is made of a refusal."""

from __future__ import annotations

from typing import Literal, TypedDict

import attrs

from ..errors import MoveRefused, Refusal
from .stage import Stage


class TakenWay(TypedDict):
    """The part of an event that says which way was taken."""

    trigger: str
    from_stage: str
    to_stage: str


@attrs.frozen
class Permit:
    """
    A *yes*: the trigger, the stage it leads from, and the stage it leads to. It is truthy.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday).destination.name
    'proposal'
    """

    trigger: str
    source: Stage
    destination: Stage
    enters: bool = attrs.field(default=True, kw_only=True)
    _rests: frozenset[str] = attrs.field(
        default=frozenset(), alias="rests", kw_only=True, repr=False, eq=False
    )

    @property
    def way(self) -> TakenWay:
        """Trigger, stage before and stage after, as an event keeps them; no stage if it stays."""
        to_stage = self.destination.name if self.enters else ""
        return {"trigger": self.trigger, "from_stage": self.source.name, "to_stage": to_stage}

    @property
    def last_open_stage(self) -> str:
        """The stage that a later move back leads to; empty if it stays the one it was."""
        ends = (self.destination, self.source)
        return next((s.name for s in ends if s.is_open and s.name not in self._rests), "")

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for a front end.

        >>> Permit("propose", Stage("meeting"), Stage("proposal")).as_data()["to"]
        'proposal'
        """
        return {
            "allowed": True,
            "trigger": self.trigger,
            "stage": self.source.name,
            "to": self.destination.name,
        }

    def __str__(self) -> str:
        """
        Say what is permitted.

        >>> print(Permit("propose", Stage("meeting"), Stage("proposal", label="Proposal")))
        can propose → Proposal
        """
        return f"can {self.trigger} → {self.destination.title}"

    def __bool__(self) -> Literal[True]:
        """Is always true: a permit is a yes."""
        return True


@attrs.frozen
class Way:
    """
    A move out of a stage: where it leads, whether it is open, and what must be given with it.

    It is truthy if it is open once its ``needs`` are given.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> ways = OPPORTUNITY_PIPELINE.ways("meeting", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> [(way.trigger, way.destination.name, way.needs, bool(way)) for way in ways]
    [('propose', 'proposal', (), True), ('lose', 'lost', ('reason',), True)]
    """

    trigger: str
    destination: Stage
    verdict: Permit | Refusal
    needs: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for the columns of a board.

        >>> meeting, proposal = Stage("meeting"), Stage("proposal")
        >>> way = Way("propose", proposal, Permit("propose", meeting, proposal))
        >>> way.as_data()["needs"]
        []
        """
        return {
            **self.verdict.as_data(),
            "to": self.destination.name,
            "label": self.destination.title,
            "needs": list(self.needs),
            "reasons": dict(self.destination.reasons),
            "note_for": list(self.destination.note_for),
        }

    def __str__(self) -> str:
        """
        Say where it leads and what has to be given, or all that stands in its way.

        >>> lost = Stage("lost", kind="lost", label="Lost")
        >>> print(Way("lose", lost, Permit("lose", Stage("meeting"), lost), ("reason",)))
        lose → Lost, with a reason
        """
        said = f"{self.trigger} → {self.destination.title}"
        if isinstance(self.verdict, Refusal):
            return f"{said}: {self.verdict}"
        needs = " and ".join(f"{'an' if n[0] in 'aeiou' else 'a'} {n}" for n in self.needs)
        return f"{said}, with {needs}" if needs else said

    def __bool__(self) -> bool:
        """Tell whether the way is open."""
        return isinstance(self.verdict, Permit)


def granted(verdict: Permit | Refusal) -> Permit:
    """
    Return the permit, or raise `MoveRefused` with all the reasons.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> granted(OPPORTUNITY_PIPELINE.decide("meeting", "propose", {}, at=monday)).trigger
    'propose'
    """
    if isinstance(verdict, Refusal):
        raise MoveRefused(verdict)
    return verdict
