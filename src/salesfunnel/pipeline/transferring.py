"""Going on along another pipeline, or a new version of it, without losing the time in stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar

import attrs

from ..errors import InvalidHistory, MoveRefused, Objection, Refusal, Text, WrongKind
from ..history.event import Chronicled
from ..history.event_fields import by_field
from ..history.timeline import apply, standing_in_the_way
from ..values import converters
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.text import shown
from .codes import meant
from .moving import NOT_THERE, unknown_stage_entered
from .pipeline import Pipeline

_UNMAPPED = Text(
    "stage_not_mapped",
    "{pipeline} has no stage {stage}, where it stands or may come back to{meant}",
    "stages={{'{stage}': …}}, with one of: {stages}",
)
_NOT_A_STAGE = Text(
    "mapped_from_nowhere", "{stage} is not a stage of {pipeline}{meant}", "one of: {stages}"
)
_OTHER_KIND = Text(
    "stage_of_other_kind",
    "{stage} is {kind}, and {target} is {other}",
    "name a stage that is {kind}",
)
_ALREADY = Text("along_already", "it goes along {pipeline} already", "move it to another stage")
_SAME_VERSION = Text(
    "same_version",
    "another {pipeline} {version} is what it goes along",
    "another version for the new one",
)


def _pipeline(value: Pipeline) -> Pipeline:
    return converters.one(Pipeline, value, "pipeline")


def _stages(values: Mapping[str, str]) -> FrozenMap[str, str]:
    if not isinstance(values, Mapping):
        raise WrongKind.of("stages", values, wanted="new names of stages by old ones")
    return FrozenMap(
        {
            converters.visible_line(old, "stages"): converters.visible_line(new, "stages")
            for old, new in values.items()
        }
    )


def new_names(stages: Mapping[str, str] | None) -> FrozenMap[str, str]:
    """
    Let in the new names of stages by the old ones, or none.

    >>> new_names({"demo": "meeting"})["demo"]
    'meeting'
    """
    return _stages({} if stages is None else stages)


def _note(text: str) -> str:
    return converters.note(text)


_CHANGED = Text("told_pipeline_changed", "goes on along {pipeline.name} {pipeline.version}")


@attrs.frozen(kw_only=True)
class PipelineChanged:
    """
    It goes on along another pipeline; ``stages`` gives the new name of each stage that has one.

    >>> from datetime import UTC
    >>> from salesfunnel.pipeline import FIVE_STAGES
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> told = PipelineChanged(at=monday, pipeline=FIVE_STAGES, from_stage="meeting", stages={})
    >>> told.renamed("meeting")
    'meeting'
    """

    sentence: ClassVar[Text] = _CHANGED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    pipeline: Pipeline = attrs.field(converter=_pipeline)
    stages: FrozenMap[str, str] = attrs.field(converter=_stages, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    note: str = attrs.field(default="", converter=_note, repr=False, metadata={"personal": True})

    def renamed(self, stage: str) -> str:
        """
        Give the name that a stage has from now on.

        >>> from datetime import UTC
        >>> from salesfunnel.pipeline import FIVE_STAGES
        >>> monday, way = datetime(2026, 3, 2, tzinfo=UTC), {"demo": "meeting"}
        >>> told = PipelineChanged(at=monday, pipeline=FIVE_STAGES, from_stage="demo", stages=way)
        >>> told.renamed("demo")
        'meeting'
        """
        return self.stages.get(stage, stage)

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has a stage
        """Stand where it stood, under the new names; a chance that is the stage's follows."""
        if before.stage != self.from_stage:
            said = {"from_stage": shown(self.from_stage, limit=60)}
            raise InvalidHistory("timeline", NOT_THERE, said)
        changed: dict[str, Any] = {"pipeline": self.pipeline}
        for field in _standing(before):
            name = self.renamed(getattr(before, field))
            if self.pipeline.find_stage(name) is None:
                raise unknown_stage_entered(self.pipeline, name)
            changed[field] = name
        stage = self.pipeline.stage(changed["stage"])
        chance = getattr(before, "probability", None)
        if chance is not None and chance.origin == "stage" and stage.probability is not None:
            changed["probability"] = attrs.evolve(chance, value=stage.probability)
        return changed


class Transferable(Chronicled, Protocol):
    """What goes along a pipeline and can go along another."""

    @property
    def id(self) -> str:
        """Which one it is."""
        ...

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline that it goes along."""
        ...

    @property
    def stage(self) -> str:
        """Where it stands."""
        ...


TransferableT = TypeVar("TransferableT", bound=Transferable)


def transfer(
    noun: TransferableT,
    pipeline: Pipeline,
    *,
    stages: Mapping[str, str] | None = None,
    at: datetime,
    note: str = "",
    by: str = "",
) -> TransferableT:
    """
    Let a lead or a deal go on along another pipeline, or along a new version of its own.

    The time in its stage goes on, and earlier stays take the new names. Another pipeline asks what
    its stage asks for; a new version does not. Raises `MoveRefused` with all that is not mapped,
    where an open stage would become a closed one, or the other way round, and where the pipeline
    has the name and version of the old one but decides otherwise.

    Args:
        noun: the lead or the deal.
        pipeline: along which it goes on.
        stages: the new name of each stage by the old one; the same name needs no word.
        at: when.
        note: why.
        by: who changed it.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> from salesfunnel.pipeline import FIVE_STAGES
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
    >>> transfer(deal, FIVE_STAGES, at=monday).pipeline.name
    'five stages'
    """
    names, moment = new_names(stages), instant(at)
    if is_along(noun, _pipeline(pipeline), names):
        return noun
    if objections := against_transfer(noun, pipeline, names, at=moment):
        raise MoveRefused(Refusal("transfer", noun.stage, objections))
    event = PipelineChanged(
        at=at, by=by, pipeline=pipeline, stages=names, from_stage=noun.stage, note=note
    )
    return apply(noun, event, verb="transfer")


def is_along(noun: Transferable, pipeline: Pipeline, names: Mapping[str, str]) -> bool:
    """Tell whether it goes along that pipeline already, so that nothing would change."""
    stood_in = [getattr(noun, field) for field in _standing(noun)]
    return pipeline == noun.pipeline and all(names.get(old, old) == old for old in stood_in)


def against_transfer(
    noun: Transferable, pipeline: Pipeline, names: Mapping[str, str], *, at: datetime
) -> tuple[Objection, ...]:
    """
    List all that stands in the way of a transfer; nothing means that it can be made.

    >>> from datetime import UTC
    >>> from salesfunnel.opportunities import Opportunity
    >>> from salesfunnel.pipeline import HUBSPOT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> print(*against_transfer(Opportunity.open(id="7", at=monday), HUBSPOT, {}, at=monday))
    hubspot has no stage meeting, where it stands or may come back to
    """
    if objection := standing_in_the_way(noun, at=at):
        return (objection,)
    if pipeline == noun.pipeline:  # a new name for a stage of the same one would be a move
        return (_ALREADY.objection(pipeline=pipeline.name),)
    found = list(_against(noun, pipeline, names))
    target = names.get(noun.stage, noun.stage)
    if pipeline.name != noun.pipeline.name and pipeline.find_stage(target) is not None:
        found += pipeline.entry_objections(target, noun, at=at)
    return tuple(dict.fromkeys(found))


def _standing(noun: Any) -> Iterator[str]:  # noqa: ANN401 - all that has a stage
    """Name the fields that hold a stage: where it stands, and where it may come back to."""
    for field in ("stage", "last_open_stage", "nurtured_from"):
        if getattr(noun, field, ""):
            yield field


def _against(
    noun: Transferable, pipeline: Pipeline, names: Mapping[str, str]
) -> Iterator[Objection]:
    ours, theirs = _names_of(noun.pipeline), _names_of(pipeline)
    called, other_called = _called(noun.pipeline, pipeline), _called(pipeline, noun.pipeline)
    if is_confused(noun.pipeline, pipeline):
        yield _SAME_VERSION.objection(pipeline=pipeline.name, version=pipeline.version)
    for old, new in names.items():
        if old not in ours:
            yield _no_stage(old, called, ours)
        elif new not in theirs:
            yield _no_stage(new, other_called, theirs)
    for old in dict.fromkeys([*names, *(getattr(noun, field) for field in _standing(noun))]):
        new = names.get(old, old)
        before, after = noun.pipeline.find_stage(old), pipeline.find_stage(new)
        if before and after and before.kind is not after.kind:
            yield _other_kind(old, before.kind.value, new, after.kind.value)
        elif before and not after and old not in names:
            said = {"stage": old, "pipeline": other_called, "meant": meant(old, theirs)}
            yield _UNMAPPED.objection(**said, stages=", ".join(theirs))


def is_confused(known: Pipeline, other: Pipeline) -> bool:
    """
    Tell whether two pipelines have one name and version, and yet decide otherwise.

    >>> from salesfunnel.pipeline import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
    >>> is_confused(LEAD_PIPELINE, OPPORTUNITY_PIPELINE)
    False
    """
    is_called_so = (known.name, known.version) == (other.name, other.version)
    return is_called_so and known.fingerprint != other.fingerprint


def _names_of(pipeline: Pipeline) -> list[str]:
    return [stage.name for stage in pipeline.stages]


def _called(pipeline: Pipeline, other: Pipeline) -> str:
    """Name a pipeline, and its version where both have one name."""
    return f"{pipeline.name} {pipeline.version}" if pipeline.name == other.name else pipeline.name


def _no_stage(name: str, pipeline: str, known: list[str]) -> Objection:
    said = {"stage": name, "pipeline": pipeline, "meant": meant(name, known)}
    return _NOT_A_STAGE.objection(**said, stages=", ".join(known))


def _other_kind(stage: str, kind: str, target: str, other: str) -> Objection:
    return _OTHER_KIND.objection(stage=stage, kind=kind, target=target, other=other)
