"""
The names of the events in documents: a table that only grows.

A class may be renamed or moved; its name in documents stays, since they are kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..accounts.events import AccountAmended, AccountOpened, AccountPlaced
from ..activities.consented import ConsentGiven, ConsentWithdrawn
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.merged import MergedAway
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..history.stage_history import StageEntered
from ..leads.amended import LeadAmended
from ..leads.captured import LeadCaptured
from ..leads.converted import LeadConverted, LeadRestored
from ..leads.moved import LeadMoved, LeadResumed
from ..leads.offers import LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn
from ..leads.qualified import LeadDisqualified, LeadQualified
from ..opportunities.amended import ContactInvolved, OpportunityAmended
from ..opportunities.closed import ClosingCorrected, OpportunityLost, OpportunityWon
from ..opportunities.held import Held, Resumed
from ..opportunities.moved import OpportunityMoved, OpportunityReopened
from ..opportunities.opened import OpportunityOpened
from ..opportunities.revised import AmountRevised, CloseDateMoved, ProbabilityEstimated
from ..pipeline.moving import MoveTaken
from ..pipeline.transferring import PipelineChanged
from ..qualification.events import QuestionAnswered

EVENTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "account.amended": AccountAmended,
        "account.opened": AccountOpened,
        "account.placed": AccountPlaced,
        "activity.corrected": ActivityCorrected,
        "activity.logged": ActivityLogged,
        "activity.withdrawn": ActivityWithdrawn,
        "amount.revised": AmountRevised,
        "close_date.moved": CloseDateMoved,
        "closing.corrected": ClosingCorrected,
        "consent.given": ConsentGiven,
        "consent.withdrawn": ConsentWithdrawn,
        "contact.involved": ContactInvolved,
        "contribution.made": Contributed,
        "contribution.withdrawn": ContributionWithdrawn,
        "host.recorded": Recorded,
        "lead.accepted": LeadAccepted,
        "lead.amended": LeadAmended,
        "lead.captured": LeadCaptured,
        "lead.converted": LeadConverted,
        "lead.declined": LeadDeclined,
        "lead.offer_withdrawn": LeadOfferWithdrawn,
        "lead.disqualified": LeadDisqualified,
        "lead.moved": LeadMoved,
        "lead.offered": LeadOffered,
        "lead.qualified": LeadQualified,
        "lead.restored": LeadRestored,
        "lead.resumed": LeadResumed,
        "move.taken": MoveTaken,
        "opportunity.amended": OpportunityAmended,
        "opportunity.held": Held,
        "opportunity.lost": OpportunityLost,
        "opportunity.moved": OpportunityMoved,
        "opportunity.opened": OpportunityOpened,
        "opportunity.reopened": OpportunityReopened,
        "opportunity.resumed": Resumed,
        "opportunity.won": OpportunityWon,
        "owner.assigned": OwnerAssigned,
        "person.erased": PersonErased,
        "person.merged": PersonMerged,
        "noun.merged_away": MergedAway,
        "pipeline.changed": PipelineChanged,
        "probability.estimated": ProbabilityEstimated,
        "question.answered": QuestionAnswered,
        "stage.entered": StageEntered,
        "step.dropped": StepDropped,
        "step.moved": StepMoved,
        "step.planned": StepPlanned,
    }
)
"""Each event by its name in documents."""

NAMES: Mapping[type[Any], str] = MappingProxyType({kind: name for name, kind in EVENTS.items()})
"""The name of each event in documents, by its class."""
