"""Two readings of one list: what is new, what is gone, and what changed, with the events of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from ..accounts.account import Account
from ..errors import WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..opportunities.outcomes import Closing
from ..opportunities.probability import Probability
from ..values.change import Change, ChangeKind
from ..values.company import Company
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.source import Source
from .accounts import account_told_later, named_account
from .rows.later_deals import deal_told_later
from .rows.later_facts import told_later
from .rows.reading import FileReading
from .rows.row_fault import Refused
from .rows.row_outcomes import Accepted, Joined, Repeated

NounT = TypeVar("NounT", bound=Lead | Opportunity | Account)
List: TypeAlias = "Iterable[NounT | Accepted[NounT] | Joined[NounT] | Repeated[NounT] | Refused]"

_NOT_TOLD = frozenset(
    {
        *("id", "timeline", "pipeline", "stage_since", "last_open_stage", "nurtured_from"),
        *("engagement", "steps", "consent", "hand_off", "rest", "_follows"),
    }
)


@attrs.frozen
class ChangedNoun(Generic[NounT]):
    """
    A lead, deal or account that a later list tells otherwise.

    ``entity`` is what stood before, with ``events`` that say what is new; ``changes`` say it value
    by value.

    >>> from datetime import UTC, datetime
    >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> ChangedNoun(deal, deal.move("propose", at=deal.stage_since), (), ()).entity.stage
    'proposal'
    """

    before: NounT
    entity: NounT
    events: tuple[Any, ...]
    changes: tuple[Change, ...]


@attrs.frozen
class ReadingComparison(Generic[NounT]):
    """
    What a later list has, and an earlier one had not; made by `compare_readings`.

    >>> ReadingComparison((), (), (), 7).summary
    '0 new, 0 gone, 0 changed, 7 as before'
    """

    new: tuple[NounT, ...]
    gone: tuple[NounT, ...]
    changed: tuple[ChangedNoun[NounT], ...]
    unchanged: int

    @property
    def summary(self) -> str:
        """How many are new, gone, changed, and as before."""
        counts = f"{len(self.new):,} new, {len(self.gone):,} gone, {len(self.changed):,} changed"
        return f"{counts}, {self.unchanged:,} as before"

    def __str__(self) -> str:
        """Say how many, and below it each change value by value."""
        lines = [self.summary]
        for one in self.changed:
            lines += [f"{one.before.id}:", *(f"  {change}" for change in one.changes)]
        return "\n".join(lines)


def compare_readings(before: List[NounT], after: List[NounT]) -> ReadingComparison[NounT]:
    r"""
    Compare two readings of one list of leads, deals or accounts, such as two weekly exports.

    They are told to be one by their ids; leads also by an address, or by person and company, and
    accounts by name. What a list does not tell any more is kept: only what it tells is
    news, and another spelling is none.

    Args:
        before: the earlier reading, or what was read of it.
        after: the later one.

    >>> from datetime import UTC, datetime
    >>> from io import StringIO
    >>> from salesfunnel.interop import read_opportunities
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> was = read_opportunities(StringIO("Deal,Stage\n7,Meeting\n8,Won\n"), at=monday)
    >>> now = read_opportunities(StringIO("Deal,Stage\n7,Proposal\n9,Won\n"), at=friday)
    >>> found = compare_readings(was, now)
    >>> found.summary
    '1 new, 1 gone, 1 changed, 0 as before'
    >>> [str(change) for change in found.changed[0].changes]
    ['replaced stage: proposal, no longer meeting', 'replaced probability: 0.5, no longer 0.25']
    """
    earlier = {one.id: one for one in _nouns(before)}
    later = tuple(_nouns(after))
    _refuse_two_kinds(*earlier.values(), *later)
    _refuse_readings_of_two_kinds(before, after)
    find = _finder(earlier)
    tells_stage = _tells_stage(after)
    new: list[NounT] = []
    seen: set[str] = set()
    changed: list[ChangedNoun[NounT]] = []
    for told in later:
        known = find(told)
        if known is None or known.id in seen:
            new.append(told)
            continue
        seen.add(known.id)
        entity = _told_later(known, told, tells_stage=tells_stage)
        if entity is not known:
            events = entity.timeline[len(known.timeline) :]
            changes = tuple(differences(known, entity))
            changed.append(ChangedNoun(known, entity, events, changes))
    gone = tuple(one for one in earlier.values() if one.id not in seen)
    return ReadingComparison(tuple(new), gone, tuple(changed), len(seen) - len(changed))


def _nouns(rows: Iterable[Any]) -> Iterator[Any]:
    """Give each noun once, from rows or from a plain list."""
    for row in rows:
        noun = row.entity if isinstance(row, Accepted) else row
        if isinstance(noun, (Lead, Opportunity, Account)):
            yield noun
        elif not isinstance(noun, (Joined, Repeated, Refused)):
            raise WrongKind.of(
                "list", noun, wanted="leads, deals or accounts, or a reading of them"
            )


def _refuse_readings_of_two_kinds(before: object, after: object) -> None:
    """Refuse to compare a list of leads with one of deals, even if nothing stands in it."""
    kinds = [one.columns.noun.kind for one in (before, after) if isinstance(one, FileReading)]
    if len(set(kinds)) > 1:
        wanted = f"two lists of the same kind, here {kinds[0].title()}"
        raise WrongKind.of("list", after, wanted=wanted)


def _refuse_two_kinds(*nouns: object) -> None:
    """Refuse to compare leads with deals: none of either would be found in the other."""
    for noun in nouns:
        if type(noun) is not type(nouns[0]):
            wanted = f"two lists of the same kind, here {type(nouns[0]).__name__}"
            raise WrongKind.of("list", noun, wanted=wanted)


def _finder(earlier: Mapping[str, Any]) -> Callable[[Any], Any]:
    from ..duplicates.known_leads import KnownLeads  # noqa: PLC0415 - few compare

    leads = KnownLeads(one for one in earlier.values() if isinstance(one, Lead))
    named = {named_account(one.name): one for one in earlier.values() if isinstance(one, Account)}

    def find(told: Any) -> Any:  # noqa: ANN401 - one noun of three
        if isinstance(told, Lead):
            return leads.find(told)
        same = earlier.get(told.id)
        if same is None and isinstance(told, Account):
            return named.get(named_account(told.name))
        return same

    return find


def _tells_stage(rows: object) -> bool:
    """Tell whether a list has a column that says where each stands."""
    if not isinstance(rows, FileReading):
        return True
    return not {"stage", "outcome", "converted"}.isdisjoint(rows.columns.places)


def _told_later(known: Any, told: Any, *, tells_stage: bool) -> Any:  # noqa: ANN401 - as above
    if isinstance(known, Lead):
        return told_later(known, told, tells_stage=tells_stage)
    if isinstance(known, Opportunity):
        return deal_told_later(known, told, tells_stage=tells_stage)
    return account_told_later(known, told)


def differences(before: object, after: object) -> Iterator[Change]:
    """
    List value by value in what two states of a lead, deal or account differ.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> novin = Account.open(id="7", name="Novin", at=monday)
    >>> [str(change) for change in differences(novin, novin.assign("Ani", at=monday))]
    ['filled   owner: Ani']
    """
    was, now = dict(_facts(before)), dict(_facts(after))
    for place in {**was, **now}:
        one, other = was.get(place), now.get(place)
        if isinstance(one, tuple) or isinstance(other, tuple):
            members = one or (), other or ()
            yield from _members(place, *members)
        elif one != other:
            kind = ChangeKind.FILLED if _is_blank(one) else ChangeKind.REPLACED
            yield Change(place, one, other, other, kind)


def _members(place: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    for member in after:
        if member not in before:
            yield Change(place, None, member, member, ChangeKind.ADDED)
    for member in before:
        if member not in after:
            yield Change(place, member, None, None, ChangeKind.REPLACED)


def _facts(value: object, within: str = "") -> Iterator[tuple[str, Any]]:
    """List what is known of a noun, place by place."""
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # an attrs class
        if not within and field.name in _NOT_TOLD:
            continue
        place, fact = f"{within}{field.name}", getattr(value, field.name)
        if isinstance(fact, (Person, Company, Closing)):
            yield from _facts(fact, f"{place}.")
        elif isinstance(fact, Probability):
            yield place, fact.value
        elif isinstance(fact, FrozenMap):
            yield from ((f"{place}.{name}", part) for name, part in fact.items())
        else:
            yield place, fact


def _is_blank(value: object) -> bool:
    return value is Source.OTHER or value in (None, "", ())
