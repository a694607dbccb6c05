"""The agenda: all that falls due, from many leads, deals and accounts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..values import converters
from ..values.instants import instant
from .consent_register import ConsentRegister
from .consents import Consent
from .steps import Step, Steps, is_past

_NO_DAYS = Text("days_of_agenda", "{field} is not a number of days", "0 is today, None is all")
_NO_LENGTH = Text("silence_of_nothing", "{field} is not longer than nothing", "timedelta(days=30)")


class DueKind(StrEnum):
    """
    What falls due.

    >>> DueKind("step") is DueKind.STEP
    True
    """

    STEP = "step"
    NURTURE_OVER = "nurture_over"
    HOLD_OVER = "hold_over"
    STAGE_LIMIT = "stage_limit"
    SILENCE = "silence"
    CONSENT_ENDS = "consent_ends"
    OFFER_WAITS = "offer_waits"


class Dutiful(Protocol):
    """What the agenda wants to know of a lead, a deal or an account."""

    @property
    def id(self) -> str:
        """Which one it is."""
        ...

    @property
    def owner(self) -> str:
        """Whose work it is."""
        ...

    @property
    def steps(self) -> Steps:
        """Its open steps."""
        ...


DutifulT = TypeVar("DutifulT", bound=Dutiful)


@attrs.frozen(kw_only=True)
class Due(Generic[DutifulT]):
    """
    One line of the agenda: what falls due, when, with whom, and whose work it is.

    ``due`` is a day, or a moment; ``step`` is the step where it is one.

    >>> from datetime import UTC
    >>> from salesfunnel.leads import Lead
    >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
    >>> lead = Lead.capture(id="7", company="Novin Tejarat", at=monday)
    >>> [line] = agenda([lead.nurture(until=friday, at=monday)], at=friday)
    >>> print(line)
    2026-03-06 nurture_over: 7
    """

    noun: DutifulT = attrs.field(repr=False)
    what: DueKind
    due: date
    owner: str
    is_overdue: bool
    step: Step | None = None

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for a page of what is to be done.

        >>> from datetime import UTC
        >>> from salesfunnel.leads import Lead
        >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
        >>> lead = Lead.capture(id="7", company="Novin Tejarat", at=monday)
        >>> [line] = agenda([lead.nurture(until=friday, at=monday)], at=friday)
        >>> line.as_data()["what"]
        'nurture_over'
        """
        noun: Any = self.noun
        return {
            "id": noun.id,
            "noun": type(noun).__name__.lower(),
            "what": self.what.value,
            "due": self.due.isoformat(),
            "owner": self.owner,
            "is_overdue": self.is_overdue,
            "step": None
            if self.step is None
            else {"id": self.step.id, "kind": self.step.kind, "note": self.step.note},
        }

    def __str__(self) -> str:
        """Say the day in UTC, what it is, and of which noun."""
        day = self.due.date() if isinstance(self.due, datetime) else self.due
        what = self.step.kind if self.step else self.what.value
        return f"{day} {what}: {self.noun.id}" + (" (overdue)" if self.is_overdue else "")


def agenda(
    nouns: Iterable[DutifulT],
    *,
    at: datetime,
    owner: str | None = None,
    days: int | None = 0,
    silent_after: timedelta | None = None,
    closed: bool = False,
) -> tuple[Due[DutifulT], ...]:
    """
    List what falls due by today, or in so many days more, what is overdue included.

    Days are those of the zone that ``at`` carries. Steps of what is closed stay out, unless
    ``closed``; what rests until a day is neither silent nor too long in its stage.

    Args:
        nouns: leads, opportunities and accounts, in any order.
        at: the moment of asking, in the zone of those who ask.
        owner: whose work; ``None`` is everyone's, and an empty text is what has no owner.
        days: how many days ahead; 0 is today, and ``None`` is all that there is.
        silent_after: how long a lead or a deal may be without contact, where its stage does not
            say how long (`Stage.quiet`).
        closed: whether to list the open steps of what is won or lost, too.

    >>> from datetime import UTC
    >>> from salesfunnel.activities import plan_step
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", company="Novin Tejarat", owner="Ani", at=monday)
    >>> lead = plan_step(lead, "call", due=date(2026, 3, 9), at=monday)
    >>> [str(line) for line in agenda([lead], at=monday, owner="Ani", days=7)]
    ['2026-03-09 call: 7']
    """
    if not hasattr(nouns, "__iter__"):
        raise WrongKind.of("nouns", nouns, wanted="several leads, opportunities and accounts")
    instant(at)
    horizon = _Horizon.of(at, days)
    silence = _silence(silent_after)
    lines = [
        Due(
            noun=noun,
            what=what,
            due=due,
            owner=whose,
            is_overdue=is_past(due, at=at),
            step=step,
        )
        for noun in nouns
        for what, due, whose, step in _falling_due(noun, silence, at=at, closed=closed)
        if owner is None or whose == owner
        if horizon.reaches(due)
    ]
    return tuple(sorted(lines, key=lambda line: _place(line, at)))


@attrs.frozen
class _Horizon:
    """The last day that is looked at, and the moment at which it ends where the asker is."""

    day: date | None
    end: datetime | None

    @classmethod
    def of(cls, at: datetime, days: int | None) -> _Horizon:
        if days is None:
            return cls(None, None)
        if type(days) is not int or days < 0:
            raise InvalidValue("days", _NO_DAYS)
        try:
            last = at.date() + timedelta(days=days)
            end = datetime.combine(last + timedelta(days=1), time(), tzinfo=at.tzinfo)
            return cls(last, instant(end))
        except (OverflowError, InvalidValue):  # beyond the last year lies everything
            return cls(None, None)

    def reaches(self, due: date) -> bool:
        """Tell whether something is due by then."""
        if self.day is None or self.end is None:
            return True
        return due < self.end if isinstance(due, datetime) else due <= self.day


_Falling = tuple[DueKind, date, str, Step | None]

_RESTS = (("nurture_until", DueKind.NURTURE_OVER), ("held_until", DueKind.HOLD_OVER))


def _falling_due(
    noun: Any,  # noqa: ANN401 - one of the nouns, which have more or fewer of these facts
    silent_after: timedelta | None,
    *,
    at: datetime,
    closed: bool,
) -> Iterator[_Falling]:
    """Go through all that will ever fall due with a noun as it stands now."""
    owner: str = noun.owner
    stage = noun.pipeline.find_stage(noun.stage) if hasattr(noun, "pipeline") else None
    is_closed = stage is not None and not stage.is_open
    if closed or not is_closed:
        for step in noun.steps:
            yield DueKind.STEP, step.due, step.owner or owner, step
    if is_closed:
        return
    yield from _of_others(noun, owner, at=at)
    rests = [(kind, until) for name, kind in _RESTS if (until := getattr(noun, name, None))]
    for kind, until in rests:
        yield kind, until, owner, None
    rest = getattr(noun, "rest", None)
    if stage is None or rests or (rest is not None and rest.since is not None):
        return
    rested = timedelta() if rest is None else rest.rested
    if stage.limit is not None and (due := _after(noun.stage_since, stage.limit + rested)):
        yield DueKind.STAGE_LIMIT, due, owner, None
    silence = stage.quiet or silent_after
    if silence is not None and (due := _after(noun.engagement.quiet_since, silence)):
        yield DueKind.SILENCE, due, owner, None


def _of_others(noun: Any, owner: str, *, at: datetime) -> Iterator[_Falling]:  # noqa: ANN401 - as above
    """Go through what others have said, and what they have not said yet."""
    for word in noun.consent.words:
        if word.until is not None and word.until >= at and _stands(word, noun.consent):
            yield DueKind.CONSENT_ENDS, word.until, owner, None
    offer = getattr(noun, "hand_off", None)
    if offer is not None and offer.is_open:
        # From the next day on it waits too long; working hours are measured by an agreement.
        yield DueKind.OFFER_WAITS, offer.offered_at.astimezone(at.tzinfo).date(), owner, None


def _stands(word: Consent, register: ConsentRegister) -> bool:
    return register.word(word.channel, purpose=word.purpose, person=word.person) is word


def _after(moment: datetime, length: timedelta) -> datetime | None:
    try:
        return moment + length
    except OverflowError:  # it will never be
        return None


def _silence(length: timedelta | None) -> timedelta | None:
    silence = converters.maybe(timedelta, length, "silent_after")
    if silence is not None and silence <= timedelta():
        raise InvalidValue("silent_after", _NO_LENGTH)
    return silence


def _place(line: Due[Any], at: datetime) -> tuple[object, ...]:
    """Order by the asker's day; what is due at some time of a day comes after what has its hour."""
    step = line.step.id if line.step else ""
    rest = (line.due, line.what, line.noun.id, step, type(line.noun).__name__)
    if isinstance(line.due, datetime):
        return line.due.astimezone(at.tzinfo).date(), False, *rest
    return line.due, True, *rest
