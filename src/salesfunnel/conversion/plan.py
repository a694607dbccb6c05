"""
The plan of a conversion: look first, then apply all of it or nothing.

Planning changes nothing. The ids are derived from the lead's, so that converting twice, after a
crash or by two people, gives the same account and the same opportunity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import attrs

from ..accounts.account import Account
from ..errors import ConversionRefused, MoveRefused, Objection, Refusal, Text
from ..history.contributed import Contributed
from ..history.timeline import apply, follow, standing_in_the_way
from ..leads.converted import LeadConverted
from ..leads.deciding import assessed_by
from ..leads.lead import Lead
from ..opportunities.contacts import Involvement
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..pipeline.verdicts import granted
from ..qualification.assessment import Verdict
from ..qualification.policy import Policy
from ..values import converters
from ..values.change import Change
from ..values.contribution import Contribution
from ..values.instants import instant
from .conversion import Conversion
from .opening import AFTERWARDS, NEW, NO_ACCOUNT, NO_OPPORTUNITY, Opening
from .undoing import id_of_conversion, id_of_new_account, id_of_new_opportunity

_STALE_PLAN = Text("stale_plan", "the {noun} has changed since the plan was made", "plan again")
_REQUALIFY = Text(
    "requalify", "{policy} does not qualify the lead any more: {summary}", "qualify it again"
)

NounT = TypeVar("NounT", Account, Opportunity)


@attrs.frozen(kw_only=True)
class ConversionPlan:
    """
    What a conversion will do, value by value. Print it before you apply it.

    ``changes`` lists each value that will differ and each that will not be taken, and ``refusal``
    says what speaks against it. ``contact_id`` is the id by which the account knows the person. The
    text shows values, the representation does not.

    >>> from datetime import UTC, date, datetime
    >>> from salesfunnel.conversion import plan_conversion
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
        >>> from salesfunnel.conversion import plan_conversion
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
        >>> from salesfunnel.conversion import plan_conversion
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
        >>> from salesfunnel.conversion import plan_conversion
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
        values, _ = self._for_account.put_into(NO_ACCOUNT)
        values = {name: values[name] for name in values if name not in AFTERWARDS}
        owned = self._owned_by["account"]
        account = Account.open(at=at, by=by, id=self.account_id, **values, **owned)
        return self._begun(account, self._for_account, at=at, by=by)

    def _opportunity(self, *, at: datetime, by: str) -> Opportunity | None:
        if self._for_opportunity is None:
            return None
        if isinstance(self.opportunity, Opportunity):
            return self._completed(self.opportunity, self._for_opportunity, at=at, by=by)
        values, _ = self._for_opportunity.put_into(NO_OPPORTUNITY)
        values = {name: values[name] for name in values if name not in AFTERWARDS}
        owned = self._owned_by["opportunity"]
        deal = Opportunity.open(
            at=at, by=by, id=self.opportunity_id, pipeline=self.pipeline, **values, **owned
        )
        return self._begun(deal, self._for_opportunity, at=at, by=by)

    def _begun(self, noun: NounT, contribution: Contribution, *, at: datetime, by: str) -> NounT:
        """Give what is new the steps of the lead, what was consented to, and when it was heard."""
        told = contribution.values
        further = {name: told[name] for name in AFTERWARDS if told.get(name)}
        if not further:
            return noun
        return self._completed(noun, Contribution(further), at=at, by=by)

    def _completed(
        self, noun: NounT, contribution: Contribution, *, at: datetime, by: str
    ) -> NounT:
        event = Contributed(at=at, by=by, id=id_of_conversion(self.lead), contribution=contribution)
        return follow(noun, event)
