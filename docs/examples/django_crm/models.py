"""All that the application needs to store and load leads, accounts and deals."""

from salesfunnel.integrations import django as kept


class SalesPipeline(kept.PipelineModel):
    """The pipelines that deals have gone along."""


class Event(kept.EventModel):
    """What has happened: the truth."""

    pipelines = SalesPipeline


class LeadRow(kept.LeadModel):
    """Leads, to look up."""

    events = Event


class AccountRow(kept.AccountModel):
    """Accounts, to look up."""

    events = Event


class DealRow(kept.OpportunityModel):
    """Deals, to look up."""

    events = Event
