"""Giving back two people who were merged, wherever they are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..accounts.account import Account
from ..errors import MoveRefused, Refusal, Text
from ..history.contributed import ContributionWithdrawn
from ..history.person_merged import PersonMerged, person_place, standing_merges
from ..history.timeline import apply, standing_in_the_way
from ..values.members import Members
from ..values.person import Person
from ..values.sameness import member_keys
from .merge_plan import Merged, Pointing, refuse

_PEOPLE_NOT_MERGED = Text(
    "people_not_merged",
    "none of these says that the two were merged",
    "the survivor as it is since, the other one, and their accounts in pointing=",
)
_CORRECTED_SINCE = Text(
    "people_corrected_since",
    "the people of account {id} were corrected since, without the other one",
    "amend them by hand",
)


def undo_people(
    survivor: Person, other: Person, *, pointing: tuple[Pointing, ...], at: datetime, by: str
) -> Merged[Person]:
    """
    Give back two people; see `undo_merge`.

    >>> from datetime import UTC
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> ali, a_karimi = Person("Ali Karimi"), Person("A. Karimi")
    >>> novin = Account.open(id="7", name="Novin", people=[ali, a_karimi], at=monday)
    >>> merged = plan_merge(ali, a_karimi, pointing=[novin]).apply(at=monday)
    >>> undone = undo_people(
    ...     merged.survivor, merged.other, pointing=merged.pointing, at=monday, by=""
    ... )
    >>> [str(person) for person in undone.pointing[0].people]
    ['Ali Karimi', 'A. Karimi']
    """
    merges = (m for noun in pointing for m in _merges(noun))
    merge = next((m for m in merges if _is_of(m, survivor, other)), None)
    if merge is None:
        raise MoveRefused(Refusal("undo", "", (_PEOPLE_NOT_MERGED.objection(),)))
    event = ContributionWithdrawn(at=at, by=by, withdraws=merge.id)
    moved = [noun for noun in pointing if merge.id in standing_merges(noun.timeline)]
    refuse("undo", None, filter(None, (standing_in_the_way(n, at=event.at) for n in moved)))
    done = [apply(noun, event, verb="undo") for noun in moved]
    accounts = [noun for noun in done if isinstance(noun, Account)]
    before = {noun.id: noun for noun in moved if isinstance(noun, Account)}
    unchanged = [noun for noun in accounts if noun.people == before[noun.id].people]
    refuse("undo", None, [_CORRECTED_SINCE.objection(id=noun.id) for noun in unchanged])
    people = [person for noun in accounts for person in noun.people]
    found = Members.of(people, member_keys)
    survivor_at, other_at = person_place(found, merge.survivor), person_place(found, merge.other)
    return Merged(
        merge.survivor if survivor_at is None else found[survivor_at],
        merge.other if other_at is None else found[other_at],
        tuple(done),
        since=tuple(e for noun in moved for e in _after(noun, merge)),
    )


def _merges(noun: Pointing) -> Iterable[PersonMerged]:
    return reversed(standing_merges(noun.timeline).values())


def _is_of(merge: PersonMerged, survivor: Person, other: Person) -> bool:
    return survivor.id == merge.into and (other == merge.other or other.id == merge.gone)


def _after(noun: Pointing, merge: PersonMerged) -> Iterable[object]:
    ids = [getattr(event, "id", "") for event in noun.timeline]
    return noun.timeline[ids.index(merge.id) + 1 :]
