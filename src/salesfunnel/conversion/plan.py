"""
The plan of a conversion: look first, then apply all of it or nothing.

Planning changes nothing. The ids are derived from the lead's, so that converting twice, after a
crash or by two people, gives the same account and the same opportunity.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import attrs

from ..accounts.account import Account
from ..errors import ConversionRefused, MoveRefused, Refusal, Text
from ..history.timeline import apply, standing_in_the_way
from ..leads.events import LeadConverted
from ..leads.lead import Lead
from ..opportunities import contacts
from ..opportunities.contacts import ContactRole, Involvement
from ..opportunities.opportunity import Opportunity
from ..pipeline.judging import Permit
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ..values import converters
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.money import Money
from .contract import CONTRACT, Contract, Dropped, contract, into_existing
from .conversion import Conversion
from .undoing import id_of_new_account

STALE_PLAN = Text("stale_plan", "the {noun} has changed since the plan was made", "plan again")


def _dropped(terms: Iterable[Dropped]) -> tuple[Dropped, ...]:
    return converters.several(Dropped, terms, "dropped")


@attrs.frozen(kw_only=True)
class ConversionPlan:
    """
    What will be created, linked, carried over and dropped. Print it before you apply it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
    >>> lead = lead.qualify(BANT, at=monday)
    >>> plan = plan_conversion(lead, expected_close=date(2026, 6, 30))
    >>> print(str(plan).splitlines()[-1])
      drop   timeline, since it stays with the lead, which the opportunity names
    """

    lead: Lead
    account: Account | None
    amount: Money | None = attrs.field(converter=converters.amount)
    expected_close: date | None = attrs.field(converter=converters.expected_close)
    name: str = attrs.field(converter=converters.name, repr=False)
    role: ContactRole = attrs.field(converter=contacts.role)
    pipeline: Pipeline
    dropped: tuple[Dropped, ...] = attrs.field(default=(), converter=_dropped)

    def __attrs_post_init__(self) -> None:
        """Refuse now what could not be carried out later."""
        converters.one(Lead, self.lead, "lead")
        converters.maybe(Account, self.account, "account")
        converters.one(Pipeline, self.pipeline, "pipeline")
        contract((*CONTRACT, *self.dropped), of=type(self.lead))

    @property
    def account_id(self) -> str:
        """The id of the account: that of the one given, or one derived from the lead's."""
        return self.account.id if self.account else id_of_new_account(self.lead)

    @property
    def opportunity_id(self) -> str:
        """The id of the opportunity, derived from the lead's."""
        return derived_id("opportunity", self.lead.id)

    @property
    def terms(self) -> Contract:
        """What becomes of each field of the lead; an existing account keeps what it has."""
        terms = (*CONTRACT, *self.dropped)
        return terms if self.account is None else into_existing(terms)

    def apply(
        self,
        *,
        at: datetime,
        lead: Lead | None = None,
        account: Account | None = None,
        by: str = "",
    ) -> Conversion:
        """
        Carry the plan out. Raises `ConversionRefused` when lead or account have moved on since.

        Pass both as they stand now, as ``lead`` and ``account``, to have the plan checked. A time
        before the last event of either is refused too, with the code ``too_early``.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.leads import Lead
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
        >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
        >>> lead = lead.qualify(BANT, at=monday)
        >>> plan = plan_conversion(lead)
        >>> plan.apply(at=monday) == plan.apply(at=monday)
        True
        """
        converters.maybe(Lead, lead, "lead")
        converters.maybe(Account, account, "account")
        now = {"lead": (lead, self.lead), "account": (account, self.account)}
        stale = tuple(
            STALE_PLAN.objection(noun=what)
            for what, (today, planned) in now.items()
            if today is not None and today != planned
        )
        if stale:
            raise ConversionRefused(Refusal("convert", self.lead.stage, stale))
        way = self.check(at=at).way
        converted = LeadConverted(
            at=at, by=by, **way, account_id=self.account_id, opportunity_id=self.opportunity_id
        )
        return Conversion(
            apply(self.lead, converted, verb="convert"),
            self._account(at=at, by=by),
            self._opportunity(at=at, by=by),
        )

    def check(self, *, at: datetime) -> Permit:
        """
        Raise `ConversionRefused` with every objection of lead, account, and first stage, if any.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.leads import Lead
        >>> monday, friday = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
        >>> plan = plan_conversion(Lead.capture(company="Novin", stage="qualified", at=friday))
        >>> plan.check(at=monday)
        Traceback (most recent call last):
        salesfunnel.errors.ConversionRefused: cannot convert: the time lies before ...
        """
        verdict = self.lead.decide("convert", at=at, account=self.account_id)
        objections = () if isinstance(verdict, Permit) else verdict.objections
        if self.account and (objection := standing_in_the_way(self.account, at=instant(at))):
            objections = tuple(dict.fromkeys((*objections, objection)))
        try:
            self._opportunity(at=at, by="")
        except MoveRefused as refused:
            objections = (*objections, *refused.refusal.objections)
        if isinstance(verdict, Permit) and not objections:
            return verdict
        raise ConversionRefused(Refusal("convert", self.lead.stage, objections))

    def _account(self, *, at: datetime, by: str) -> Account:
        lead = self.lead
        if self.account:
            return self.account.complete(
                at=at,
                by=by,
                company=lead.company,
                people=(lead.person,) if lead.person else (),
                contact_points=lead.contact_points,
                details=lead.details,
                lead_ids=(lead.id,),
            )
        return Account.open(
            at=at,
            by=by,
            id=self.account_id,
            name="" if lead.company or lead.person else lead.contact_points[0].text,
            company=lead.company,
            people=(lead.person,) if lead.person else (),
            contact_points=lead.contact_points,
            source=lead.source,
            source_words=lead.source_words,
            details=lead.details,
            lead_ids=(lead.id,),
            owner=lead.owner,
            team=lead.team,
        )

    def _opportunity(self, *, at: datetime, by: str) -> Opportunity:
        lead = self.lead
        return Opportunity.open(
            at=at,
            by=by,
            id=self.opportunity_id,
            name=self.name,
            account_id=self.account_id,
            lead_id=lead.id,
            amount=self.amount,
            expected_close=self.expected_close,
            contacts=(Involvement(lead.person, self.role),) if lead.person else (),
            answers=lead.answers,
            source=lead.source,
            source_words=lead.source_words,
            details=lead.details,
            pipeline=self.pipeline,
            owner=lead.owner,
            team=lead.team,
        )

    def __str__(self) -> str:
        """Print what will be created, linked, carried over, and dropped, and why."""
        amount = self.amount or "no amount yet"
        doing = "complete" if self.account else "create"
        expected = f", expected close {self.expected_close}" if self.expected_close else ""
        return "\n".join(
            [
                f"conversion of lead {self.lead.id}",
                f"  {doing:6} account {self.account_id}",
                f"  create opportunity {self.opportunity_id}: {amount}{expected}",
                "  link   lead, account and opportunity"
                + (f"; the person's role is {self.role}" if self.lead.person else ""),
                *(f"  {entry}" for entry in self.terms),
            ]
        )


def plan_conversion(
    lead: Lead,
    *,
    amount: Money | None = None,
    expected_close: date | None = None,
    account: Account | None = None,
    name: str = "",
    role: ContactRole | str | None = None,
    pipeline: Pipeline = OPPORTUNITY_PIPELINE,
    dropped: Iterable[Dropped] = (),
) -> ConversionPlan:
    """
    Plan the conversion of a qualified lead, into a new account or into one that exists.

    An existing account only has its empty fields filled. The person becomes decision maker if
    authority was answered with yes. A lead of a class of your own converts only if ``dropped``
    says why each field that you added stays behind. Raises `ConversionRefused` with every reason.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> plan_conversion(Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, tzinfo=UTC)))
    Traceback (most recent call last):
    salesfunnel.errors.ConversionRefused: cannot convert: the stage is new (convert is possible ...
    """
    converters.maybe(Account, account, "account")
    now = max(
        noun.timeline[-1].at for noun in (converters.one(Lead, lead, "lead"), account) if noun
    )
    authority = lead.answers.get("authority")
    decides = authority is not None and authority.current(at=now) is True
    plan = ConversionPlan(
        lead=lead,
        account=account,
        amount=amount,
        expected_close=expected_close,
        name=name or str(lead.company or lead.person or ""),
        role=role or (ContactRole.DECISION_MAKER if decides else ContactRole.OTHER),
        pipeline=pipeline,
        dropped=dropped,
    )
    plan.check(at=now)
    return plan
