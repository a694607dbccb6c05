"""
Rows: the facts of a noun as flat columns, for indexes, boards and queries of a database.

A row is a copy that can be made anew at any time; the events are the truth. Its columns have fixed
names, types and order, and none of them is personal unless that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs

from ..accounts.account import Account
from ..errors import WrongKind
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.deadlines import due_at
from ..values.contact_points import ContactKind, ContactPoint
from ..values.text import LINE_LIMIT

Value = str | int | bool | Decimal | date | datetime | None
"""What a column can hold; a text is never ``None``, and everything else may be."""


@attrs.frozen
class Column:
    """
    A column of a row: its name, the type of its values, and whether it tells of a person.

    ``length`` is that of the longest text in it.

    >>> Column("due_at", datetime).name
    'due_at'
    """

    name: str
    type: type[Any]
    is_personal: bool = attrs.field(default=False, kw_only=True)
    length: int = attrs.field(default=LINE_LIMIT, kw_only=True)


def _columns(**types: type[Any]) -> tuple[Column, ...]:
    return tuple(Column(name, type_) for name, type_ in types.items())


KIND = Column("kind", str, length=20)
"""Which noun it is: lead, opportunity or account."""

_EVERY = (
    Column("id", str),
    KIND,
    *_columns(
        version=int,
        opened_at=datetime,
        changed_at=datetime,
        owner=str,
        team=str,
        source=str,
        next_step=str,
        next_step_due=date,
        next_step_due_at=datetime,
        last_contact=datetime,
        quiet_since=datetime,
    ),
)
_STAGED = _columns(
    stage=str,
    stage_kind=str,
    stage_position=int,
    stage_since=datetime,
    due_at=datetime,
    pipeline=str,
    pipeline_version=str,
    pipeline_fingerprint=str,
    account_id=str,
)
_REACHED = tuple(
    Column(name, str, is_personal=True) for name in ("name", "company", "email", "phone")
)

ROW_COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "lead": (
            *_EVERY,
            *_STAGED,
            *_columns(opportunity_id=str, nurture_until=datetime, rejection=str),
            *_REACHED,
        ),
        "opportunity": (
            *_EVERY,
            *_STAGED,
            *_columns(
                lead_id=str,
                amount=Decimal,
                currency=str,
                amount_agreed=bool,
                probability=Decimal,
                weighted=Decimal,
                opened_on=date,
                expected_close=date,
                closed_on=date,
                closing_reason=str,
                held_since=datetime,
                held_until=date,
                held_until_at=datetime,
            ),
            Column("name", str, is_personal=True),
        ),
        "account": (*_EVERY, *_columns(parent_id=str), *_REACHED),
    }
)
"""The columns of the rows of each kind of noun, in their order."""

KINDS: Mapping[type[Any], str] = MappingProxyType(
    {Lead: "lead", Opportunity: "opportunity", Account: "account"}
)
"""What the class of a noun is called in a row."""


def as_row(
    noun: Lead | Opportunity | Account, *, at: datetime | None = None, personal: bool = False
) -> dict[str, Value]:
    """
    Give the facts of a noun as a flat row: plain values under the names of `ROW_COLUMNS`.

    ``due_at`` is when the time in its stage ends, without a clock: a lead or a deal is overdue at a
    moment exactly if it was due before. What has a day has ``None`` or a moment under the same name
    with ``_at``: a day is over at midnight where you are.

    Args:
        noun: a lead, an opportunity or an account.
        at: a moment, for the row as it was then; it is the row of now if it is left out.
        personal: whether to give name, company, e-mail and phone, too.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(id="7", person="Sara Ahmadi", owner="Ani", at=monday)
    >>> row = as_row(lead)
    >>> row["id"], row["stage"], row["owner"], row["due_at"], "name" in row
    ('7', 'new', 'Ani', None, False)
    >>> as_row(lead, personal=True)["name"]
    'Sara Ahmadi'
    """
    kind = row_kind(noun)
    found = noun if at is None else as_of(noun, at=at)
    facts = {**_every(found, kind), **_OF_KIND[kind](found)}
    columns = (c for c in ROW_COLUMNS[kind] if personal or not c.is_personal)
    return {column.name: facts[column.name] for column in columns}


def row_kind(noun: object) -> str:
    """
    Name the kind of a noun as rows and tables do.

    >>> from datetime import UTC, datetime
    >>> row_kind(Lead.capture(id="7", at=datetime(2026, 3, 2, tzinfo=UTC)))
    'lead'
    """
    kind = KINDS.get(type(noun))
    if kind is None:
        raise WrongKind.of("noun", noun, wanted="a lead, an opportunity or an account")
    return kind


def class_kind(kind: object) -> str:
    """
    Name the kind of a class of nouns as rows and tables do.

    >>> class_kind(Lead)
    'lead'
    """
    for known, name in KINDS.items():
        if known is kind:
            return name
    raise WrongKind.of("kind", kind, wanted="Lead, Opportunity or Account")


def _every(noun: Any, kind: str) -> dict[str, Value]:  # noqa: ANN401 - one of the three
    step = noun.steps.next
    return {
        "id": noun.id,
        "kind": kind,
        "version": noun.version,
        "opened_at": noun.timeline[0].at,
        "changed_at": noun.timeline[-1].at,
        "owner": noun.owner,
        "team": noun.team,
        "source": str(noun.source),
        "next_step": "" if step is None else step.kind,
        "next_step_due": None if step is None else _day(step.due),
        "next_step_due_at": None if step is None else _moment(step.due),
        "last_contact": noun.engagement.last_contact,
        "quiet_since": noun.engagement.quiet_since,
    }


def _staged(noun: Lead | Opportunity) -> dict[str, Value]:
    pipeline, stage = noun.pipeline, noun.pipeline.stage(noun.stage)
    return {
        "stage": noun.stage,
        "stage_kind": str(stage.kind),
        "stage_position": pipeline.stages.index(stage),
        "stage_since": noun.stage_since,
        "due_at": due_at(noun.timeline, pipeline),
        "pipeline": pipeline.name,
        "pipeline_version": pipeline.version,
        "pipeline_fingerprint": pipeline.fingerprint,
        "account_id": noun.account_id,
    }


def _of_lead(lead: Lead) -> dict[str, Value]:
    return {
        **_staged(lead),
        "opportunity_id": lead.opportunity_id,
        "nurture_until": lead.nurture_until,
        "rejection": str(lead.rejection or ""),
        "name": "" if lead.person is None else lead.person.name,
        "company": "" if lead.company is None else lead.company.name,
        **_reached(lead.contact_points),
    }


def _of_opportunity(deal: Opportunity) -> dict[str, Value]:
    amount, weighted, rest = deal.amount, deal.weighted, deal.rest
    return {
        **_staged(deal),
        "lead_id": next(iter(deal.lead_ids), ""),
        "amount": None if amount is None else amount.amount,
        "currency": "" if amount is None else amount.currency,
        "amount_agreed": deal.amount_agreed,
        "probability": None if deal.probability is None else deal.probability.value,
        "weighted": None if weighted is None else weighted.amount,
        "opened_on": deal.opened_on,
        "expected_close": deal.expected_close,
        "closed_on": deal.closed_on,
        "closing_reason": "" if deal.closing is None else str(deal.closing.reason),
        "held_since": rest.since,
        "held_until": None if rest.until is None else _day(rest.until),
        "held_until_at": None if rest.until is None else _moment(rest.until),
        "name": deal.name,
    }


def _of_account(account: Account) -> dict[str, Value]:
    return {
        "parent_id": account.parent_id,
        "name": account.name,
        "company": "" if account.company is None else account.company.name,
        **_reached(account.contact_points),
    }


def _reached(points: tuple[ContactPoint, ...]) -> dict[str, Value]:
    def first(*kinds: ContactKind) -> str:
        return next((point.text for kind in kinds for point in points if point.kind is kind), "")

    phone = first(ContactKind.MOBILE, ContactKind.PHONE)
    return {"email": first(ContactKind.EMAIL), "phone": phone}


def _day(due: date) -> date:
    return due.date() if isinstance(due, datetime) else due


def _moment(due: date) -> datetime | None:
    return due if isinstance(due, datetime) else None


_OF_KIND: Mapping[str, Any] = {
    "lead": _of_lead,
    "opportunity": _of_opportunity,
    "account": _of_account,
}
