"""How a deal was lost: the reason, the competitor, and what was on the table."""

from __future__ import annotations

from enum import StrEnum

import attrs

from ..values import converters
from ..values.money import Money


class LossReason(StrEnum):
    """
    Why a deal was lost (after Frappe CRM and Odoo). ``UNKNOWN`` is for histories from elsewhere.

    >>> LossReason("price").name
    'PRICE'
    """

    PRICE = "price"
    COMPETITION = "competition"
    BUDGET = "budget"
    FEATURES = "features"
    TIMING = "timing"
    NO_DECISION = "no_decision"
    NO_DECISION_MAKER = "no_decision_maker"
    UNRESPONSIVE = "unresponsive"
    POOR_FIT = "poor_fit"
    OTHER = "other"
    UNKNOWN = "unknown"


def _competitor(name: str) -> str:
    return converters.line(name, "competitor")


def _reason(reason: LossReason | str) -> LossReason:
    return converters.choice(LossReason, reason, "reason")


def _stage(name: str) -> str:
    return converters.line(name, "stage")


@attrs.frozen(kw_only=True)
class Loss:
    """
    The record of a lost deal: why, to whom, at which stage, and for how much.

    >>> Loss(reason="price", competitor="Faradis", stage="proposal", amount=None).reason.value
    'price'
    """

    reason: LossReason = attrs.field(converter=_reason)
    competitor: str = attrs.field(default="", converter=_competitor, repr=False)
    note: str = attrs.field(default="", converter=converters.note, repr=False)
    stage: str = attrs.field(converter=_stage)
    amount: Money | None = attrs.field(converter=converters.amount)
