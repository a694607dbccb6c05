"""The whole funnel keeps its laws, and a funnel that breaks one is found out."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from salesfunnel.accounts import Account
from salesfunnel.activities import (
    ActivityCorrected,
    ActivityLogged,
    ActivityWithdrawn,
    ConsentWithdrawn,
    Engagement,
    OwnerAssigned,
    StepMoved,
    StepPlanned,
)
from salesfunnel.conversion import ConversionPlan, undoing
from salesfunnel.leads import LeadAccepted, LeadConverted, LeadMoved, LeadRestored, deciding
from salesfunnel.opportunities import (
    CloseDateMoved,
    Opportunity,
    OpportunityMoved,
    OpportunityReopened,
    Probability,
    closed,
    moving,
    opportunity,
)
from salesfunnel.qualification import QuestionAnswered
from salesfunnel.values import putting_in, putting_members
from tests.funnel.funnel_machine import Funnel

walk = settings(
    deadline=None,
    stateful_step_count=40,
    max_examples=max(settings.default.max_examples // 2, 20),
)
hunt = settings(
    walk,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    max_examples=2_000,
    suppress_health_check=list(HealthCheck),
)


def with_changes(event, **wrong):
    """Let an event change some fields wrongly."""
    right = event.changes
    return event, "changes", lambda self, before: {**right(self, before), **wrong}


def without(event, field):
    """Let an event forget to change a field."""
    right = event.changes

    def forgetful(self, before):
        return {name: value for name, value in right(self, before).items() if name != field}

    return event, "changes", forgetful


def wrapped(owner, name, wrong):
    """Put something wrong around a method."""
    right = getattr(owner, name)
    return owner, name, lambda *args, **given: wrong(right, *args, **given)


_counter = itertools.count()

QUICKLY_FOUND = {
    "a lost deal keeps a chance": (closed, "HOPELESS", Probability("0.7", "closing")),
    "a closed deal can be changed": (opportunity, "must_be_open", lambda *_, **__: None),
    "a lead is qualified against the verdict": (deciding, "objections_to", lambda *_, **__: ()),
    "a stale assessment qualifies": wrapped(
        deciding,
        "objections_to",
        lambda right, *args, **given: [
            objection
            for objection in right(*args, **given)
            if objection.code not in {"stale_assessment", "other_lead"}
        ],
    ),
    "a lead waits for ever": without(LeadMoved, "nurture_until"),
    "a converted lead forgets its deal": with_changes(LeadConverted, opportunity_id=""),
    "an answer wipes out the others": (
        QuestionAnswered,
        "changes",
        lambda self, before: {"answers": type(before.answers)({self.slot: self.answer})},
    ),
    "converting twice gives two deals": (
        undoing,
        "derived_id",
        lambda *_: f"deal {next(_counter)}",
    ),
    "completing an account overwrites it": (putting_in, "is_blank", lambda *_: False),
    "the deal loses the lead's details": wrapped(
        putting_in.Merge,
        "put_items",
        lambda _right, _self, _place, before, _offered: before,
    ),
    "an attempt is taken for contact": (ActivityLogged, "is_contact", True),
    "what is withdrawn still counts": (ActivityWithdrawn, "withdraws", ""),
    "what was done is still to be done": without(ActivityLogged, "steps"),
    "one to whom it was given does not have it": without(OwnerAssigned, "owner"),
    "a word of consent outlives its withdrawal": wrapped(
        ConsentWithdrawn, "changes", lambda *_: {}
    ),
    "a timeline forgets": wrapped(
        Account,
        "amend",
        lambda right, self, **given: attrs.evolve(right(self, **given), timeline=self.timeline),
    ),
}
FOUND_LATER = {
    "an answered offer still waits": without(LeadAccepted, "hand_off"),
    "an undone lead stays linked to its deal": without(LeadRestored, "opportunity_id"),
    "undoing leaves the account filled in": (
        undoing,
        "_without",
        lambda noun, *_: noun,
    ),
    "undoing throws away a deal that was worked on": (
        undoing,
        "_at_the_opportunity",
        lambda *_: (),
    ),
    "a message to many reaches them": (
        ActivityLogged,
        "is_contact",
        property(
            lambda self: (
                self.inbound is True or self.kind == "visit"
                if self.reached is None
                else self.reached
            )
        ),
    ),
    "a call counts on the day on which it was entered": (
        ActivityLogged,
        "happened",
        property(lambda self: self.at),
    ),
    "a correction counts twice": (ActivityCorrected, "withdraws", ""),
    "the last entry is taken for the last contact": wrapped(
        Engagement,
        "after",
        lambda right, self, **given: attrs.evolve(
            right(self, **given),
            quiet_since=given["happened"] if given["is_contact"] else self.quiet_since,
        ),
    ),
    "a step that was put off is still due": wrapped(StepMoved, "changes", lambda *_: {}),
    "a step forgets who is to do it": wrapped(
        StepPlanned,
        "__init__",
        lambda right, self, **given: right(self, **{**given, "owner": ""}),
    ),
    "a kanban drag clears the close date": with_changes(OpportunityMoved, expected_close=None),
    "a move overwrites a chance set by hand": (
        Probability,
        "entering",
        staticmethod(lambda stage, **_: Probability(stage.probability, "stage")),
    ),
    "a reopened deal keeps the chance of the close": (
        moving,
        "open_probability",
        lambda deal: deal.probability,
    ),
    "a deal is reopened in the first stage": with_changes(OpportunityReopened, stage="meeting"),
    "a reopened deal keeps its loss": without(OpportunityReopened, "closing"),
    "a reopened deal forgets its losses": (
        Opportunity,
        "losses",
        property(lambda deal: (deal.loss,) if deal.loss else ()),
    ),
    "a slip does not say from when": wrapped(
        CloseDateMoved,
        "__init__",
        lambda right, self, **given: right(self, **{**given, "before": None}),
    ),
    "a reopened lead stays rejected": without(LeadMoved, "rejection"),
    "a lead is reopened in an earlier stage": without(LeadMoved, "last_open_stage"),
    "a stale plan is carried out": wrapped(
        ConversionPlan, "apply", lambda right, self, *, at, **_: right(self, at=at)
    ),
    "an account gets people twice": (putting_members, "member_keys", lambda member: (id(member),)),
}

# All are hunted unless HYPOTHESIS_PROFILE=quick; .ci/run hunts all.
PLANTED = QUICKLY_FOUND | (FOUND_LATER if settings.default.max_examples >= 100 else {})


def test_the_funnel_keeps_its_laws():
    """Along each way that a lead goes, the library and the model agree at every step."""
    run_state_machine_as_test(Funnel, settings=walk)


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug, monkeypatch):
    """A funnel that breaks a law does not get through the walk."""
    target, name, wrong = PLANTED[bug]
    monkeypatch.setattr(target, name, wrong)

    with pytest.raises(Exception):  # noqa: B017, PT011 - any way of coming to light is right
        run_state_machine_as_test(Funnel, settings=hunt)
