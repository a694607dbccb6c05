"""Telling a timeline: a line of plain text for each event, for the page of a lead or a deal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from heapq import merge
from typing import Any

import attrs

from ..values.answer import Answer
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.contribution import Contribution
from ..values.money import Money
from ..values.person import Person
from ..values.text import is_visible, shown
from .event import Chronicled
from .order import Dated
from .sentences import NO_LABELS, Labels, called, sentence_of, written

_TOLD = Person | Company | ContactPoint | Answer
# What an event refers to and does not tell: a definition, and what a policy found.
_DEFINITIONS = frozenset({"pipeline", "findings"})


def describe(
    event: Dated, *, personal: bool = False, zone: tzinfo = UTC, labels: Labels = NO_LABELS
) -> str:
    """
    Say when, by whom, and what happened, in one line.

    Codes such as a reason, and the day if it was another than that of entering, stand in brackets.

    Args:
        event: any event of a timeline.
        personal: whether to tell names, addresses, answers and notes as well.
        zone: in which zone the days are.
        labels: what codes are called, such as ``deal.pipeline.labels``; a story takes these.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> deal = deal.move("propose", note="they liked the demo", by="Ani", at=monday)
    >>> print(describe(deal.timeline[-1]))
    2 March 2026, Ani: moved from meeting to proposal
    >>> print(describe(deal.timeline[-1], personal=True))
    2 March 2026, Ani: moved from meeting to proposal: they liked the demo
    """
    sentence = sentence_of(event, zone=zone, labels=labels)
    by: str = getattr(event, "by", "")
    head = ", ".join(filter(None, (str(written(event.at, zone)), shown(by))))
    codes = ", ".join(_codes(event, zone, labels))
    line = f"{head}: {shown(sentence.message)}" + (f" ({codes})" if codes else "")
    told = "; ".join(dict.fromkeys(_personal(event))) if personal else ""
    return f"{line}: {told}" if told else line


@attrs.frozen
class StoryLine:
    """
    One event of a story: of which noun, which number it has there, from 0, and the event itself.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(id="7", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> [line] = story_of(lead)
    >>> print(line.kind, line.number, line)
    lead 0 2 March 2026: came in as a lead, source other
    """

    noun: Any = attrs.field(repr=False)
    number: int
    event: Any = attrs.field(repr=False)

    @property
    def kind(self) -> str:
        """What the noun is: lead, account or opportunity."""
        return type(self.noun).__name__.lower()

    def describe(self, *, personal: bool = False, zone: tzinfo = UTC) -> str:
        """
        Say when, by whom, and what happened, as `describe` does, in the words of its pipeline.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.leads import Lead
        >>> lead = Lead.capture(id="7", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> story_of(lead)[0].describe(personal=True)
        '2 March 2026: came in as a lead, source other: Novin'
        """
        labels = self.noun.pipeline.labels if hasattr(self.noun, "pipeline") else NO_LABELS
        return describe(self.event, personal=personal, zone=zone, labels=labels)

    def __str__(self) -> str:
        """Say it without anything personal."""
        return self.describe()


def story_of(*nouns: Chronicled | None) -> tuple[StoryLine, ...]:
    """
    Tell the timelines of a lead, its account and its deals as one, oldest first.

    Of what happened at one instant, the events of the noun that is given first come first.
    ``None`` may stand for a noun that there is not yet.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel import BANT, Lead, plan_conversion
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", company="Novin", source="web", stage="qualified", at=monday)
    >>> for line in story_of(*plan_conversion(lead).apply(at=monday, by="Ani")):
    ...     print(line)
    2 March 2026: came in as a lead, source web
    2 March 2026, Ani: converted into account ... and opportunity ...
    2 March 2026, Ani: opened as an account
    2 March 2026, Ani: opened as a deal in Meeting
    """
    timelines = [_lines(noun) for noun in nouns if noun is not None]
    return tuple(merge(*timelines, key=lambda line: line.event.at))


def _lines(noun: Chronicled) -> list[StoryLine]:
    return [StoryLine(noun, number, event) for number, event in enumerate(noun.timeline)]


def _codes(event: Any, zone: tzinfo, labels: Labels) -> Iterator[str]:  # noqa: ANN401 - events of many classes
    """Go through what is worth a word beside the sentence: another day, a reason, an outcome."""
    answer, closing = getattr(event, "answer", None), getattr(event, "closing", None)
    happened = getattr(event, "when", None) or getattr(answer, "at", None)
    if happened is not None and written(happened, zone) != written(event.at, zone):
        yield str(written(happened, zone))
    for teller, name in ((event, "reason"), (closing, "reason"), (event, "outcome")):
        code = getattr(teller, name, "")
        if code and f"{{{name}}}" not in event.sentence.template:
            yield shown(str(called(name, code, labels)))


def _personal(value: object) -> Iterator[str]:
    """Go through the words of an event, or of a part of it, that may tell of a person."""
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # each has its fields
        is_personal = field.metadata.get("personal", True)
        if is_personal and field.name not in _DEFINITIONS:
            inner = getattr(value, field.name)
            if isinstance(inner, Mapping | tuple | Contribution | _TOLD) or _is_text(inner):
                yield from _words(inner)
            elif attrs.has(type(inner)) and not isinstance(inner, Money):
                yield from _personal(inner)


def _words(value: object) -> Iterator[str]:
    """Write what was said: a text, a person, a figure, or several by name."""
    match value:
        case Person() | Company():
            yield shown(value.name)
        case ContactPoint():
            yield shown(value.text)
        case Answer():
            told = (value.value, value.note, value.said_by)
            yield from (words for part in told for words in _words(part))
        case Contribution():
            yield from _words(value.values)
        case Mapping():
            for key, item in value.items():
                yield from (f"{shown(str(key))}: {words}" for words in _words(item))
        case tuple():
            yield from (words for item in value for words in _words(item))
        case _ if attrs.has(type(value)) and not isinstance(value, Money):
            yield from _personal(value)
        case _:
            yield from _leaf(value)


def _leaf(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield "yes" if value else "no"
    elif value is not None and (not isinstance(value, str) or is_visible(value)):
        yield shown(str(written(value)))


def _is_text(value: object) -> bool:
    return type(value) is str  # and not a member of an enumeration, which is a code
