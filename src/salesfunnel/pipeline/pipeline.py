"""
The pipeline: stages, and the moves between them, as one frozen value that gives every verdict.

It is agnostic of the entity: a lead, an opportunity and a host's own database row are judged by the
same definition, and what `decide` says is what a move does.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import InvalidDefinition, Objection, Problem, Refusal, Text
from ..rules.fingerprint import fingerprint
from ..rules.possible_facts import impossible_paths
from ..rules.rule import Rule
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from . import moving
from .checks import find_problems, made_by
from .codes import Codes, is_name
from .judging import Asked, verdict_on, ways_out
from .labels import labels_of
from .move import Move, stages_of_rest
from .moving import MoveTaken
from .pipeline_lists import kind_codes, reason_lists, role_codes
from .refusals import no_way, too_early, unknown_stage
from .short_guards import with_labels
from .stage import Stage
from .table import Table, TableRow, compile_table
from .verdicts import Permit, Way, granted
from .what_decides import pipeline_decides

_NO_NAME = Text(
    "pipeline_without_name", "a pipeline needs a name and a version", "one line of visible text"
)

_NOTHING: Mapping[str, tuple[TableRow, ...]] = MappingProxyType({})


def _stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    return made_by(Stage, stages, "stages")


def _moves(moves: Iterable[Move]) -> tuple[Move, ...]:
    return made_by(Move, moves, "moves")


@attrs.frozen
class Pipeline:
    """
    Stages and moves under a name. The first stage is where everything begins.

    The reasons for a stage stand on the stage; ``reasons`` are those to ``decline`` an offer and to
    ``hold`` a deal, which lead into no stage. Each of these lists, the ``roles`` of people and the
    ``activity_kinds`` are labels by their codes; where a list is empty, any code will do.
    Raises `InvalidDefinition` with every problem when the definition contradicts itself.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.pipeline import Move, Stage
    >>> tiny = Pipeline(
    ...     "tiny",
    ...     stages=[Stage("open"), Stage("won", kind="won"), Stage("lost", kind="lost")],
    ...     moves=[Move("win", "open", "won"), Move("lose", "open", "lost")],
    ... )
    >>> [way.trigger for way in tiny.ways("open", {}, at=datetime(2026, 3, 2, tzinfo=UTC))]
    ['win', 'lose']
    """

    name: str
    stages: tuple[Stage, ...] = attrs.field(converter=_stages, repr=False, kw_only=True)
    moves: tuple[Move, ...] = attrs.field(converter=_moves, repr=False, kw_only=True)
    version: str = attrs.field(default="1", kw_only=True)
    reasons: FrozenMap[str, Codes] = attrs.field(
        default=FrozenMap[str, Codes](), converter=reason_lists, repr=False, kw_only=True
    )
    roles: Codes = attrs.field(default=Codes(), converter=role_codes, repr=False, kw_only=True)
    activity_kinds: Codes = attrs.field(
        default=Codes(), converter=kind_codes, repr=False, kw_only=True
    )
    _by_name: Mapping[str, Stage] = attrs.field(init=False, repr=False, eq=False)
    _table: Table = attrs.field(init=False, repr=False, eq=False)
    _rests: frozenset[str] = attrs.field(init=False, repr=False, eq=False)
    _engine: Any = attrs.field(init=False, repr=False, eq=False, default=None)
    _fingerprint: str = attrs.field(init=False, repr=False, eq=False, default="")

    def __attrs_post_init__(self) -> None:
        """Refuse a definition that contradicts itself, and compile its table."""
        if not is_name(self.name) or not is_name(self.version):
            raise InvalidDefinition("pipeline", (_NO_NAME.problem(),))
        if errors := tuple(problem for problem in self.problems() if problem.is_error):
            raise InvalidDefinition(f"pipeline {self.name}", errors)
        keep = object.__setattr__
        keep(self, "_by_name", {stage.name: stage for stage in self.stages})
        keep(self, "_table", compile_table(self.stages, self.moves, self.roles))
        keep(self, "_rests", stages_of_rest(self.stages, self.moves))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as a definition."""
        parts = [(f.name, getattr(self, f.name)) for f in attrs.fields(type(self)) if f.init]
        return _arrived, (type(self), tuple(parts))

    @property
    def initial(self) -> Stage:
        """The stage where everything begins."""
        return self.stages[0]

    def rests_in(self, stage: str) -> bool:
        """
        Tell whether an open stage is one of rest: a move leads from there back to where it was.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.rests_in("proposal")
        False
        """
        return stage in self._rests

    @property
    def triggers(self) -> tuple[str, ...]:
        """All triggers, in the order of their definition."""
        return tuple(dict.fromkeys(move.trigger for move in self.moves))

    @property
    def labels(self) -> FrozenMap[str, Codes]:
        """
        What people call the codes in events: stages, reasons, roles and kinds, by the field.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.labels["reason"]["price"]
        'Price too high'
        """
        return labels_of(self.stages, self.reasons, self.roles, self.activity_kinds)

    @property
    def fingerprint(self) -> str:
        """
        A name of what decides: equal for pipelines that judge alike, another after every change.

        Stages, kinds, order, probabilities, limits, guards, needs and codes decide; labels,
        messages and the version do not, so that a translation changes nothing. A function counts
        by its name.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.fingerprint
        '6fb8c069c8b50249'
        """
        if not self._fingerprint:
            lists = {"roles": self.roles, "activity_kinds": self.activity_kinds, **self.reasons}
            found = fingerprint(pipeline_decides(self.stages, self.moves, lists))
            object.__setattr__(self, "_fingerprint", found)
        return self._fingerprint

    def stage(self, name: str) -> Stage:
        """
        Return the stage of that name. Raises `InvalidDefinition` when the pipeline has none.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.stage("won").kind
        <StageKind.WON: 'won'>
        """
        found = self.find_stage(name)
        if found is None:
            objection = unknown_stage([*self._by_name], name)
            raise InvalidDefinition(
                f"pipeline {self.name}", (Problem(objection.text, objection.params),)
            )
        return found

    def find_stage(self, name: str) -> Stage | None:
        """
        Return the stage of that name, or ``None``.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.find_stage("hall") is None
        True
        """
        try:
            return self._by_name.get(name)
        except TypeError:  # from what cannot even be looked up, such as a list
            return None

    def leads_out(self, stage: str, trigger: str) -> bool:
        """
        Tell whether any move of that trigger leaves a stage, be it open or not.

        >>> from salesfunnel.pipeline import LEAD_PIPELINE
        >>> LEAD_PIPELINE.leads_out("new", "contact")
        True
        """
        return trigger in self._table.get(stage, _NOTHING)

    def problems(self) -> tuple[Problem, ...]:
        """
        List what is doubtful about the definition; what contradicts itself was refused before.

        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> OPPORTUNITY_PIPELINE.problems()
        ()
        """
        return find_problems(self.stages, self.moves)

    def unknown_facts(self, noun: type) -> tuple[Problem, ...]:
        """
        Report the facts that its rules ask for and that no noun of a class can have.

        >>> from salesfunnel.opportunities import Opportunity
        >>> from salesfunnel.pipeline import Move, Stage
        >>> odd = Pipeline(
        ...     "odd",
        ...     stages=[Stage("open"), Stage("won", kind="won", requires="amuont")],
        ...     moves=[Move("win", "open", "won")],
        ... )
        >>> print(*odd.unknown_facts(Opportunity))
        amuont: an opportunity has no such fact; did you mean amount?
        """
        guards = chain(*(s.conditions for s in self.stages), *(m.guards for m in self.moves))
        rules = [guard.check for guard in guards if isinstance(guard.check, Rule)]
        return impossible_paths({path for rule in rules for path in rule.facts}, noun)

    def decide(
        self, stage: str, trigger: str, facts: object, *, at: datetime, **given: object
    ) -> Permit | Refusal:
        """
        Judge one move: a permit, or a refusal with every objection. Nothing is changed.

        Args:
            stage: where it stands.
            trigger: the move.
            facts: the entity, mapping or row that the guards are asked about.
            at: the instant of the move.
            given: what the move needs, such as ``reason="price"``, and its ``note``.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> print(OPPORTUNITY_PIPELINE.decide("meeting", "win", {}, at=monday))
        cannot win: the stage is meeting (win is possible from proposal, negotiation)
        >>> print(OPPORTUNITY_PIPELINE.decide("meeting", "lose", {}, at=monday, reason="prize"))
        cannot lose: the reason is not one of lost (did you mean price?) (one of: price, ...)
        """
        return self._judge(stage, trigger, facts, given, at=instant(at), asked={})

    def ways(self, stage: str, facts: object, *, at: datetime) -> tuple[Way, ...]:
        """
        List the moves out of a stage, each judged as if what it needs were given.

        Raises `InvalidDefinition` for a stage that the pipeline does not have.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> ways = OPPORTUNITY_PIPELINE.ways("proposal", {}, at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> [(way.destination.name, bool(way)) for way in ways]
        [('meeting', True), ('negotiation', True), ('won', False), ('lost', True)]
        """
        moment, here = instant(at), self.stage(stage)
        rows = chain.from_iterable(self._table[here.name].values())
        early = too_early(facts, "", here.name, moment)
        found = ways_out(rows, facts, at=moment)
        if early is None:
            return tuple(found)
        return tuple(
            attrs.evolve(way, verdict=attrs.evolve(early, trigger=way.trigger)) for way in found
        )

    def entry_objections(self, stage: str, facts: object, *, at: datetime) -> tuple[Objection, ...]:
        """
        List what a stage objects to something that begins in it, as it would to a move.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.pipeline import Move, Stage
        >>> named = Pipeline(
        ...     "named",
        ...     stages=[Stage("open", requires="name"), Stage("won", kind="won")],
        ...     moves=[Move("win", "open", "won")],
        ... )
        >>> print(*named.entry_objections("open", {}, at=datetime(2026, 3, 2, tzinfo=UTC)))
        name is not known
        """
        moment = instant(at)
        conditions = with_labels(self.stage(stage).conditions, self.roles)
        found = [guard.objection(facts, at=moment) for guard in conditions]
        return tuple(objection for objection in found if objection is not None)

    def drive(
        self,
        driven: object,
        trigger: str,
        *,
        at: datetime,
        by: str = "",
        note: str = "",
        attribute: str = "stage",
        **given: object,
    ) -> MoveTaken:
        """
        Move a mutable object, such as a database row, and give back the event to store.

        All that a move sets is set, or nothing. Raises `MoveRefused` with every reason why not, and
        `InvalidValue` for an object without that attribute, or one that cannot be changed.

        Args:
            driven: the object; its ``last_open_stage`` is kept where it has one.
            trigger: the move.
            at: the instant of the move.
            by: who made it.
            note: what is to be remembered about it.
            attribute: where the object keeps its stage.
            given: what the move needs, such as ``reason="price"``.

        >>> from datetime import UTC, datetime
        >>> from types import SimpleNamespace
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> row = SimpleNamespace(id=7, stage="meeting")
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> taken = OPPORTUNITY_PIPELINE.drive(row, "propose", at=monday)
        >>> row.stage, taken.from_stage
        ('proposal', 'meeting')
        """
        stage, moment, asked = moving.stage_of(driven, attribute), instant(at), Asked()
        given = {**given, "note": note}
        permit = granted(self._judge(stage, trigger, driven, given, at=moment, asked=asked))
        reason = str(given.get("reason") or "")
        taken = MoveTaken(at=moment, by=by, **permit.way, reason=reason, note=note)
        engine = self._engine or self._start()
        reached = engine.move(permit, driven, given, asked, at=moment)
        if permit.enters:
            moving.enter(driven, reached, permit.last_open_stage, attribute=attribute)
        return taken

    def machine(self, *, attribute: str = "stage") -> Any:  # noqa: ANN401 - see below
        """
        Build a live ``transitions.Machine`` of your own, without a model, by this definition.

        Give ``at``, and what a move needs, to its triggers. The package is not imported, and so not
        named here, until it is needed.

        >>> from datetime import UTC, datetime
        >>> from types import SimpleNamespace
        >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
        >>> row = SimpleNamespace(id=7, stage="meeting")
        >>> machine = OPPORTUNITY_PIPELINE.machine()
        >>> machine.add_model(row, initial=row.stage)
        >>> row.trigger("propose", at=datetime(2026, 3, 2, tzinfo=UTC)), row.stage
        (True, 'proposal')
        """
        from ._machine import build_machine  # noqa: PLC0415 - see above

        return build_machine(self.stages, self._table, attribute=attribute, rests=self._rests)

    def _judge(
        self,
        stage: str,
        trigger: str,
        facts: object,
        given: Mapping[str, object],
        *,
        at: datetime,
        asked: Asked,
    ) -> Permit | Refusal:
        try:
            rows = self._table[stage][trigger]
        except (KeyError, TypeError):
            return no_way(self.stages, self.moves, stage, trigger)
        early = too_early(facts, rows[0].permit.trigger, rows[0].permit.source.name, at)
        if early is not None:
            return early
        return verdict_on(rows, facts, given, at=at, asked=asked)

    def _start(self) -> Any:  # noqa: ANN401 - see `machine`
        """Build the engine once, when the first object is driven."""
        from ._machine import Engine  # noqa: PLC0415 - only driving needs it

        object.__setattr__(self, "_engine", Engine(self.stages, self._table))
        return self._engine

    def _repr_html_(self) -> str:
        from .notebook import html_table  # noqa: PLC0415 - only notebooks need it

        return html_table(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        from .notebook import mimebundle  # noqa: PLC0415 - only notebooks need it

        return mimebundle(self, include=include, exclude=exclude)


@functools.lru_cache(maxsize=64)
def _arrived(kind: type[Pipeline], parts: tuple[tuple[str, Any], ...]) -> Pipeline:
    """Let all copies of one pipeline that arrive be the same value, compiled once."""
    return kind(**dict(parts))
