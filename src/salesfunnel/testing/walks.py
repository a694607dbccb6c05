"""
Hypothesis strategies for leads, opportunities and accounts: each is made by walking its verbs.

So what comes out can also come about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ..accounts.account import Account
from ..errors import MoveRefused
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from . import _drawn as drawn
from .account_steps import ACCOUNT_STEPS
from .deal_steps import DEAL_REMARKS, DEAL_STEPS, DEAL_WAYS
from .lead_steps import LEAD_REMARKS, LEAD_STEPS, LEAD_WAYS
from .shared_steps import NounStep

_LONGEST_WALK = 9
NounT = TypeVar("NounT", Lead, Opportunity, Account)


@st.composite
def leads(draw: DrawFn, *, stage: str = "") -> Lead:
    """
    Leads that have walked some way, wherever it led, or in a given stage.

    >>> leads(stage="qualified").validate()
    """
    lead = Lead.capture(
        person=draw(drawn.maybe_people) or "",
        role=draw(drawn.lead_roles),
        company=draw(drawn.companies),
        contact_points=draw(drawn.points),
        source=draw(drawn.sources),
        source_words=draw(drawn.notes),
        details=draw(drawn.details),
        id=draw(drawn.lines),
        pipeline=draw(drawn.lead_pipelines),
        owner=draw(drawn.owners),
        by=draw(drawn.lines),
        at=draw(drawn.instants),
    )
    lead = _walk(draw, lead, LEAD_REMARKS if stage else LEAD_STEPS)
    at = lead.timeline[-1].at + draw(drawn.gaps)
    arrived: Lead = LEAD_WAYS[stage](draw, lead, at) if stage else lead
    return arrived


@st.composite
def opportunities(draw: DrawFn, *, stage: str = "") -> Opportunity:
    """
    Opportunities that have walked some way, wherever it led, or in a given stage.

    >>> opportunities(stage="won").validate()
    """
    deal = Opportunity.open(
        id=draw(drawn.names),
        name=draw(drawn.lines),
        account_id=draw(drawn.lines),
        lead_ids=draw(drawn.ids),
        amount=draw(drawn.maybe_moneys),
        expected_close=draw(drawn.maybe_days),
        answers=draw(drawn.answers_by_question),
        source=draw(drawn.sources),
        source_words=draw(drawn.notes),
        details=draw(drawn.details),
        pipeline=draw(drawn.deal_pipelines),
        owner=draw(drawn.owners),
        by=draw(drawn.lines),
        at=draw(drawn.instants),
    )
    deal = _walk(draw, deal, DEAL_REMARKS if stage else DEAL_STEPS)
    at = deal.timeline[-1].at + draw(drawn.gaps)
    arrived: Opportunity = DEAL_WAYS[stage](draw, deal, at) if stage else deal
    return arrived


@st.composite
def accounts(draw: DrawFn) -> Account:
    """
    Accounts of companies and of people, some of them completed or corrected later.

    >>> accounts().validate()
    """
    account = Account.open(
        id=draw(drawn.names),
        name=draw(drawn.names),
        company=draw(drawn.maybe_companies),
        people=draw(drawn.crowd),
        contact_points=draw(drawn.points),
        source=draw(drawn.sources),
        source_words=draw(drawn.notes),
        details=draw(drawn.details),
        lead_ids=draw(drawn.ids),
        owner=draw(drawn.owners),
        by=draw(drawn.lines),
        at=draw(drawn.instants),
    )
    return _walk(draw, account, ACCOUNT_STEPS)


def _walk(draw: DrawFn, entity: NounT, steps: Mapping[str, NounStep]) -> NounT:
    for name in draw(_walks[tuple(steps)]):
        try:
            entity = steps[name](draw, entity, entity.timeline[-1].at + draw(drawn.gaps))
        except MoveRefused:
            continue  # the way is closed from here, so the walk goes on elsewhere
    return entity


_walks = {
    tuple(steps): st.lists(st.sampled_from(sorted(steps)), max_size=_LONGEST_WALK)
    for steps in (LEAD_REMARKS, LEAD_STEPS, DEAL_REMARKS, DEAL_STEPS, ACCOUNT_STEPS)
}
