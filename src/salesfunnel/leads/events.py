"""All that can happen to a lead, as one type; each kind of event stands in a file of its own."""

from __future__ import annotations

from ..activities.consented import ConsentGiven, ConsentWithdrawn
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.merged import MergedAway
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..pipeline.moving import MoveTaken
from ..pipeline.transferring import PipelineChanged
from ..qualification.events import QuestionAnswered
from .amended import LeadAmended
from .captured import LeadCaptured
from .converted import LeadConverted, LeadRestored
from .moved import LeadMoved, LeadResumed
from .offers import LeadAccepted, LeadDeclined, LeadOffered, LeadOfferWithdrawn
from .qualified import LeadDisqualified, LeadQualified

LeadEvent = (
    LeadCaptured
    | ActivityLogged
    | ActivityCorrected
    | ActivityWithdrawn
    | StepPlanned
    | StepMoved
    | StepDropped
    | OwnerAssigned
    | ConsentGiven
    | ConsentWithdrawn
    | QuestionAnswered
    | LeadAmended
    | LeadMoved
    | LeadResumed
    | MoveTaken
    | PipelineChanged
    | LeadQualified
    | LeadOffered
    | LeadAccepted
    | LeadDeclined
    | LeadOfferWithdrawn
    | LeadDisqualified
    | LeadConverted
    | LeadRestored
    | Contributed
    | ContributionWithdrawn
    | PersonErased
    | MergedAway
    | PersonMerged
    | Recorded
)
"""All that can happen to a lead; the first begins it."""
