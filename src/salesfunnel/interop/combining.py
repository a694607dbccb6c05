"""
Files of one system put together: each lead, deal and account with all that the files tell of it.

Leads, deals, accounts, people, stage histories and activities are read one by one, and know each
other by ids, or by the names of the firms. Here they meet: people come to their accounts, the lines
of a history and the activities to the timelines that they are about. Where one file contradicts
another both stay as they are, and the contradiction is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import attrs

from ..accounts.account import Account
from ..errors import SalesFunnelError, Text
from ..history.contributed import contribute
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.contribution import Contribution
from ..values.converters import maybe
from ..values.instants import instant
from .accounts import named_account
from .activity_lines import ActivityLine
from .crossing import begun_anew, contradictions_of, linked
from .given_lists import each_given
from .mapping.mapping import SHIPPED, FileMapping, load_mapping
from .mapping.mapping_choice import Kind, mapping_of_kind
from .mapping.noun_mapping import NounMapping
from .people import AccountPerson
from .rows.file_contradiction import FileContradiction
from .rows.history_values import against_values
from .rows.reading import FileReading
from .rows.row_fault import Refused
from .rows.row_outcomes import Accepted, Joined, Repeated
from .rows.stage_timelines import against_history, entries_of, with_history
from .stage_lines import StageLine

EntityT = TypeVar("EntityT")
Rows: TypeAlias = (
    "Iterable[EntityT | Accepted[EntityT] | Joined[EntityT] | Repeated[EntityT] | Refused]"
)
Line: TypeAlias = "AccountPerson | StageLine | ActivityLine"

_NO_ACCOUNT = Text("person_without_account", "account {account} of person {person} is in no file")
_NO_HISTORY = Text("history_of_unknown", "a stage history is that of {of}, which is in no file")
_NO_TIMELINE = Text(
    "history_without_timeline", "the history of {of} makes no timeline with it: {problem}"
)
_NOTHING_MET = Text(
    "activity_of_unknown", "activity {activity} is about {about}, which is in no file"
)


@attrs.frozen(kw_only=True)
class Combined:
    """
    What several files tell together, made by `combine`.

    >>> from datetime import UTC
    >>> combine(at=datetime(2026, 3, 2, tzinfo=UTC)).contradictions
    ()
    """

    leads: tuple[Lead, ...]
    opportunities: tuple[Opportunity, ...]
    accounts: tuple[Account, ...]
    people: tuple[AccountPerson, ...]
    """All people, also those whose account is in no file."""
    left_out: tuple[Line, ...]
    """Lines that are about nothing in the files, and activities that were dropped."""
    contradictions: tuple[FileContradiction, ...]


def combine(
    *,
    at: datetime,
    leads: Rows[Lead] = (),
    opportunities: Rows[Opportunity] = (),
    accounts: Rows[Account] = (),
    people: Rows[AccountPerson] = (),
    history: Rows[StageLine] = (),
    activities: Rows[ActivityLine] = (),
    mapping: FileMapping | None = None,
) -> Combined:
    r"""
    Put several files of one system together; each may be a reading, or a list of what was read.

    Anything else, such as a path or a list of another kind, is refused with `WrongKind`.

    Args:
        at: the instant of the import, the same as that of the readings.
        leads: with the links of those that were converted.
        opportunities: each gets the lead that names it, and the account of the name it gives.
        accounts: each gets its people, with their addresses.
        people: whom to put into the accounts.
        history: the lines of stage histories, of deals and leads alike.
        activities: logged, or planned as next steps, with the lead and the deal that they name,
            else with the account, else with the account of the person.
        mapping: whose words of stages a history is in. Without one they are those by which the
            deals and leads were read, where these are readings.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> from salesfunnel.interop import read_opportunities, read_stage_history
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deals = read_opportunities(StringIO("Deal ID,Stage\n7,Won\n"), at=monday)
    >>> lines = StringIO("Deal ID,Stage,Entered\n7,Meeting,2026-01-05\n7,Won,2026-02-02\n")
    >>> found = combine(opportunities=deals, history=read_stage_history(lines), at=monday)
    >>> [(event.to_stage, event.at.day) for event in found.opportunities[0].timeline]
    [('meeting', 5), ('won', 2)]
    """
    now = instant(at)
    maybe(FileMapping, mapping, "mapping")
    files = _Files(
        now,
        leads={one.id: one for one in each_given(leads, "leads")},
        deals={one.id: one for one in each_given(opportunities, "opportunities")},
        accounts={one.id: one for one in each_given(accounts, "accounts")},
    )
    files.put_people(each_given(people, "people"))
    files.name_accounts()
    files.leads, files.deals = linked(files.leads, files.deals)
    words = _words(opportunities, "opportunity", mapping), _words(leads, "lead", mapping)
    files.put_history(each_given(history, "history"), *words)
    files.put_activities(each_given(activities, "activities"))
    files.found += contradictions_of(files.leads, files.deals, files.accounts)
    return Combined(
        leads=tuple(files.leads.values()),
        opportunities=tuple(files.deals.values()),
        accounts=tuple(files.accounts.values()),
        people=tuple(files.people.values()),
        left_out=tuple(files.left_out),
        contradictions=tuple(dict.fromkeys(files.found)),
    )


def _words(read: Iterable[Any], kind: Kind, mapping: FileMapping | None) -> NounMapping:
    """Find the words in which the stages of deals or of leads are told."""
    if mapping is None and isinstance(read, FileReading):
        mapping = read.mapping
    return mapping_of_kind(mapping or load_mapping(SHIPPED[0]), kind)


@attrs.define
class _Files:
    """The files while they are put together: each noun by its id, and what was found on the way."""

    at: datetime
    leads: dict[str, Lead]
    deals: dict[str, Opportunity]
    accounts: dict[str, Account]
    people: dict[str, AccountPerson] = attrs.field(factory=dict)
    left_out: list[Line] = attrs.field(factory=list)
    found: list[FileContradiction] = attrs.field(factory=list)
    _by_name: dict[str, str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out by which id an account is named where only its name is told."""
        self._by_name = {named_account(one.name): one.id for one in self.accounts.values()}

    def account_of(self, named: str) -> str:
        """Return the id of the account that is named by its id, or by one that its name gives."""
        return named if named in self.accounts else self._by_name.get(named, named)

    def put_people(self, people: Iterable[AccountPerson]) -> None:
        """Put people into their accounts."""
        members: dict[str, list[AccountPerson]] = {}
        for told in people:
            person = attrs.evolve(told, account_id=self.account_of(told.account_id))
            self.people[person.id] = person
            members.setdefault(person.account_id, []).append(person)
        for account, of_account in members.items():
            if account in self.accounts:
                self.accounts[account] = _with_people(self.accounts[account], of_account)
            elif account and self.accounts:
                for one in of_account:
                    named = {"account": account, "person": one.id}
                    self.found.append(FileContradiction(_NO_ACCOUNT, named))

    def name_accounts(self) -> None:
        """Let deals that name their account find the one of that name."""
        for deal in tuple(self.deals.values()):
            account = self.account_of(deal.account_id)
            if account != deal.account_id:
                self.deals[deal.id] = begun_anew(deal, account_id=account)

    def put_history(
        self, lines: Iterable[StageLine], of_deals: NounMapping, of_leads: NounMapping
    ) -> None:
        """Put the lines of stage histories on the timelines of deals and leads, by their words."""
        by_noun: dict[str, list[StageLine]] = {}
        for line in lines:
            by_noun.setdefault(line.of, []).append(line)
        for of, told in by_noun.items():
            is_deal = of in self.deals
            nouns: dict[str, Any] = self.deals if is_deal else self.leads
            if of not in nouns:
                self.left_out += told
                self.found.append(FileContradiction(_NO_HISTORY, {"of": of}))
                continue
            noun = nouns[of]
            words = of_deals if is_deal else of_leads
            entries, strange = entries_of(told, noun.pipeline, words, at=self.at)
            self.found += (*strange, *against_history(noun, entries))
            if is_deal:
                self.found += against_values(noun, told)
            try:
                nouns[of] = with_history(noun, entries, lines=told)
            except SalesFunnelError as error:
                self.left_out += told
                self.found.append(
                    FileContradiction(_NO_TIMELINE, {"of": of, "problem": str(error)})
                )

    def put_activities(self, lines: Iterable[ActivityLine]) -> None:
        """Put activities on the timelines that they are about."""
        by_noun: dict[str, list[ActivityLine]] = {}
        for line in lines:
            targets = [] if line.status == "dropped" else self._targets(line)
            for target in targets:
                by_noun.setdefault(target, []).append(line)
            if not targets:
                self.left_out.append(line)
            if not targets and line.status != "dropped" and line.about:
                named = {"activity": line.id, "about": ", ".join(line.about)}
                self.found.append(FileContradiction(_NOTHING_MET, named))
        files: tuple[dict[str, Any], ...] = (self.deals, self.leads, self.accounts)
        for nouns in files:
            for one in nouns.keys() & by_noun.keys():
                nouns[one] = self._with_activities(nouns[one], by_noun[one])

    def _targets(self, line: ActivityLine) -> list[str]:
        """Name the deals and leads that it is about, else the accounts, else those of people."""
        own = [one for one in line.about if one in self.deals or one in self.leads]
        if own:
            return own
        accounts = [self.account_of(one) for one in line.about]
        people = [self.people[one].account_id for one in line.about if one in self.people]
        for named in (accounts, people):
            if known := [one for one in named if one in self.accounts]:
                return list(dict.fromkeys(known))
        return []

    def _with_activities(self, noun: Any, lines: list[ActivityLine]) -> Any:  # noqa: ANN401 - any noun
        began = noun.timeline[0].at
        events = []
        for line in lines:
            # A step is planned by now at the latest; what was done is entered when it was done.
            entered = min(line.day, self.at) if line.status == "planned" else line.day
            events.append(self._with_name(line).event(at=max(began, entered)))
        return type(noun).replay([*noun.timeline, *events])

    def _with_name(self, line: ActivityLine) -> ActivityLine:
        """Name the person of an activity that only has the id."""
        if line.person:
            return line
        names = (self.people[one].person.name for one in line.about if one in self.people)
        return attrs.evolve(line, person=next(names, ""))


def _with_people(account: Account, people: list[AccountPerson]) -> Account:
    """Put people into an account, each with the addresses that are the person's own."""
    at = max(account.timeline[-1].at, *(one.since for one in people))
    return contribute(account, Contribution({"people": [one.person for one in people]}), at=at)
