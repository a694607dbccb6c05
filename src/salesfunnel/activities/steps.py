"""Next steps: what is to be done by when; planned, moved, dropped, or done by an activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import attrs

from ..errors import Text
from ..history.event_fields import by_field, note_field
from ..values import converters
from ..values.instants import day, instant
from .owners import owner_field


def _due(value: date) -> date:
    return _day_or_moment(value, "due")


def _due_before(value: date) -> date:
    return _day_or_moment(value, "before")


def _day_or_moment(value: date, field: str) -> date:
    """Let in a day, or a moment with its zone, which is kept in UTC."""
    return instant(value, what=field) if isinstance(value, datetime) else day(value, what=field)


@attrs.frozen(kw_only=True)
class Step:
    """
    A call, a visit or anything else that is to be done by a day, or by a moment.

    >>> from datetime import date, datetime, timedelta, timezone
    >>> call = Step(id="1", kind="call", due=date(2026, 3, 9))
    >>> late = datetime(2026, 3, 9, 23, 30, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    >>> call.is_overdue(at=late), call.is_overdue(at=late + timedelta(hours=1))
    (False, True)
    """

    id: str
    kind: str
    due: date
    owner: str = ""
    note: str = attrs.field(default="", repr=False)

    def is_overdue(self, *, at: datetime) -> bool:
        """
        Whether its time has passed. A day passes at midnight in the zone that ``at`` carries.

        >>> from datetime import UTC, datetime, timedelta
        >>> noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
        >>> Step(id="1", kind="call", due=noon).is_overdue(at=noon + timedelta(minutes=1))
        True
        """
        return is_past(self.due, at=at)

    def __str__(self) -> str:
        """Say what it is, and when it is due."""
        return f"{self.kind}, due {self.due}"


def is_past(due: date, *, at: datetime) -> bool:
    """
    Tell whether a day, or a moment, has passed for those who ask in the zone that ``at`` carries.

    >>> from datetime import UTC
    >>> is_past(date(2026, 3, 9), at=datetime(2026, 3, 9, 23, 59, tzinfo=UTC))
    False
    """
    now = instant(at)
    return due < now if isinstance(due, datetime) else due < at.date()


def _by_due(step: Step) -> tuple[date, bool, date, str]:
    """Order by the day in UTC; what is due at some time of a day comes after what has its hour."""
    if isinstance(step.due, datetime):
        return step.due.date(), False, step.due, step.id
    return step.due, True, step.due, step.id


@attrs.frozen
class Steps:
    """
    The open steps of a lead, a deal or an account, the next one first.

    Rules read them by path, such as ``field("steps.next.due").older_than(days=0)``.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import plan_step
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = plan_step(lead, "visit", due=date(2026, 3, 20), at=monday)
    >>> lead = plan_step(lead, "call", due=date(2026, 3, 9), at=monday)
    >>> lead.steps.next.kind, [step.kind for step in lead.steps]
    ('call', ['call', 'visit'])
    """

    open: tuple[Step, ...] = ()

    @property
    def next(self) -> Step | None:
        """The step that is due first, or ``None``."""
        return self.open[0] if self.open else None

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self.open)

    def find(self, id: str) -> Step | None:
        """
        Return the open step of that id, or ``None``.

        >>> Steps().find("7") is None
        True
        """
        return next((step for step in self.open if step.id == id), None)

    def with_step(self, step: Step) -> Steps:
        """
        Return the steps with one more, or with another one of the same id.

        >>> from datetime import date
        >>> Steps().with_step(Step(id="1", kind="call", due=date(2026, 3, 9))).count
        1
        """
        others = self.without(step.id).open
        return Steps(tuple(sorted((*others, step), key=_by_due)) if others else (step,))

    def without(self, id: str) -> Steps:
        """
        Return the steps without the one of that id.

        >>> Steps().without("7").count
        0
        """
        return Steps(tuple([step for step in self.open if step.id != id]))

    def __iter__(self) -> Iterator[Step]:
        """Go through the open steps, the next one first."""
        return iter(self.open)

    def __len__(self) -> int:
        """Count the open steps."""
        return len(self.open)


_STEP_PLANNED = Text("told_step_planned", "planned {kind}, due on {due}")
_STEP_MOVED = Text("told_step_moved", "moved a step from {before} to {due}")
_STEP_DROPPED = Text("told_step_dropped", "dropped a step")


@attrs.frozen(kw_only=True)
class StepPlanned:
    """
    A step was planned: what is to be done, by when, and by whom.

    >>> from datetime import UTC, date, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> StepPlanned(at=monday, id="1", kind="call", due=date(2026, 3, 9)).due.day
    9
    """

    sentence: ClassVar[Text] = _STEP_PLANNED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    kind: str = attrs.field(converter=converters.kind, metadata={"personal": False})
    due: date = attrs.field(converter=_due)
    owner: str = owner_field()
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has steps
        """Put the step among the open ones."""
        step = Step(id=self.id, kind=self.kind, due=self.due, owner=self.owner, note=self.note)
        return {"steps": before.steps.with_step(step)}


@attrs.frozen(kw_only=True)
class StepMoved:
    """
    A step was put off, or brought forward; holds both days.

    >>> from datetime import UTC, date, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> moved = StepMoved(at=monday, id="1", before=date(2026, 3, 9), due=date(2026, 3, 16))
    >>> (moved.due - moved.before).days
    7
    """

    sentence: ClassVar[Text] = _STEP_MOVED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    before: date = attrs.field(converter=_due_before)
    due: date = attrs.field(converter=_due)
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has steps
        """Let the step be due then, if it is still open."""
        step = before.steps.find(self.id)
        if step is None:
            return {}
        return {"steps": before.steps.with_step(attrs.evolve(step, due=self.due))}


@attrs.frozen(kw_only=True)
class StepDropped:
    """
    A step will not be done; says why.

    >>> from datetime import UTC, datetime
    >>> StepDropped(at=datetime(2026, 3, 2, tzinfo=UTC), id="1", note="she is away").id
    '1'
    """

    sentence: ClassVar[Text] = _STEP_DROPPED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    note: str = note_field()

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has steps
        """Take the step from the open ones; that it was planned stays on the timeline."""
        return {"steps": before.steps.without(self.id)}
