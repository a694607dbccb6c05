"""
The selling processes of widespread CRMs, with the stages and probabilities that they ship.

A stage has the very name under which the CRM stores it, so that its exports need no translation,
and the label that its users read. In all of them an open deal may be put into any other open stage,
won or lost at any time, and reopened where it was; nobody there can say why not.
"""

from __future__ import annotations

from collections.abc import Iterable

from .checks import made_by
from .move import LAST_OPEN, Move
from .pipeline import Pipeline
from .stage import Stage


def free_pipeline(name: str, stages: Iterable[Stage]) -> Pipeline:
    """
    Make a pipeline in which every open stage leads to every other stage, as on a kanban board.

    The trigger is ``to_`` and the label of the stage; ``win`` and ``lose`` close the deal, in the
    first stage of the kind, and ``reopen`` takes it back to where it was.

    >>> board = free_pipeline(
    ...     "board", [Stage("new"), Stage("offer", label="Offer sent"), Stage("won", kind="won")]
    ... )
    >>> board.triggers
    ('to_new', 'to_offer_sent', 'win', 'reopen')
    """
    every = made_by(Stage, stages, "stages")
    names = [stage.name for stage in every if stage.is_open]
    closed = [stage for stage in every if not stage.is_open]
    triggers = {"won": "win", "lost": "lose"}
    between = [
        Move(_trigger(stage), [name for name in names if name != stage.name], stage.name)
        for stage in every
        if stage.is_open and len(names) > 1
    ]
    closing = [
        Move(triggers.pop(stage.kind, _trigger(stage)), names, stage.name) for stage in closed
    ]
    reopening = Move("reopen", [stage.name for stage in closed], LAST_OPEN, reopening=True)
    return Pipeline(name, stages=every, moves=(*between, *closing, reopening))


def _trigger(stage: Stage) -> str:
    words = "".join(c if c.isalnum() else " " for c in stage.title.casefold()).split()
    return "to_" + "_".join(words)


# vtiger CRM, the default picklist `sales_stage`: packages/vtiger/…/ComboStrings.php, which has no
# probabilities. The labels are those of release 6.
VTIGER = free_pipeline(
    "vtiger",
    (
        Stage("Prospecting"),
        Stage("Qualification"),
        Stage("Needs Analysis"),
        Stage("Value Proposition"),
        Stage("Id. Decision Makers", label="Identify Decision Makers"),
        Stage("Perception Analysis"),
        Stage("Proposal/Price Quote", label="Proposal or Price Quote"),
        Stage("Negotiation/Review", label="Negotiation or Review"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0),
    ),
)
"""vtiger CRM: eight open stages, without probabilities."""

# SuiteCRM and SugarCRM: `sales_stage_dom` and `sales_probability_dom` in en_us.lang.php.
SUITECRM = free_pipeline(
    "suitecrm",
    (
        Stage("Prospecting", probability="0.10"),
        Stage("Qualification", probability="0.20"),
        Stage("Needs Analysis", probability="0.25"),
        Stage("Value Proposition", probability="0.30"),
        Stage("Id. Decision Makers", probability="0.40"),
        Stage("Perception Analysis", probability="0.50"),
        Stage("Proposal/Price Quote", probability="0.65"),
        Stage("Negotiation/Review", probability="0.80"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0),
    ),
)
"""SuiteCRM and SugarCRM: eight open stages, from 10 to 80 per cent."""

# Salesforce: the stages are those of its documentation. Of the probabilities its own metadata
# sample confirms Prospecting and Qualification at 10; the others are those most often quoted, and
# some lists have 20 for Qualification and 30 for Needs Analysis.
SALESFORCE = free_pipeline(
    "salesforce",
    (
        Stage("Prospecting", probability="0.10"),
        Stage("Qualification", probability="0.10"),
        Stage("Needs Analysis", probability="0.20"),
        Stage("Value Proposition", probability="0.50"),
        Stage("Id. Decision Makers", probability="0.60"),
        Stage("Perception Analysis", probability="0.70"),
        Stage("Proposal/Price Quote", probability="0.75"),
        Stage("Negotiation/Review", probability="0.90"),
        Stage("Closed Won", kind="won", probability=1),
        Stage("Closed Lost", kind="lost", probability=0),
    ),
)
"""Salesforce: eight open stages, from 10 to 90 per cent."""

# Dynamics 365 Sales: the option set `salesstage` has codes 0 to 3, and `statecode` says won or
# lost; `closeprobability` is set by hand.
DYNAMICS = free_pipeline(
    "dynamics",
    (
        Stage("Qualify"),
        Stage("Develop"),
        Stage("Propose"),
        Stage("Close"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0),
    ),
)
"""Dynamics 365 Sales: four open stages, without probabilities."""

# HubSpot: the default deal pipeline; names are the internal ids of its API.
HUBSPOT = free_pipeline(
    "hubspot",
    (
        Stage("appointmentscheduled", label="Appointment Scheduled", probability="0.20"),
        Stage("qualifiedtobuy", label="Qualified To Buy", probability="0.40"),
        Stage("presentationscheduled", label="Presentation Scheduled", probability="0.60"),
        Stage("decisionmakerboughtin", label="Decision Maker Bought-In", probability="0.80"),
        Stage("contractsent", label="Contract Sent", probability="0.90"),
        Stage("closedwon", label="Closed Won", kind="won", probability=1),
        Stage("closedlost", label="Closed Lost", kind="lost", probability=0),
    ),
)
"""HubSpot: five open stages, from 20 to 90 per cent."""

# Odoo 13 and later: crm_stage_data.xml. Probabilities are learnt there, no longer given. A lost
# deal has no stage: it is archived with a probability of 0, which is a stage here.
ODOO = free_pipeline(
    "odoo",
    (
        Stage("New"),
        Stage("Qualified"),
        Stage("Proposition"),
        Stage("Won", kind="won", probability=1),
        Stage("Lost", kind="lost", probability=0),
    ),
)
"""Odoo: three open stages, without probabilities."""
