"""Merging two leads, two accounts, or two people that are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, overload

from ..accounts.account import Account
from ..accounts.hierarchy import ancestors
from ..errors import InvalidValue, Objection, Text, WrongKind
from ..history.timeline import MERGED
from ..leads.lead import Lead
from ..values.change import Change, ChangeKind
from ..values.contributable import must_be_places
from ..values.contribution import Contribution
from ..values.field_merge import FieldMerge
from ..values.person import Person
from .merge_plan import (
    ITSELF,
    Kept,
    MergePlan,
    NounT,
    Pointing,
    kept_ways,
    nouns_that_point,
    repointed,
)
from .merging_people import PeopleMergePlan, plan_people

_OTHER_KIND = "two leads, two accounts, or two people"
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

_FIELDS = (
    *("name", "person", "company", "people", "contact_points", "answers", "source"),
    *("source_words", "details", "lead_ids", "parent_id", "steps", "consent", "engagement"),
)
_KEPT, _LEFT_OUT = ChangeKind.KEPT, ChangeKind.LEFT_OUT
# Where the survivor stands is its own; what the other one says there goes nowhere.
_OF_ITS_OWN = ("role", "stage", "owner", "team", "nurture_until")
_SUMMED_UP = {"steps": "open", "consent": "words", "engagement": "moments"}


@overload
def plan_merge(
    survivor: NounT,
    other: NounT,
    *,
    keep: Mapping[str, Kept | str] | None = None,
    pointing: Iterable[Pointing] = (),
) -> MergePlan[NounT]: ...
@overload
def plan_merge(
    survivor: Person,
    other: Person,
    *,
    keep: Mapping[str, Kept | str] | None = None,
    pointing: Iterable[Pointing] = (),
) -> PeopleMergePlan: ...


def plan_merge(
    survivor: Any,
    other: Any,
    *,
    keep: Mapping[str, Kept | str] | None = None,
    pointing: Iterable[Pointing] = (),
) -> Any:
    """
    Plan the merge of two leads, accounts or people that are one; nothing is merged by that.

    What is blank is filled, collections take in what they lack, the latest word on consent stands,
    and elsewhere the survivor keeps its own: stage, owner, name. The timeline of the other stays
    with it, and `history.story_of` tells both. Two people are merged in the nouns that name them.

    Args:
        survivor: the one that goes on, under its id.
        other: the other one. It takes no more verbs, and by its id `resolve` finds the survivor.
        keep: by place, such as company.city or details: the value of the ``survivor``, of the
            ``other``, or of ``both``.
        pointing: opportunities, leads and accounts, of which some may name the other id; for
            people the accounts too whose people they are.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name=f"Novin {id}", at=monday) for id in "78")
    >>> plan_merge(one, other, keep={"name": "other"}).apply(at=monday).survivor.name
    'Novin 8'
    """
    must_be_alike(survivor, other)
    may_point = nouns_that_point(pointing)
    if isinstance(survivor, Person):
        return plan_people(survivor, other, keep=keep, pointing=may_point)
    # They are held to be one, under whichever names.
    held_to_be_one = [name for name in ("company", "person") if hasattr(other, name)]
    ways = dict.fromkeys(held_to_be_one, FieldMerge.ADD) | kept_ways(keep)
    if survivor.id == other.id:
        raise InvalidValue("other", ITSELF, {"id": other.id})
    values: dict[str, Any] = {n: _told(other, n) for n in _FIELDS if hasattr(other, n)}
    by_name: dict[str, Iterable[str]] = {
        place: {**getattr(survivor, place), **values[place]}
        for place in ("details", "answers")
        if place in values
    }
    must_be_places(ways, values, "keep", by_name)
    contribution = Contribution(values, ways=ways)
    moved = tuple(noun for noun in may_point if repointed(noun, other, survivor.id))
    return MergePlan(
        survivor=survivor,
        other=other,
        pointing=moved,
        changes=(*contribution.differences(survivor), *_kept_own(survivor, other)),
        objections=tuple(_against(survivor, other, moved)),
        contribution=contribution,
    )


def must_be_alike(survivor: object, other: object) -> None:
    """
    Refuse two that are not two leads, two accounts, nor two people.

    >>> must_be_alike(5, 5)
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: survivor is of the wrong kind: int; allowed: two leads, two ...
    """
    for field, noun in (("survivor", survivor), ("other", other)):
        if not isinstance(noun, (Lead, Account, Person)) or type(noun) is not type(survivor):
            raise WrongKind.of(field, noun, wanted=_OTHER_KIND)


def _told(noun: Any, name: str) -> Any:  # noqa: ANN401 - of any kind
    value = getattr(noun, name)
    return getattr(value, _SUMMED_UP[name]) if name in _SUMMED_UP else value


def _kept_own(survivor: Any, other: Any) -> Iterator[Change]:  # noqa: ANN401 - see plan_merge
    """Say what the survivor keeps, or leaves blank, where the other one says otherwise."""
    for name in _OF_ITS_OWN:
        ours, theirs = getattr(survivor, name, None), getattr(other, name, None)
        if theirs and ours != theirs:
            yield Change(name, ours, theirs, ours, _KEPT if ours else _LEFT_OUT)


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
