"""Merging as a step of a walk: nouns and people who turn out to be one, perhaps by mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis.strategies import DrawFn

from ..accounts.account import Account
from ..accounts.people import person_id
from ..duplicates.merge_plan import MergePlan
from ..duplicates.merging import plan_merge
from ..duplicates.unmerging import undo_merge
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.person import Person
from . import _drawn as drawn


def merge_people(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    """Let the first person whom a noun names turn out to be the last, perhaps by mistake."""
    if isinstance(noun, Lead):
        known = [Person("A", id="a"), Person("B", id=noun.contact_id or "b")]
    else:
        contacts = [contact.person for contact in getattr(noun, "contacts", ())]
        known = [person for person in getattr(noun, "people", contacts) if not person.is_erased]
    home: Any = noun
    if isinstance(noun, Opportunity) and known:
        home = Account.open(id=noun.account_id or "home", name="Novin", people=known, at=at)
    ids = [person_id(home.id, person) for person in known]
    if not ids or ids[0] == ids[-1]:
        return noun
    merged = plan_merge(known[0], known[-1], pointing=(home, noun))
    done = merged.apply(at=at, by=draw(drawn.lines))
    if draw(drawn.booleans):
        done = undo_merge(done.survivor, done.other, pointing=done.pointing, at=at)
    of_its_kind = (one for one in done.pointing if type(one) is type(noun))
    return next((one for one in of_its_kind if one.id == noun.id), noun)


def merge_and_undo(_draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - two nouns
    """Merge a lead or an account into another one by mistake, where nothing speaks against it."""
    survivor: Any = Lead.capture(id=f"survivor of {noun.id}", at=at)
    if isinstance(noun, Account):
        survivor = Account.open(id=f"survivor of {noun.id}", name="Novin", at=at)
    plan: MergePlan[Any] = plan_merge(survivor, noun)
    if plan.refusal is not None:
        return noun
    merged = plan.apply(at=at)
    return undo_merge(merged.survivor, merged.other, at=at).other
