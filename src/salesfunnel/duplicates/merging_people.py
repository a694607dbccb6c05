"""Merging two people that are one: at their accounts, and wherever they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import SimpleNamespace

import attrs

from ..accounts.account import Account
from ..accounts.people import person_id
from ..errors import InvalidValue, Objection, Refusal, Text
from ..history.person_merged import PersonMerged, person_place
from ..history.timeline import apply, standing_in_the_way
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.change import Change
from ..values.contributable import must_be_places
from ..values.contribution import Contribution
from ..values.field_merge import FieldMerge
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.members import Members
from ..values.person import Person
from ..values.sameness import member_keys
from .merge_plan import ITSELF, STALE, Kept, Merged, Pointing, kept_ways, refusal_of, refuse

_STRANGER = Text(
    "merge_of_stranger",
    "{field} is one of the people of no account",
    "give the account in pointing=",
)
_ERASED = Text("merge_of_erased", "who was erased cannot be merged", "leave the mark as it is")
_PARTS = tuple(
    field.name for field in attrs.fields(Person) if field.name not in {"id", "is_erased"}
)


@attrs.frozen(kw_only=True)
class PeopleMergePlan:
    """
    What a merge of two people will do, value by value, and where. Print it before you apply it.

    ``pointing`` are the accounts, deals and leads that name one of them. The text shows values,
    the representation does not.

    >>> from datetime import UTC
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> sara, s_ahmadi = Person("Sara Ahmadi"), Person("S. Ahmadi", job_title="Buyer")
    >>> novin = Account.open(id="7", name="Novin", people=[sara, s_ahmadi], at=monday)
    >>> print(plan_merge(sara, s_ahmadi, pointing=[novin]))
    merge of two people
      kept     name: Sara Ahmadi, not S. Ahmadi
      filled   job_title: Buyer
      change   7
    """

    survivor: Person
    other: Person
    pointing: tuple[Pointing, ...]
    changes: tuple[Change, ...] = attrs.field(repr=False)
    objections: tuple[Objection, ...]
    _ids: tuple[str, str] = attrs.field(alias="ids")
    _contribution: Contribution = attrs.field(alias="contribution")

    @property
    def refusal(self) -> Refusal | None:
        """What speaks against the merge, all of it; ``None`` where it can be applied."""
        return refusal_of("merge", None, self.objections)

    def apply(
        self, *, at: datetime, pointing: Iterable[Pointing] | None = None, by: str = ""
    ) -> Merged[Person]:
        """
        Carry the plan out. Raises `MoveRefused` where something speaks against it.

        Pass the nouns as they stand now, as ``pointing``, to have the plan checked.

        >>> from datetime import UTC
        >>> from salesfunnel.duplicates import plan_merge
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ali, a_karimi = Person("Ali Karimi"), Person("A. Karimi")
        >>> novin = Account.open(id="7", name="Novin", people=[ali, a_karimi], at=monday)
        >>> [novin] = plan_merge(ali, a_karimi, pointing=[novin]).apply(at=monday).pointing
        >>> [str(person) for person in novin.people]
        ['Ali Karimi']
        """
        moment: datetime = instant(at)
        today = {(type(noun), noun.id): noun for noun in pointing or ()}
        against = [
            *self.objections,
            *(
                STALE.objection(id=noun.id)
                for noun in self.pointing
                if today.get((type(noun), noun.id), noun) != noun
            ),
            *(found for noun in self.pointing if (found := standing_in_the_way(noun, at=moment))),
        ]
        refuse("merge", None, against)
        event = self._event(at=at, by=by)
        return Merged(
            event.merged(self.survivor, self.other),
            self.other,
            tuple(apply(noun, event, verb="merge") for noun in self.pointing),
        )

    def _event(self, *, at: datetime, by: str) -> PersonMerged:
        gone, into = self._ids
        versions = (f"{noun.id} {noun.version}" for noun in self.pointing)
        return PersonMerged(
            at=at,
            by=by,
            id=derived_id("merge", into, gone, *versions),
            gone=gone,
            into=into,
            survivor=self.survivor,
            contribution=self._contribution,
        )

    def __str__(self) -> str:
        """Print what will be done, with the values."""
        lines = ["merge of two people", *map(str, self.changes)]
        lines += [f"change   {noun.id}" for noun in self.pointing]
        lines += [] if self.refusal is None else [str(self.refusal)]
        return "\n  ".join(lines)


def plan_people(
    survivor: Person,
    other: Person,
    *,
    keep: Mapping[str, Kept | str] | None,
    pointing: tuple[Pointing, ...],
) -> PeopleMergePlan:
    """
    Plan the merge of two people; see `plan_merge`.

    >>> ali = Person("Ali", id="1")
    >>> plan_people(ali, Person("A.", id="2"), keep=None, pointing=()).refusal is None
    True
    """
    into, gone = (
        _id_of(survivor, other, pointing, "survivor"),
        _id_of(other, survivor, pointing, "other"),
    )
    if survivor == other:
        raise InvalidValue("other", ITSELF, {"id": gone})
    told = kept_ways(keep)
    must_be_places(told, _PARTS, "keep")
    within = {
        place if place == "contact_points" else f"person.{place}": way
        for place, way in told.items()
    }
    bare = attrs.evolve(other, contact_points=())
    contribution = Contribution(
        {"person": bare, "contact_points": other.contact_points},
        ways={"person": FieldMerge.ADD, **within},
    )
    plan = PeopleMergePlan(
        survivor=survivor,
        other=other,
        pointing=(),
        changes=_changes(survivor, contribution),
        objections=tuple(_against(survivor, other)),
        ids=(gone, into),
        contribution=contribution,
    )
    return attrs.evolve(plan, pointing=tuple(_naming(plan, pointing)))


def _id_of(person: Person, partner: Person, pointing: Iterable[Pointing], field: str) -> str:
    """Give the id by which a person is named: its own, or that at an account, best of both."""
    homes = [
        noun for noun in pointing if isinstance(noun, Account) and _place(noun, person) is not None
    ]
    if not person.id and not homes:
        raise InvalidValue(field, _STRANGER)
    both = [home for home in homes if _place(home, partner) is not None]
    apart = [home for home in both if _place(home, partner) != _place(home, person)]
    if both and not apart:
        raise InvalidValue("other", ITSELF, {"id": person_id(both[0].id, person)})
    return person.id or person_id((*apart, *homes)[0].id, person)


def _place(account: Account, person: Person) -> int | None:
    return person_place(Members.of(account.people, member_keys), person)


def _changes(survivor: Person, contribution: Contribution) -> tuple[Change, ...]:
    """List the differences by the parts of a person; of the two ids that of the survivor stays."""
    known = SimpleNamespace(person=survivor, contact_points=survivor.contact_points)
    return tuple(
        attrs.evolve(change, place=change.place.removeprefix("person."))
        for change in contribution.differences(known)
        if change.place != "person.id"
    )


def _against(survivor: Person, other: Person) -> Iterator[Objection]:
    if survivor.is_erased or other.is_erased:
        yield _ERASED.objection()


def _naming(plan: PeopleMergePlan, pointing: Iterable[Pointing]) -> Iterator[Pointing]:
    """Find the nouns that name one of the two, and that the merge changes."""
    ids = {*plan._ids}  # noqa: SLF001 - its own file
    homes = {
        noun.id
        for noun in pointing
        if isinstance(noun, Account) and any(person_id(noun.id, one) in ids for one in noun.people)
    }
    for noun in pointing:
        home = noun.id if isinstance(noun, Account) else noun.account_id
        is_near = home in homes or not ids.isdisjoint(_named(noun))
        if is_near and plan._event(at=noun.timeline[-1].at, by="").changes(noun):  # noqa: SLF001 - as above
            yield noun


def _named(noun: Pointing) -> Iterator[str]:
    """List the ids of people that a noun names."""
    yield from (word.person for word in noun.consent.words)
    if isinstance(noun, Lead):
        yield noun.contact_id
        yield noun.person.id if noun.person else ""
    elif isinstance(noun, Opportunity):
        yield from (contact.person.id for contact in noun.contacts)
