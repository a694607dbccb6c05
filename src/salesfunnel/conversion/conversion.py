"""What a conversion has made, and the way back from it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..accounts.account import Account
from ..errors import ConversionRefused, Refusal
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .undoing import ConversionUndone, undone_conversion


class Conversion(NamedTuple):
    """
    What a conversion gives: the lead, now converted, the account, and the opportunity.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.conversion import plan_conversion
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
    >>> lead, account, opportunity = plan_conversion(lead).apply(at=monday)
    >>> lead.stage, account.name, opportunity.stage
    ('converted', 'Novin Tejarat', 'meeting')
    """

    lead: Lead
    account: Account
    opportunity: Opportunity

    def undo(self, *, at: datetime, by: str = "") -> ConversionUndone:
        """
        Take the conversion back: lead and account are what they were, but for their timelines.

        The opportunity is no more, and no account is left where the conversion opened it. Raises
        `ConversionRefused` with every reason if something has been built on the conversion since.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.conversion import plan_conversion
        >>> from salesfunnel.leads import Lead
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
        >>> lead, account = plan_conversion(lead).apply(at=monday).undo(at=monday)
        >>> lead.stage, lead.opportunity_id, account
        ('qualified', '', None)
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
        >>> from salesfunnel.leads import Lead
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> lead = Lead.capture(company="Novin Tejarat", stage="qualified", at=monday)
        >>> lead, account, deal = plan_conversion(lead).apply(at=monday)
        >>> print(Conversion(lead, account, deal.move("propose", at=monday)).try_undo(at=monday))
        cannot undo: the opportunity has changed since (lose it instead, with the reason)
        """
        return undone_conversion(self.lead, self.account, self.opportunity, at=at, by=by)
