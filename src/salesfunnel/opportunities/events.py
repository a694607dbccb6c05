"""All that can happen to a deal, as one type; each kind of event stands in a file of its own."""

from __future__ import annotations

from ..activities.consented import ConsentGiven, ConsentWithdrawn
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..pipeline.moving import MoveTaken
from ..pipeline.transferring import PipelineChanged
from ..qualification.events import QuestionAnswered
from .amended import ContactInvolved, OpportunityAmended
from .closed import ClosingCorrected, OpportunityLost, OpportunityWon
from .held import Held, Resumed
from .moved import OpportunityMoved, OpportunityReopened
from .opened import OpportunityOpened
from .revised import AmountRevised, CloseDateMoved, ProbabilityEstimated

OpportunityEvent = (
    OpportunityOpened
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
    | OpportunityAmended
    | AmountRevised
    | CloseDateMoved
    | ProbabilityEstimated
    | ContactInvolved
    | OpportunityMoved
    | MoveTaken
    | PipelineChanged
    | OpportunityWon
    | OpportunityLost
    | ClosingCorrected
    | Held
    | Resumed
    | OpportunityReopened
    | Contributed
    | ContributionWithdrawn
    | PersonErased
    | PersonMerged
    | Recorded
)
"""All that can happen to an opportunity; the first begins it."""
