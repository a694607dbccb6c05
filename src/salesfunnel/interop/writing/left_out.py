"""What a list does not hold, or in another way than what it was made from, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from ...errors import Text
from ...values.text import shown
from .losses import OTHERWISE

NO_COLUMN = Text("no_column_for_fact", "{fact}: {count:,} (the list has no column for it)")
NO_WORD = Text("no_word_for_fact", "{fact}: {count:,} (the system has no word for it)")
NO_PLACE = Text("no_place_for_history", "{fact}: {count:,} (a list tells how things stand)")
READ_OTHERWISE = Text(
    "read_otherwise", "{fact}: {count:,} (written as well as the list can, and read otherwise)"
)
NOT_ITS_KIND = Text(
    "detail_is_not_of_its_kind",
    "{fact}: {count:,} (no value of its column, which stays without it)",
)
RETOLD = Text("retold_for_target", "{fact}: {count:,} (told in the stages of the target)")
NO_STAGE = Text(
    "no_stage_for_word",
    "{fact}: {count:,} (the system has no stage that means it: the word stands there as it was)",
)

_LONGEST = 60
_ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = MappingProxyType(
    {
        "person.name": "name",
        "person.given": "given name",
        "person.family": "family name",
        "company.name": "company",
        "captured": "day of the beginning",
        "conversion_id": "number of the conversion",
        "entered_by": "who entered it",
        "last_open_stage": "last open stage",
        "lead_ids": "lead",
        "rejection": "reason",
        "rejection.note": "note on the reason",
        "stage_since": "day of the stage",
        "trigger": "name of the move",
        "closing.also": "further reason",
        "closing.note": "note on the reason",
        "closing.stage": "stage before the end",
        "closing.probability_before.origin": "origin of the probability before the end",
        "closing.probability_before": "probability before the end",
        "probability.origin": "origin of the probability",
        "amount.currency": "currency of the amount",
        "annual_revenue.currency": "currency of the revenue",
        "company.annual_revenue.currency": "currency of the revenue",
        "closing.amount.currency": "currency of the amount at the end",
        "earlier_loss": "loss reason of an earlier loss",
        "earlier_win": "earlier win",
        "timeline.ActivityLogged": "activity",
        "timeline.QuestionAnswered": "earlier answer",
        "timeline.Contributed": "what was added from elsewhere",
        "timeline.LeadMoved": "move between stages",
        "timeline.OpportunityMoved": "move between stages",
        "timeline.StepPlanned": "next step",
    }
)
_PARTS = ("person", "company", "closing", "timeline", "contact_points")


def fact_named(place: str) -> str:
    """
    Name a fact in a few words by its place.

    >>> fact_named("contact_points.phone.2"), fact_named("answers.budget.evidence")
    ('second phone', 'evidence of "budget"')
    >>> fact_named("timeline.OwnerAssigned"), fact_named("company.postal_code")
    ('owner assigned', 'postal code')
    """
    if place in _NAMES:
        return _NAMES[place]
    part, _, rest = place.partition(".")
    if part == "stage" and rest:
        return f'stage "{shown(rest, limit=_LONGEST)}"'
    if part == "details":
        return f'detail "{shown(rest, limit=_LONGEST)}"'
    if part in ("answers", "consent"):
        about, _, more = rest.rpartition(".")
        of = "evidence" if more == "evidence" else "answer" if part == "answers" else "consent"
        name = about if more == "evidence" else rest
        return f'{of} of "{shown(name.replace(".", " for "), limit=_LONGEST)}"'
    stem, _, number = place.rpartition(".")
    if number.isdecimal():
        ordinal = _ORDINALS[int(number)] if int(number) < len(_ORDINALS) else f"{number}th "
        return ordinal + fact_named(stem)
    if part in _PARTS and rest:
        place = rest
    return _WORDS.sub(" ", place).lower().replace("_", " ").replace(".", " ")


@attrs.frozen
class LeftOut:
    """
    One kind of fact that a list could not hold, or holds in another way; how often, and why.

    ``place`` says where it stands in a lead, a deal or an account.

    >>> print(LeftOut("contact_points.phone.2", 3, NO_COLUMN))
    second phone: 3 (the list has no column for it)
    """

    place: str
    count: int
    why: Text = attrs.field(repr=lambda text: text.code)

    @property
    def fact(self) -> str:
        """What it is, in a few words."""
        return fact_named(self.place)

    @property
    def code(self) -> str:
        """The code of the reason, the same in every language."""
        return self.why.code

    @property
    def is_lost(self) -> bool:
        """Whether it stands nowhere in the list, and not only in another way."""
        return self.code not in OTHERWISE

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> LeftOut("owner", 3, NO_COLUMN).as_data()["is_lost"]
        True
        """
        said = {"place": self.place, "fact": self.fact, "count": self.count, "code": self.code}
        return {**said, "is_lost": self.is_lost, "message": str(self)}

    def __str__(self) -> str:
        """Say what, how often, and why."""
        return self.why.template.format(fact=self.fact, count=self.count)


def naming_stages(
    left_out: Iterable[LeftOut], lacking: Mapping[str, int], became: Mapping[tuple[str, str], int]
) -> tuple[LeftOut, ...]:
    """
    Name the words for which the target has no stage, and those that became words of its own.

    >>> said = naming_stages([LeftOut("stage", 3, RETOLD)], {"Pilot": 2}, {("Demo", "Qualify"): 1})
    >>> [one.place for one in said]
    ['stage.Pilot', 'stage.Demo → Qualify', 'stage']
    """
    named = [LeftOut(f"stage.{word}", lacking[word], NO_STAGE) for word in sorted(lacking)]
    named += [LeftOut(f"stage.{a} → {b}", became[a, b], RETOLD) for a, b in sorted(became)]
    retold = []
    for one in left_out:
        if one.place == "stage" and one.why is RETOLD:
            one = attrs.evolve(one, count=one.count - sum(lacking.values()))  # noqa: PLW2901
        if one.count > 0:
            retold.append(one)
    return (*named, *retold)
