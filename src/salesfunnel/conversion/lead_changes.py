"""What a conversion changes beside the values that it carries: at the lead, and the owners."""

from __future__ import annotations

from collections.abc import Iterator

from ..accounts.account import Account
from ..errors import Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.verdicts import Permit
from ..values.change import Change, ChangeKind
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from .carrying import Cargo
from .mapping import ConversionMapping, Dropped
from .plan import ConversionPlan

_NO_DEAL = Text("no_deal", "there is no opportunity, and the lead keeps it")

_SET_BY_CONVERSION = ("stage", "account_id", "opportunity_id", "contact_id")


def other_name(told: Person | None, known: Person | None) -> Iterator[Change]:
    """Tell that the lead spells the name of a contact otherwise."""
    if told and known and told.name != known.name:
        yield Change("people.name", known.name, told.name, known.name, ChangeKind.KEPT)


def about_the_owner(noun: Account | Opportunity | None, cargo: Cargo) -> Iterator[Change]:
    """Tell who will own what is new, and that an owner who exists stays."""
    for field, offered in cargo.owned_by.items():
        before = getattr(noun, field) if noun else ""
        if before != offered:
            taken = ChangeKind.FILLED if noun is None else ChangeKind.LEFT_OUT
            kind = ChangeKind.KEPT if before else taken
            yield Change(field, before, offered, before if noun else offered, kind)


def at_the_lead(plan: ConversionPlan) -> Iterator[Change]:
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


def left_with_the_lead(
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
