"""Merging two leads or two accounts that are one, and giving both back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import attrs

from ..accounts.account import Account
from ..accounts.hierarchy import ancestors
from ..errors import InvalidValue, MoveRefused, Objection, Refusal, Text, WrongKind
from ..history.contributed import Contributed
from ..history.merged import MergedAway
from ..history.timeline import MERGED, apply, standing_in_the_way
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values import converters
from ..values.change import Change
from ..values.contribution import Contribution, FieldMerge, must_be_places
from ..values.ids import derived_id
from ..values.instants import instant

NounT = TypeVar("NounT", Lead, Account)
Pointing = Lead | Account | Opportunity

_ITSELF = Text(
    "merge_with_itself", "{field} is the same one, {id}", "two that are one person or firm"
)
_OTHER_KIND = "two leads, or two accounts"
_POINTING = "several opportunities, leads and accounts"
_CONVERTED = Text(
    "merge_of_converted", "{id} is converted and would be merged away", "let that one stay"
)
_TWO_ACCOUNTS = Text(
    "merge_of_two_conversions",
    "the leads were converted into the accounts {one} and {other}",
    "merge the accounts, or undo a conversion",
)
_RELATED = Text(
    "merge_of_related", "{id} stands above or below the other", "take it out of the hierarchy first"
)
_STALE = Text("merge_moved_on", "{id} has changed since the plan was made", "plan again")

_FIELDS = (
    *("name", "person", "company", "people", "contact_points", "answers", "source"),
    *("source_words", "details", "lead_ids", "parent_id", "steps", "consent", "engagement"),
)
_SUMMED_UP = {"steps": "open", "consent": "words", "engagement": "moments"}


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
class Merged(Generic[NounT]):
    """
    What came of a merge: the survivor, the other one, and what points to the survivor now.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name="Novin", at=monday) for id in "78")
    >>> merged = plan_merge(one, other).apply(at=monday)
    >>> merged.other.merged_into
    '7'
    """

    survivor: NounT
    other: NounT
    pointing: tuple[Pointing, ...] = ()


@attrs.frozen(kw_only=True)
class MergePlan(Generic[NounT]):
    """
    What a merge will do, value by value. Print it before you apply it.

    ``changes`` lists each value of the other one that the survivor lacks or has otherwise, and
    what becomes of it; ``refusal`` says what speaks against it. The text shows values, the
    representation does not.

    >>> from datetime import UTC, datetime
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
        return _refusal("merge", self.survivor, self.objections)

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
                _STALE.objection(id=planned.id)
                for planned, now in ((self.survivor, survivor), (self.other, other))
                if now is not None and now != planned
            ),
            *(found for noun in nouns if (found := standing_in_the_way(noun, at=moment))),
        ]
        refusal = _refusal("merge", self.survivor, against)
        if refusal is not None:
            raise MoveRefused(refusal)
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
        return "\n  ".join(lines)


def plan_merge(
    survivor: NounT,
    other: NounT,
    *,
    keep: Mapping[str, Kept | str] | None = None,
    pointing: Iterable[Pointing] = (),
) -> MergePlan[NounT]:
    """
    Plan the merge of two leads or two accounts that are one; nothing is merged by that.

    What is blank is filled, collections take in what they lack, the latest word on consent stands,
    and elsewhere the survivor keeps its own: stage, owner, name. The timeline of the other stays
    with it, and `history.story_of` tells both.

    Args:
        survivor: the one that goes on, under its id.
        other: the other one. It takes no more verbs, and by its id `resolve` finds the survivor.
        keep: by place, such as company.city or details: the value of the ``survivor``, of the
            ``other``, or of ``both``.
        pointing: opportunities, leads and accounts, of which some may name the other id.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name=f"Novin {id}", at=monday) for id in "78")
    >>> plan_merge(one, other, keep={"name": "other"}).apply(at=monday).survivor.name
    'Novin 8'
    """
    must_be_alike(survivor, other)
    may_point = nouns_that_point(pointing)
    # They are held to be one, under whichever names.
    held_to_be_one = [name for name in ("company", "person") if hasattr(other, name)]
    ways = dict.fromkeys(held_to_be_one, FieldMerge.ADD) | {
        converters.visible_line(place, "keep"): _WAYS[converters.choice(Kept, whose, "keep")]
        for place, whose in (keep or {}).items()
    }
    if survivor.id == other.id:
        raise InvalidValue("other", _ITSELF, {"id": other.id})
    values: dict[str, Any] = {n: _told(other, n) for n in _FIELDS if hasattr(other, n)}
    by_name: dict[str, Iterable[str]] = {
        place: {**getattr(survivor, place), **values[place]}
        for place in ("details", "answers")
        if place in values
    }
    must_be_places(ways, values, "keep", by_name)
    contribution = Contribution(values, ways=ways)
    moved = tuple(noun for noun in may_point if _repointed(noun, other, survivor.id))
    return MergePlan(
        survivor=survivor,
        other=other,
        pointing=moved,
        changes=contribution.differences(survivor),
        objections=tuple(_against(survivor, other, moved)),
        contribution=contribution,
    )


def must_be_alike(survivor: Lead | Account, other: Lead | Account) -> None:
    """
    Refuse two that are not two leads, nor two accounts.

    >>> must_be_alike(5, 5)
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: survivor is of the wrong kind: int; allowed: two leads, or ...
    """
    given: tuple[tuple[str, object], ...] = (("survivor", survivor), ("other", other))
    for field, noun in given:
        if not isinstance(noun, (Lead, Account)) or type(noun) is not type(survivor):
            raise WrongKind.of(field, noun, wanted=_OTHER_KIND)


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
    return nouns


def _id_of_merge(survivor: Lead | Account, other: Lead | Account) -> str:
    """Derive the id from which ones are merged and when, so that it can be done again."""
    return derived_id("merge", survivor.id, other.id, str(other.version))


def _told(noun: Any, name: str) -> Any:  # noqa: ANN401 - of any kind
    value = getattr(noun, name)
    return getattr(value, _SUMMED_UP[name]) if name in _SUMMED_UP else value


def _against(survivor: Any, other: Any, pointing: tuple[Pointing, ...]) -> Iterator[Objection]:  # noqa: ANN401 - see plan_merge
    """List what speaks against a merge, as long as the two stand as they do."""
    for noun in (survivor, other):
        if noun.merged_into:
            yield MERGED.objection(into=noun.merged_into)
    if isinstance(survivor, Lead):
        if other.account_id and not survivor.account_id:
            yield _CONVERTED.objection(id=other.id)
        elif other.account_id not in {"", survivor.account_id}:
            yield _TWO_ACCOUNTS.objection(one=survivor.account_id, other=other.account_id)
    else:
        among = (survivor, other, *(noun for noun in pointing if isinstance(noun, Account)))
        for above, below in ((survivor, other), (other, survivor)):
            if above in ancestors(below, among=among):
                yield _RELATED.objection(id=above.id)


def _repointed(noun: Any, other: Lead | Account, to: str) -> dict[str, Any]:  # noqa: ANN401 - a noun
    """Give the fields of a noun that name the other one, with the id that they get."""
    if isinstance(other, Lead):
        return {"lead_ids": (to,)} if other.id in getattr(noun, "lead_ids", ()) else {}
    return {name: to for name in ("account_id", "parent_id") if getattr(noun, name, "") == other.id}


def _to_the_other(noun: Pointing, other: Lead | Account, to: str) -> Contribution:
    values = _repointed(noun, other, to)
    ways = {name: FieldMerge.REPLACE for name in values if name != "lead_ids"}
    return Contribution(values, ways=ways)


def _refusal(trigger: str, noun: Any, objections: Iterable[Objection]) -> Refusal | None:  # noqa: ANN401 - a noun
    found = tuple(dict.fromkeys(objections))
    return Refusal(trigger, getattr(noun, "stage", ""), found) if found else None
