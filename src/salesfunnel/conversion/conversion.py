"""What a conversion has made, and the way back from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs

from ..accounts.account import Account
from ..errors import ConversionRefused, Refusal
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values import converters
from .undoing import ConversionUndone, undone_conversion


@attrs.frozen
class Conversion:
    """
    What a conversion gives: the lead, now converted, the account, and the opportunity if any.

    The three can be taken apart as from a tuple.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.conversion import plan_conversion
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
    >>> lead, account, deal = plan_conversion(lead).apply(at=monday)
    >>> lead.opportunity_id == deal.id
    True
    """

    lead: Lead
    account: Account | None = None
    opportunity: Opportunity | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what is no noun, or not the right one."""
        converters.one(Lead, self.lead, "lead")
        converters.maybe(Account, self.account, "account")
        converters.maybe(Opportunity, self.opportunity, "opportunity")

    def __iter__(self) -> Iterator[Any]:
        """Give lead, account and opportunity, in this order."""
        return iter((self.lead, self.account, self.opportunity))

    def undo(self, *, at: datetime, by: str = "") -> ConversionUndone:
        """
        Take the conversion back: lead, account and deal are what they would be without it.

        What the conversion has opened is no more; what was there before has the contribution
        withdrawn. Later work stays, and so do the contributions of other conversions. Raises
        `ConversionRefused` with every reason if something was built on the conversion since.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.conversion import plan_conversion
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
        >>> lead, account, deal = plan_conversion(lead).apply(at=monday).undo(at=monday)
        >>> lead.stage, lead.opportunity_id, account, deal
        ('qualified', '', None, None)
        """
        taken_back = self.try_undo(at=at, by=by)
        if isinstance(taken_back, Refusal):
            raise ConversionRefused(taken_back)
        return taken_back

    def try_undo(self, *, at: datetime, by: str = "") -> ConversionUndone | Refusal:
        """
        Take the conversion back as `undo` does, or return the refusal.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.conversion import plan_conversion
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
        >>> lead, account, deal = plan_conversion(lead).apply(at=monday)
        >>> print(Conversion(lead, account, deal.move("propose", at=monday)).try_undo(at=monday))
        cannot undo: the opportunity has changed since (lose it instead, with the reason)
        """
        return undone_conversion(self.lead, self.account, self.opportunity, at=at, by=by)
