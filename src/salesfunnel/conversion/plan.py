"""
The plan of a conversion: look first, then apply all of it or nothing.

Planning changes nothing. The ids are derived from the lead's, so that converting twice, after a
crash or by two people, gives the same account and the same opportunity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from types import SimpleNamespace
from typing import Any, Final, TypeVar

import attrs

from ..accounts.account import Account
from ..accounts.people import find_people, person_id
from ..activities.consents import ConsentRegister
from ..activities.engagement import Engagement
from ..activities.steps import Steps
from ..errors import ConversionRefused, InvalidValue, MoveRefused, Objection, Refusal, Text
from ..history.contributed import Contributed
from ..history.timeline import apply, follow, standing_in_the_way
from ..leads.deciding import assessed_by
from ..leads.events import LeadConverted
from ..leads.lead import Lead
from ..opportunities import contacts
from ..opportunities.contacts import Involvement
from ..opportunities.opportunity import Opportunity
from ..pipeline.codes import unknown_code
from ..pipeline.judging import Permit, granted
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.code_lists import OTHER
from ..pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ..qualification.assessment import Verdict
from ..qualification.policy import Policy
from ..values import converters
from ..values.change import Change, ChangeKind
from ..values.contribution import Contribution, member_keys, places_of
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.members import Members
from ..values.money import Money
from ..values.person import Person
from ..values.source import Source
from .carrying import Cargo, cargo_for, decisions, settled
from .conversion import Conversion
from .likely import KnownAccounts, bears_other_name
from .mapping import STANDARD_MAPPING, Carried, ConversionMapping, Dropped
from .undoing import id_of_conversion, id_of_new_account, id_of_new_opportunity

_STALE_PLAN = Text("stale_plan", "the {noun} has changed since the plan was made", "plan again")
_AMBIGUOUS = Text(
    "ambiguous",
    "the lead may belong to {accounts}",
    "give account=, or leave among= out to open a new account",
)
_OTHER_COMPANY = Text(
    "other_company",
    "the account bears another name than the {fact} of the lead",
    "give the right account, or decide={{'{fact}': 'lead' or 'keep'}}",
)
_CONTACT_ELSEWHERE = Text(
    "contact_elsewhere", "the contact is not one of the account's people", "give one of its people"
)
_AMBIGUOUS_PERSON = Text(
    "ambiguous_person",
    "the account has {number} people of that name",
    "give them ids or addresses that tell which is which",
)
_DEAL_CLOSED = Text(
    "deal_closed", "the opportunity is closed ({stage})", "reopen it first, or open a new one"
)
_DEAL_OF_OTHER_ACCOUNT = Text(
    "deal_of_other_account", "the opportunity belongs to account {account_id}", "give that account"
)
_CONFLICT = Text(
    "conflict",
    "the {noun} has another {fact} than the lead",
    "decide={{'{fact}': 'lead' or 'keep'}}",
)
_REQUALIFY = Text(
    "requalify", "{policy} does not qualify the lead any more: {summary}", "qualify it again"
)
_DEAL_WANTED = Text(
    "deal_wanted",
    "{field} is None, but a name, an amount or a day is given for it",
    "NEW, or an open deal",
)
_NO_DEAL = Text("no_deal", "there is no opportunity, and the lead keeps it")


class Opening(Enum):
    """
    What a conversion opens, where nothing is given that exists.

    >>> from datetime import UTC, datetime
    >>> lead = Lead.capture(company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> draft_conversion(lead, opportunity=NEW) == draft_conversion(lead)
    True
    """

    NEW = "new"


NEW: Final = Opening.NEW
"""A new opportunity, as a conversion opens one unless it is told otherwise."""

NounT = TypeVar("NounT", Account, Opportunity)

_SET_BY_CONVERSION = ("stage", "account_id", "opportunity_id", "contact_id")

_NO_ACCOUNT = SimpleNamespace(
    name="",
    company=None,
    people=(),
    contact_points=(),
    source=Source.OTHER,
    source_words="",
    details=FrozenMap[str, Any](),
    lead_ids=(),
    steps=Steps(),
    consent=ConsentRegister(),
    engagement=Engagement(),
)
_NO_OPPORTUNITY = SimpleNamespace(
    name="",
    account_id="",
    contacts=(),
    answers=FrozenMap[str, Any](),
    source=Source.OTHER,
    source_words="",
    details=FrozenMap[str, Any](),
    lead_ids=(),
    amount=None,
    expected_close=None,
    steps=Steps(),
    consent=ConsentRegister(),
    engagement=Engagement(),
)
_AFTERWARDS = ("steps", "consent", "engagement")  # what no noun is opened with


@attrs.frozen(kw_only=True)
class ConversionPlan:
    """
    What a conversion will do, value by value. Print it before you apply it.

    ``changes`` lists each value that will differ and each that will not be taken, and ``refusal``
    says what speaks against it. ``contact_id`` is the id by which the account knows the person. The
    text shows values, the representation does not.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
    >>> plan = plan_conversion(lead, expected_close=date(2026, 6, 30))
    >>> [str(change) for change in plan.changes if "company" in change.place]
    ['filled   account.company.name: Novin Tejarat']
    """

    lead: Lead
    account: Account | None
    opportunity: Opportunity | Opening | None
    contact_id: str
    pipeline: Pipeline
    policy: Policy | None = attrs.field(repr=False)
    planned_at: datetime
    changes: tuple[Change, ...] = attrs.field(repr=False)
    objections: tuple[Objection, ...]
    _for_account: Contribution = attrs.field(alias="for_account")
    _for_opportunity: Contribution | None = attrs.field(alias="for_opportunity")
    _owned_by: Mapping[str, Mapping[str, Any]] = attrs.field(alias="owned_by", repr=False)

    @property
    def account_id(self) -> str:
        """The id of the account: that of the one given, or one derived from the lead's."""
        return self.account.id if self.account else id_of_new_account(self.lead)

    @property
    def opportunity_id(self) -> str:
        """The id of the opportunity: of the one given, or derived from the lead's; or blank."""
        if isinstance(self.opportunity, Opportunity):
            return self.opportunity.id
        return "" if self.opportunity is None else id_of_new_opportunity(self.lead)

    @property
    def refusal(self) -> Refusal | None:
        """What speaks against the conversion, all of it; ``None`` where it can be applied."""
        return self._refusal(at=self.planned_at)

    def apply(
        self,
        *,
        at: datetime,
        lead: Lead | None = None,
        account: Account | None = None,
        opportunity: Opportunity | None = None,
        by: str = "",
    ) -> Conversion:
        """
        Carry the plan out. Raises `ConversionRefused` when one of the nouns has moved on since.

        Pass them as they stand now, as ``lead``, ``account`` and ``opportunity``, to have the plan
        checked. A time before the last event of one is refused too, with the code ``too_early``.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
        >>> plan = plan_conversion(lead)
        >>> plan.apply(at=monday) == plan.apply(at=monday)
        True
        """
        now = {
            "lead": (converters.maybe(Lead, lead, "lead"), self.lead),
            "account": (converters.maybe(Account, account, "account"), self.account),
            "opportunity": (
                converters.maybe(Opportunity, opportunity, "opportunity"),
                self.opportunity,
            ),
        }
        stale = tuple(
            _STALE_PLAN.objection(noun=what)
            for what, (today, planned) in now.items()
            # Comparing an account with itself would take as long as it has people.
            if today is not None and today is not planned and today != planned
        )
        if stale:
            raise ConversionRefused(Refusal("convert", self.lead.stage, stale))
        refusal = self._refusal(at=at)
        if refusal is not None:
            raise ConversionRefused(refusal)
        permit = granted(self.lead.decide("convert", at=at, account=self.account_id))
        converted = LeadConverted(
            at=at,
            by=by,
            **permit.way,
            account_id=self.account_id,
            opportunity_id=self.opportunity_id,
            contact_id=self.contact_id,
            conversion_id=id_of_conversion(self.lead),
        )
        return Conversion(
            apply(self.lead, converted, verb="convert"),
            self._account(at=at, by=by),
            self._opportunity(at=at, by=by),
        )

    def text(self, *, values: bool = True) -> str:
        """
        Print what will be done: what is created or completed, and each value; or without values.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(id="7", company="Novin", stage="qualified", at=monday)
        >>> print(plan_conversion(lead, opportunity=None).text(values=False))
        conversion of lead 7
          create account ...
          open no opportunity
          added    account.lead_ids
          filled   account.company.name
          ...
        """
        account = "complete" if self.account else "create"
        if isinstance(self.opportunity, Opportunity):
            deal = f"complete opportunity {self.opportunity_id}"
        elif self.opportunity is None:
            deal = "open no opportunity"
        else:
            deal = f"create opportunity {self.opportunity_id}"
        return "\n  ".join(
            [
                f"conversion of lead {self.lead.id}",
                f"{account} account {self.account_id}",
                deal,
                *(self._in_words(change).text(values=values) for change in self.changes),
            ]
        )

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for a page that shows it before it is applied.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(id="7", company="Novin", stage="qualified", at=monday)
        >>> plan_conversion(lead).as_data()["allowed"]
        True
        """
        refusal = self.refusal
        return {
            "allowed": refusal is None,
            "lead": {"id": self.lead.id, "version": self.lead.version},
            "account": {"id": self.account_id, "is_new": self.account is None},
            "opportunity": {
                "id": self.opportunity_id,
                "is_new": not isinstance(self.opportunity, Opportunity),
            }
            if self.opportunity is not None
            else None,
            "contact_id": self.contact_id,
            "planned_at": self.planned_at.isoformat(),
            "changes": [change.as_data() for change in self.changes],
            "refusal": None if refusal is None else refusal.as_data(),
        }

    def __str__(self) -> str:
        """Print what will be done, with the values."""
        return self.text()

    def _in_words(self, change: Change) -> Change:
        """Name the roles of people as the pipeline of the deal does."""
        deal = self.opportunity
        roles = (deal.pipeline if isinstance(deal, Opportunity) else self.pipeline).roles
        told: dict[str, Any] = {
            name: value.in_words(roles)
            for name in ("before", "offered", "after")
            if isinstance(value := getattr(change, name), Involvement)
        }
        return attrs.evolve(change, **told) if told else change

    def _refusal(self, *, at: datetime) -> Refusal | None:
        found = dict.fromkeys((*self._against(at=at), *self.objections))
        return Refusal("convert", self.lead.stage, tuple(found)) if found else None

    def _against(self, *, at: datetime) -> Iterator[Objection]:
        """List what the nouns have against it at an instant, the gates of the first stage too."""
        verdict = self.lead.decide("convert", at=at, account=self.account_id)
        if isinstance(verdict, Refusal):
            yield from verdict.objections
        elif self.policy is not None:
            assessment = assessed_by(self.policy, self.lead, at=at)
            if assessment.verdict is not Verdict.QUALIFIED:
                yield _REQUALIFY.objection(policy=assessment.policy, summary=assessment.summary)
        for noun in (self.account, self.opportunity):
            if isinstance(noun, (Account, Opportunity)) and (
                objection := standing_in_the_way(noun, at=instant(at))
            ):
                yield objection
        if self.opportunity is NEW:
            try:
                self._opportunity(at=at, by="")
            except MoveRefused as refused:
                yield from refused.refusal.objections

    def _account(self, *, at: datetime, by: str) -> Account:
        if self.account is not None:
            return self._completed(self.account, self._for_account, at=at, by=by)
        values, _ = self._for_account.put_into(_NO_ACCOUNT)
        values = {name: values[name] for name in values if name not in _AFTERWARDS}
        owned = self._owned_by["account"]
        account = Account.open(at=at, by=by, id=self.account_id, **values, **owned)
        return self._begun(account, self._for_account, at=at, by=by)

    def _opportunity(self, *, at: datetime, by: str) -> Opportunity | None:
        if self._for_opportunity is None:
            return None
        if isinstance(self.opportunity, Opportunity):
            return self._completed(self.opportunity, self._for_opportunity, at=at, by=by)
        values, _ = self._for_opportunity.put_into(_NO_OPPORTUNITY)
        values = {name: values[name] for name in values if name not in _AFTERWARDS}
        owned = self._owned_by["opportunity"]
        deal = Opportunity.open(
            at=at, by=by, id=self.opportunity_id, pipeline=self.pipeline, **values, **owned
        )
        return self._begun(deal, self._for_opportunity, at=at, by=by)

    def _begun(self, noun: NounT, contribution: Contribution, *, at: datetime, by: str) -> NounT:
        """Give what is new the steps of the lead, what was consented to, and when it was heard."""
        told = contribution.values
        further = {name: told[name] for name in _AFTERWARDS if told.get(name)}
        if not further:
            return noun
        return self._completed(noun, Contribution(further), at=at, by=by)

    def _completed(
        self, noun: NounT, contribution: Contribution, *, at: datetime, by: str
    ) -> NounT:
        event = Contributed(at=at, by=by, id=id_of_conversion(self.lead), contribution=contribution)
        return follow(noun, event)


def plan_conversion(
    lead: Lead,
    *,
    account: Account | None = None,
    contact: Person | str | None = None,
    opportunity: Opportunity | Opening | None = NEW,
    among: Iterable[Account] | KnownAccounts = (),
    mapping: ConversionMapping = STANDARD_MAPPING,
    decide: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    amount: Money | None = None,
    expected_close: date | None = None,
    name: str = "",
    role: str | None = None,
    pipeline: Pipeline = OPPORTUNITY_PIPELINE,
) -> ConversionPlan:
    """
    Plan the conversion of a qualified lead. Raises `ConversionRefused` with every reason.

    Args:
        lead: the lead.
        account: an account that exists; a new one is opened without it.
        contact: who of its people the lead's person is, where the names differ; by id, address
            or name.
        opportunity: an open deal that exists, ``NEW``, or ``None`` for none at all.
        among: the accounts there are; where the lead may belong to one of them, none is chosen.
        mapping: what becomes of each field.
        decide: by the place at the lead, such as company.city: its value (lead), or what stands
            there (keep).
        policy: a policy that must still qualify the lead.
        amount: what the deal is worth.
        expected_close: when it is expected to close.
        name: how it is called; by the company or the person if it is left out.
        role: the part of the person; that of the lead unless given, or decision maker if authority
            was answered with yes.
        pipeline: the pipeline of a new deal.

    >>> from datetime import UTC, datetime
    >>> plan_conversion(Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC)))
    Traceback (most recent call last):
    salesfunnel.errors.ConversionRefused: cannot convert: the stage is new (convert is possible ...
    """
    plan = draft_conversion(
        lead,
        account=account,
        contact=contact,
        opportunity=opportunity,
        among=among,
        mapping=mapping,
        decide=decide,
        policy=policy,
        amount=amount,
        expected_close=expected_close,
        name=name,
        role=role,
        pipeline=pipeline,
    )
    refusal = plan.refusal
    if refusal is not None:
        raise ConversionRefused(refusal)
    return plan


def draft_conversion(
    lead: Lead,
    *,
    account: Account | None = None,
    contact: Person | str | None = None,
    opportunity: Opportunity | Opening | None = NEW,
    among: Iterable[Account] | KnownAccounts = (),
    mapping: ConversionMapping = STANDARD_MAPPING,
    decide: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    amount: Money | None = None,
    expected_close: date | None = None,
    name: str = "",
    role: str | None = None,
    pipeline: Pipeline = OPPORTUNITY_PIPELINE,
) -> ConversionPlan:
    """
    Plan a conversion as `plan_conversion` does, also where it is refused: ``refusal`` says why.

    So a form can show both values of a conflict, and many leads can be planned without a ``try``.

    >>> from datetime import UTC, datetime
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> draft_conversion(lead).refusal.code
    'not_from_here'
    """
    converters.one(Lead, lead, "lead")
    converters.maybe(Account, account, "account")
    converters.one(Pipeline, pipeline, "pipeline")
    if opportunity is not NEW:
        converters.maybe(Opportunity, opportunity, "opportunity")
    if opportunity is None and (name or amount is not None or expected_close is not None):
        raise InvalidValue("opportunity", _DEAL_WANTED)
    mapping = converters.one(ConversionMapping, mapping, "mapping").for_class(type(lead))
    chosen = decisions({} if decide is None else decide, mapping)
    deal = opportunity if isinstance(opportunity, Opportunity) else None
    now = max(noun.timeline[-1].at for noun in (lead, account, deal) if noun is not None)
    person = _named_as(lead.person, contact, account)
    authority = lead.answers.get("authority")
    decides = authority is not None and authority.current(at=now) is True
    told = role or (lead.role if _carries_role(mapping) else "")
    part = contacts.role(told or ("decision_maker" if decides else OTHER))
    involved = Involvement(person, part, primary=deal is None) if person else None
    account_id = account.id if account else id_of_new_account(lead)
    contact_id = lead.contact_id or _contact_id(lead, person, account, account_id)
    reached = lead.contact_points[0].text if lead.contact_points else lead.id
    usual_name = str(lead.company or lead.person or reached)
    for_account = cargo_for(
        "account",
        lead,
        mapping,
        contact=involved,
        contact_id=contact_id,
        given={} if account else {"name": usual_name},
    )
    for_deal = cargo_for(
        "opportunity",
        lead,
        mapping,
        contact=involved,
        contact_id=contact_id,
        given={
            "name": converters.name(name) or ("" if deal else usual_name),
            "account_id": account_id,
            "amount": converters.amount(amount),
            "expected_close": converters.expected_close(expected_close),
        },
    )
    if opportunity is None and "steps" in for_deal.values:
        for_account.values["steps"] = for_deal.values.pop("steps")
    account_part, account_changes = _settled(for_account, account, _NO_ACCOUNT, chosen)
    account_changes = (
        *account_changes,
        *_other_name(lead.person, person),
        *_about_the_owner(account, for_account),
    )
    deal_part: Contribution | None = None
    deal_changes: tuple[Change, ...] = ()
    if opportunity is not None:
        deal_part, deal_changes = _settled(for_deal, deal, _NO_OPPORTUNITY, chosen)
        deal_changes = (*deal_changes, *_about_the_owner(deal, for_deal))
    found = (
        *_about_the_account(lead, account, among, chosen),
        *_about_the_person(account, for_account.values.get("people", ()), contact),
        *_about_the_deal(deal, account),
        *_about_the_role(told if opportunity else "", deal.pipeline if deal else pipeline),
        *_conflicts("account", account_changes, for_account),
        *_conflicts("opportunity", deal_changes, for_deal),
    )
    plan = ConversionPlan(
        lead=lead,
        account=account,
        opportunity=opportunity,
        contact_id=contact_id,
        pipeline=pipeline,
        policy=policy,
        planned_at=now,
        changes=(),
        objections=found,
        for_account=account_part,
        for_opportunity=deal_part,
        owned_by={"account": for_account.owned_by, "opportunity": for_deal.owned_by},
    )
    changes = (
        *(change.within("account") for change in account_changes),
        *(change.within("opportunity") for change in deal_changes),
        *_at_the_lead(plan),
        *_left_with_the_lead(lead, mapping, has_deal=opportunity is not None),
    )
    return attrs.evolve(plan, changes=changes)


def _about_the_role(role: str, pipeline: Pipeline) -> Iterator[Objection]:
    """Object to a role that was told, and that the pipeline of the deal does not have."""
    place = f"the roles of {pipeline.name}"
    found = unknown_code(role, pipeline.roles, field="role", place=place) if role else None
    if found is not None:
        yield found


def _carries_role(mapping: ConversionMapping) -> bool:
    return any(isinstance(row, Carried) and row.field == "role" for row in mapping.rows)


def _named_as(
    person: Person | None, contact: Person | str | None, account: Account | None
) -> Person | None:
    """Call the lead's person as the account does; the deal knows name and title, no addresses."""
    if not contact:
        return person
    found = find_people(account, contact) if account else ()
    told = contact if isinstance(contact, Person) else Person(contact)
    known = found[0] if found else told
    if person is None:
        return attrs.evolve(known, contact_points=())
    return attrs.evolve(person, name=known.name, id=known.id or person.id)


def _contact_id(lead: Lead, person: Person | None, account: Account | None, account_id: str) -> str:
    """Say by which id the account knows the lead's person; blank where there is none."""
    if person is None:
        return ""
    reached = attrs.evolve(person, contact_points=lead.contact_points)
    known = find_people(account, reached) if account else ()
    one = attrs.evolve(known[0], id=known[0].id or person.id) if known else person
    return person_id(account_id, one)


def _settled(
    cargo: Cargo, known: object, nothing: object, decide: Mapping[str, str]
) -> tuple[Contribution, tuple[Change, ...]]:
    """Hold what the lead brings against what stands there; in a new noun nothing stands there."""
    if known is None:
        contribution = Contribution(cargo.values)
        return contribution, contribution.differences(nothing)
    return settled(cargo, known, cargo.decided(decide))


def _about_the_account(
    lead: Lead,
    account: Account | None,
    among: Iterable[Account] | KnownAccounts,
    decide: Mapping[str, str],
) -> Iterator[Objection]:
    if account is None:
        known = among if isinstance(among, KnownAccounts) else KnownAccounts(among)
        if likely := known.likely(lead):
            yield _AMBIGUOUS.objection(accounts=", ".join(map(str, likely)))
    elif "company" not in decide and bears_other_name(account, lead.company):
        yield _OTHER_COMPANY.objection(fact="company")


def _about_the_person(
    account: Account | None, offered: Iterable[Person], contact: Person | str | None
) -> Iterator[Objection]:
    known = Members.of(account.people if account else (), member_keys)
    if contact and not (account and find_people(account, contact)):
        yield _CONTACT_ELSEWHERE.objection()
    for person in offered:
        number = len(places_of(known, person))
        if number > 1:
            yield _AMBIGUOUS_PERSON.objection(number=number)


def _about_the_deal(deal: Opportunity | None, account: Account | None) -> Iterator[Objection]:
    if deal is None:
        return
    if not deal.pipeline.stage(deal.stage).is_open:
        yield _DEAL_CLOSED.objection(stage=deal.stage)
    if deal.account_id not in {"", account.id if account else ""}:
        yield _DEAL_OF_OTHER_ACCOUNT.objection(account_id=deal.account_id)


def _conflicts(noun: str, changes: Iterable[Change], cargo: Cargo) -> Iterator[Objection]:
    for change in changes:
        if change.kind is ChangeKind.CONFLICT:
            fact = cargo.origin(change.place)
            yield _CONFLICT.objection(noun=noun, fact=fact)


def _other_name(told: Person | None, known: Person | None) -> Iterator[Change]:
    """Tell that the lead spells the name of a contact otherwise."""
    if told and known and told.name != known.name:
        yield Change("people.name", known.name, told.name, known.name, ChangeKind.KEPT)


def _about_the_owner(noun: Account | Opportunity | None, cargo: Cargo) -> Iterator[Change]:
    """Tell who will own what is new, and that an owner who exists stays."""
    for field, offered in cargo.owned_by.items():
        before = getattr(noun, field) if noun else ""
        if before != offered:
            taken = ChangeKind.FILLED if noun is None else ChangeKind.LEFT_OUT
            kind = ChangeKind.KEPT if before else taken
            yield Change(field, before, offered, before if noun else offered, kind)


def _at_the_lead(plan: ConversionPlan) -> Iterator[Change]:
    """Tell what becomes of the lead itself, where it can be converted."""
    lead = plan.lead
    permit = lead.decide("convert", at=plan.planned_at, account=plan.account_id)
    if isinstance(permit, Permit):
        after = {
            "stage": permit.destination.name,
            "account_id": plan.account_id,
            "opportunity_id": plan.opportunity_id,
            "contact_id": plan.contact_id,
        }
        for field, value in after.items():
            before = getattr(lead, field)
            if before != value:
                kind = ChangeKind.REPLACED if before else ChangeKind.FILLED
                yield Change(f"lead.{field}", before, value, value, kind)


def _left_with_the_lead(
    lead: Lead, mapping: ConversionMapping, *, has_deal: bool
) -> Iterator[Change]:
    """Tell what the lead keeps for itself: what is dropped, and what only a deal would take."""
    for row in mapping.rows:
        if row.field in _SET_BY_CONVERSION:
            continue
        if isinstance(row, Dropped):
            why = row.why
        elif has_deal or row.field == "steps" or any(p.startswith("account.") for p in row.to):
            continue
        else:
            why = _NO_DEAL.template
        value = mapping.read(lead, row)
        parts = value if isinstance(value, FrozenMap) else {"": value}
        for name, part in parts.items():
            if part not in (None, "", ()):
                root = row.field.partition(".")[0]
                place = f"lead.{root}.{name}" if name else f"lead.{row.field}"
                yield Change(place, None, part, None, ChangeKind.LEFT_OUT, why)
