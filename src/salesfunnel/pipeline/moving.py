"""Taking a permitted way: the event, what it changes, and how a host's object is moved."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import attrs

from ..errors import InvalidDefinition, InvalidHistory, InvalidValue, Text, WrongKind
from ..history.event_fields import by_field, note_field
from ..values import converters
from ..values.instants import instant
from ..values.text import shown
from .codes import meant
from .stage import Stage

NOT_THERE = Text("left_elsewhere", "leaves {from_stage}, which was not the stage at the time")
_NO_STAGE = Text(
    "enters_unknown", "enters {to_stage}, which {pipeline} does not have; it has {stages}"
)
_BEGINS_NOWHERE = Text(
    "begins_in_unknown",
    "begins in {to_stage}, which {pipeline} does not have{meant}",
    "it has {stages}",
)
_NO_MEMBER = Text(
    "no_member",
    "{field} {stage} is not a member of {kind}",
    "an enumeration with a member for every stage, or texts",
)
_NO_ATTRIBUTE = Text(
    "no_attribute", "{field} has no attribute {attribute}", "attribute=… with one that it has"
)


_SHOWN = 60  # characters of an unknown stage in a message


class Staged(Protocol):
    """Stages that are found by their names, such as those of a pipeline."""

    def stage(self, name: str, /) -> Stage:
        """Return the stage of that name."""
        ...

    def rests_in(self, stage: str, /) -> bool:
        """Tell whether a stage is one of rest, and so never the last open one."""
        ...


MOVED = Text("told_moved", "moved from {from_stage} to {to_stage}")
_TAKEN = Text("told_taken", "did {trigger} in {from_stage}")


@attrs.frozen(kw_only=True)
class MoveTaken:
    """
    A move was taken: when, by whom, which one, and from which stage to which.

    ``to_stage`` is blank where the move stays; then no stage is entered.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> MoveTaken(at=monday, trigger="remind", from_stage="proposal").to_stage
    ''
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(
        default="", converter=converters.to_stage, metadata={"personal": False}
    )
    reason: str = attrs.field(
        default="", converter=converters.reason_code, repr=False, metadata={"personal": False}
    )
    note: str = note_field()

    @property
    def sentence(self) -> Text:
        """How it is told: from where to where, or that it stayed."""
        return MOVED if self.to_stage else _TAKEN

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has a stage
        """Enter the new stage, if there is one. Nothing moves from where it was not."""
        if self.to_stage:
            way = {"from_stage": self.from_stage, "to_stage": self.to_stage}
            return entering(before, **way, at=self.at)
        if before.stage != self.from_stage:
            raise InvalidHistory(
                "timeline", NOT_THERE, {"from_stage": shown(self.from_stage, limit=_SHOWN)}
            )
        return {}


def beginning(pipeline: Staged, stage: str, *, at: datetime) -> dict[str, Any]:
    """
    Return the fields of an entity that begins in a stage. A closed stage is no last open one.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> beginning(LEAD_PIPELINE, "converted", at=monday)["last_open_stage"]
    ''
    """
    is_open = pipeline.stage(stage).is_open
    return {
        "pipeline": pipeline,
        "stage": stage,
        "last_open_stage": "" if pipeline.rests_in(stage) or not is_open else stage,
        "stage_since": at,
    }


def must_begin_in(pipeline: Any, stage: str) -> None:  # noqa: ANN401 - see `Staged`
    """
    Refuse a beginning in a stage that the pipeline does not have.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> must_begin_in(LEAD_PIPELINE, "nwe")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: pipeline lead: begins in nwe, which lead 1 does not ...
    """
    if pipeline.find_stage(stage) is None:
        names = [stage.name for stage in pipeline.stages]
        problem = _BEGINS_NOWHERE.problem(
            to_stage=shown(stage, limit=_SHOWN) or "no stage",
            pipeline=f"{pipeline.name} {pipeline.version}",
            meant=meant(stage, names),
            stages=", ".join(names),
        )
        raise InvalidDefinition(f"pipeline {pipeline.name}", (problem,))


def unknown_stage_entered(pipeline: Any, stage: str) -> InvalidHistory:  # noqa: ANN401 - see `Staged`
    """
    Make the error of an event that enters a stage that its pipeline does not have.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE
    >>> print(unknown_stage_entered(LEAD_PIPELINE, "hall"))
    timeline enters hall, which lead 1 does not have; it has new, contacted, nurturing, ...
    """
    said = {
        "to_stage": shown(stage, limit=_SHOWN),
        "pipeline": f"{pipeline.name} {pipeline.version}",
        "stages": ", ".join(stage.name for stage in pipeline.stages),
    }
    return InvalidHistory("timeline", _NO_STAGE, said)


def entering(before: Any, *, from_stage: str, to_stage: str, at: datetime) -> dict[str, Any]:  # noqa: ANN401 - all that has a stage
    """
    Return the fields that change when an entity goes from one stage to another.

    A move into the same stage does not begin it anew; any move ends a rest. Raises
    `InvalidHistory` when it was not there, or when its pipeline has no such stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> sorted(entering(lead, from_stage="new", to_stage="disqualified", at=monday))
    ['stage', 'stage_since']
    """
    if before.stage != from_stage:
        raise InvalidHistory("timeline", NOT_THERE, {"from_stage": shown(from_stage, limit=_SHOWN)})
    stage = before.pipeline.find_stage(to_stage)
    if stage is None:
        raise unknown_stage_entered(before.pipeline, to_stage)
    entered: dict[str, Any] = {"stage": to_stage}
    if stage.is_open and not before.pipeline.rests_in(to_stage):
        entered["last_open_stage"] = to_stage
    if to_stage != from_stage:
        entered["stage_since"] = at
    rest = getattr(before, "rest", None)
    if rest is not None:
        entered["rest"] = rest.ended(at=at) if to_stage == from_stage else type(rest)()
    return entered


def enter(driven: object, stage: str, last_open_stage: str, *, attribute: str = "stage") -> None:
    """Set the new stage on a mutable object, and where it was last open, or nothing at all."""
    changes = {attribute: _like(getattr(driven, attribute), stage)}
    if last_open_stage and remembers(driven):
        changes["last_open_stage"] = last_open_stage
    before = {name: getattr(driven, name) for name in changes}
    try:
        for name, value in changes.items():
            setattr(driven, name, value)
    except Exception as error:
        for name, value in before.items():
            with suppress(Exception):
                setattr(driven, name, value)
        if isinstance(error, AttributeError):  # frozen, or without a setter
            wanted = f"an object whose {' and '.join(changes)} can be set"
            raise WrongKind.of("driven", driven, wanted=wanted) from error
        raise


def stage_of(driven: object, attribute: str) -> Any:  # noqa: ANN401 - a text or a member
    """Read the stage of a host's object."""
    if not hasattr(driven, attribute):
        raise InvalidValue("driven", _NO_ATTRIBUTE, {"attribute": attribute})
    return getattr(driven, attribute)


def _like(before: object, name: str) -> str:
    """Write the name of a stage as the object writes it: as a text, or as its own enum member."""
    kind: Any = type(before)
    if before is None or kind is str:
        return name
    try:
        written: str = kind(name)
    except (ValueError, TypeError):
        raise InvalidValue("stage", _NO_MEMBER, {"stage": name, "kind": kind.__name__}) from None
    return written


def remembers(driven: object) -> bool:
    """Tell whether a last open stage can be set on an object, which may also work it out itself."""
    kept = getattr(type(driven), "last_open_stage", None)
    is_worked_out = isinstance(kept, property) and kept.fset is None
    return hasattr(driven, "last_open_stage") and not is_worked_out
