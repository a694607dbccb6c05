"""The default pipelines: the life of a lead, and the selling process of an opportunity."""

from __future__ import annotations

from ...rules.fields import yes
from ..move import Destination, Move
from ..pipeline import Pipeline
from ..short_guards import requires
from ..stage import Stage
from .code_lists import (
    CONTACT_ROLES,
    DECLINE_REASONS,
    DISQUALIFICATION_REASONS,
    LOSS_REASONS,
    OTHER,
)

# Initial contact and qualification, the first two of the five stages of the selling process,
# happen on the lead; Salesforce, vtiger and SuiteCRM keep the same five kinds of lead status.
LEAD_PIPELINE = Pipeline(
    "lead",
    stages=(
        Stage("new", label="New"),
        Stage("contacted", label="Contacted"),
        Stage("nurturing", label="Nurturing"),
        Stage("qualified", label="Qualified"),
        Stage("converted", kind="won", label="Converted"),
        Stage(
            "disqualified",
            kind="lost",
            label="Disqualified",
            reasons=DISQUALIFICATION_REASONS,
            note_for=OTHER,
        ),
    ),
    moves=(
        Move("contact", ("new", "nurturing"), "contacted"),
        Move("nurture", ("new", "contacted", "qualified"), "nurturing"),
        Move("qualify", ("new", "contacted", "nurturing"), "qualified", needs="assessment"),
        Move("convert", "qualified", "converted", needs="account"),
        Move("disqualify", ("new", "contacted", "nurturing", "qualified"), "disqualified"),
        Move("reopen", "disqualified", Destination.LAST_OPEN, reopening=True),
    ),
    reasons={"decline": DECLINE_REASONS},
    roles=CONTACT_ROLES,
)
"""The life of a lead, from the first contact to an opportunity, or to a reason why not."""

# Meeting or demo, proposal, negotiation and close are the last three of the five stages. The
# probabilities are those of Frappe CRM (Demo/Making 25, Proposal 50, Negotiation 70).
OPPORTUNITY_PIPELINE = Pipeline(
    "opportunity",
    stages=(
        Stage("meeting", label="Meeting", probability="0.25"),
        Stage("proposal", label="Proposal", probability="0.50"),
        Stage("negotiation", label="Negotiation", probability="0.70"),
        Stage("won", kind="won", label="Won", probability=1),
        Stage(
            "lost",
            kind="lost",
            label="Lost",
            probability=0,
            reasons=LOSS_REASONS,
            note_for=OTHER,
        ),
    ),
    moves=(
        Move("meet", ("proposal", "negotiation"), "meeting"),
        Move("propose", ("meeting", "negotiation"), "proposal"),
        Move("negotiate", "proposal", "negotiation"),
        Move(
            "win",
            ("proposal", "negotiation"),
            "won",
            guards=(
                requires(
                    yes("has_decision_maker"),
                    "no decision maker is known",
                    remedy="involve one",
                ),
                requires(
                    yes("amount_agreed"),
                    "the amount is not agreed",
                    remedy="agree on it",
                ),
            ),
        ),
        Move("lose", ("meeting", "proposal", "negotiation"), "lost"),
        Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True),
    ),
    roles=CONTACT_ROLES,
)
"""The way of an opportunity, from the first meeting or demo until it is won or lost."""

# The whole selling process in one table, for those who keep no leads. The first two probabilities
# are those of SuiteCRM and EspoCRM, the others as above.
FIVE_STAGES = Pipeline(
    "five stages",
    stages=(
        Stage("initial_contact", label="Initial contact", probability="0.10"),
        Stage("qualification", label="Qualification", probability="0.20"),
        Stage("meeting", label="Meeting", probability="0.25"),
        Stage("proposal", label="Proposal", probability="0.50"),
        Stage("won", kind="won", label="Closed: won", probability=1),
        Stage(
            "lost",
            kind="lost",
            label="Closed: lost",
            probability=0,
            reasons=LOSS_REASONS,
            note_for=OTHER,
        ),
    ),
    moves=(
        Move("qualify", "initial_contact", "qualification"),
        Move("meet", "qualification", "meeting"),
        Move("propose", "meeting", "proposal"),
        Move("win", "proposal", "won"),
        Move("lose", ("initial_contact", "qualification", "meeting", "proposal"), "lost"),
        Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True),
    ),
    roles=CONTACT_ROLES,
)
"""The five stages of selling: first contact, qualification, meeting or demo, proposal, close."""
