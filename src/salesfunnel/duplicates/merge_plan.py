"""The plan of a merge: what survives, value by value, and what points to the one that goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import attrs

from ..accounts.account import Account
from ..errors import MoveRefused, Objection, Refusal, Text, WrongKind
from ..history.contributed import Contributed
from ..history.merged import MergedAway
from ..history.timeline import apply, standing_in_the_way
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values import converters
from ..values.change import Change
from ..values.contribution import Contribution
from ..values.field_merge import FieldMerge
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.person import Person

NounT = TypeVar("NounT", Lead, Account)
OneT = TypeVar("OneT", Lead, Account, Person)
Pointing = Lead | Account | Opportunity

_POINTING = "several opportunities, leads and accounts"
ITSELF = Text(
    "merge_with_itself", "{field} is the same one, {id}", "two that are one person or firm"
)
STALE = Text("merge_moved_on", "{id} has changed since the plan was made", "plan again")


class Kept(StrEnum):
    """
    Whose value is kept at a place, where two are merged.

    >>> Kept("both").name
    'BOTH'
    """

    SURVIVOR = "survivor"
    OTHER = "other"
    BOTH = "both"


_WAYS = {
    Kept.SURVIVOR: FieldMerge.KEEP,
    Kept.OTHER: FieldMerge.REPLACE,
    Kept.BOTH: FieldMerge.ADD,
}


@attrs.frozen
class Merged(Generic[OneT]):
    """
    What came of a merge: the survivor, the other one, and what points to the survivor now.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name="Novin", at=monday) for id in "78")
    >>> merged = plan_merge(one, other).apply(at=monday)
    >>> merged.other.merged_into
    '7'
    """

    survivor: OneT
    other: OneT
    pointing: tuple[Pointing, ...] = ()
    since: tuple[Any, ...] = ()
    """Where a merge was undone: what has happened to the survivor since, and stays with it."""


@attrs.frozen(kw_only=True)
class MergePlan(Generic[NounT]):
    """
    What a merge will do, value by value. Print it before you apply it.

    ``changes`` lists each value of the other one that the survivor lacks or has otherwise, and
    what becomes of it, its stage and owner too; ``refusal`` says what speaks against it. The text
    shows both, with the values; the representation shows no values.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one = Lead.capture(id="7", person="Sara Ahmadi", at=monday)
    >>> other = Lead.capture(id="8", person="Ahmadi Sara", company="Novin", at=monday)
    >>> print(plan_merge(one, other))
    merge of 8 into 7
      kept     person.name: Sara Ahmadi, not Ahmadi Sara
      filled   company.name: Novin
    """

    survivor: NounT
    other: NounT
    pointing: tuple[Pointing, ...]
    changes: tuple[Change, ...] = attrs.field(repr=False)
    objections: tuple[Objection, ...]
    _contribution: Contribution = attrs.field(alias="contribution")

    @property
    def refusal(self) -> Refusal | None:
        """What speaks against the merge, all of it; ``None`` where it can be applied."""
        return refusal_of("merge", self.survivor, self.objections)

    def apply(
        self,
        *,
        at: datetime,
        survivor: NounT | None = None,
        other: NounT | None = None,
        by: str = "",
    ) -> Merged[NounT]:
        """
        Carry the plan out. Raises `MoveRefused` where something speaks against it.

        Pass the two as they stand now, as ``survivor`` and ``other``, to have the plan checked.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.duplicates import plan_merge
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> one, other = (Lead.capture(id=id, person="Sara", at=monday) for id in "78")
        >>> plan_merge(one, other).apply(at=monday).survivor.version
        2
        """
        moment: datetime = instant(at)
        nouns: tuple[Any, ...] = (self.survivor, self.other, *self.pointing)
        against = [
            *self.objections,
            *(
                STALE.objection(id=planned.id)
                for planned, now in ((self.survivor, survivor), (self.other, other))
                if now is not None and now != planned
            ),
            *(found for noun in nouns if (found := standing_in_the_way(noun, at=moment))),
        ]
        refuse("merge", self.survivor, against)
        id_ = _id_of_merge(self.survivor, self.other)

        def contributed(noun: Any, contribution: Contribution) -> Any:  # noqa: ANN401 - a noun
            event = Contributed(at=at, by=by, id=id_, contribution=contribution)
            return apply(noun, event, verb="merge")

        away = MergedAway(at=at, by=by, id=id_, into=self.survivor.id)
        return Merged(
            contributed(self.survivor, self._contribution),
            apply(self.other, away, verb="merge"),
            tuple(
                contributed(noun, _to_the_other(noun, self.other, self.survivor.id))
                for noun in self.pointing
            ),
        )

    def __str__(self) -> str:
        """Print what will be done, with the values."""
        lines = [f"merge of {self.other.id} into {self.survivor.id}", *map(str, self.changes)]
        lines += [f"point    {noun.id} to {self.survivor.id}" for noun in self.pointing]
        lines += [] if self.refusal is None else [str(self.refusal)]
        return "\n  ".join(lines)


def kept_ways(keep: Mapping[str, Kept | str] | None) -> dict[str, FieldMerge]:
    """
    Say how each value is put in, from what is to be kept.

    >>> kept_ways({"company.city": "other"})["company.city"].value
    'replace'
    """
    if keep is not None and not isinstance(keep, Mapping):
        raise WrongKind.of("keep", keep, wanted="survivor, other or both, by place")
    return {
        converters.visible_line(place, "keep"): _WAYS[converters.choice(Kept, whose, "keep")]
        for place, whose in (keep or {}).items()
    }


def nouns_that_point(pointing: Iterable[Pointing]) -> tuple[Pointing, ...]:
    """
    Let in the nouns that may name the other one by its id.

    >>> nouns_that_point(())
    ()
    """
    if isinstance(pointing, type) or not hasattr(pointing, "__iter__"):
        raise WrongKind.of("pointing", pointing, wanted=_POINTING)
    nouns = tuple(pointing)
    for noun in nouns:
        if not isinstance(noun, (Lead, Account, Opportunity)):
            raise WrongKind.of("pointing", noun, wanted=_POINTING)
    return tuple({(type(noun), noun.id): noun for noun in nouns}.values())


def _id_of_merge(survivor: Lead | Account, other: Lead | Account) -> str:
    """Derive the id from which ones are merged and when, so that it can be done again."""
    return derived_id("merge", survivor.id, other.id, str(other.version))


def repointed(noun: Any, other: Lead | Account, to: str) -> dict[str, Any]:  # noqa: ANN401 - a noun
    """
    Give the fields of a noun that name the other one, with the id that they get.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> repointed(
    ...     Opportunity.open(id="D1", account_id="8", at=monday),
    ...     Account.open(id="8", name="Novin", at=monday),
    ...     "7",
    ... )
    {'account_id': '7'}
    """
    if isinstance(other, Lead):
        return {"lead_ids": (to,)} if other.id in getattr(noun, "lead_ids", ()) else {}
    return {name: to for name in ("account_id", "parent_id") if getattr(noun, name, "") == other.id}


def _to_the_other(noun: Pointing, other: Lead | Account, to: str) -> Contribution:
    values = repointed(noun, other, to)
    ways = {name: FieldMerge.REPLACE for name in values if name != "lead_ids"}
    return Contribution(values, ways=ways)


def refusal_of(trigger: str, noun: Any, objections: Iterable[Objection]) -> Refusal | None:  # noqa: ANN401 - a noun
    """
    Say no with all reasons, or nothing where there is none.

    >>> refusal_of("merge", None, []) is None
    True
    """
    found = tuple(dict.fromkeys(objections))
    return Refusal(trigger, getattr(noun, "stage", ""), found) if found else None


def refuse(trigger: str, noun: Any, objections: Iterable[Objection]) -> None:  # noqa: ANN401 - a noun
    """
    Raise `MoveRefused` with all reasons, or do nothing where there is none.

    >>> refuse("merge", None, [])
    """
    refusal = refusal_of(trigger, noun, objections)
    if refusal is not None:
        raise MoveRefused(refusal)
