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
    noun = _with_two_people(draw, noun, at)
    known = _people_of(noun)
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


def _with_two_people(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    """Let a deal or an account have two people at least; a lead is about one."""
    missing = range(2 - len(_people_of(noun)))
    if isinstance(noun, Opportunity):
        for _ in missing:
            noun = noun.involve(draw(drawn.people), draw(drawn.roles), at=at)
    if isinstance(noun, Account) and missing:
        more = [draw(drawn.people) for _ in missing]
        return noun.amend(people=[*noun.people, *more], at=at)
    return noun


def _people_of(noun: Any) -> list[Person]:  # noqa: ANN401 - one of three nouns
    """List whom a noun names; a lead names by its id whom it has become, once it is converted."""
    if isinstance(noun, Lead):
        return [Person("A", id="a"), Person("B", id=noun.contact_id)] if noun.contact_id else []
    contacts = [contact.person for contact in getattr(noun, "contacts", ())]
    return [person for person in getattr(noun, "people", contacts) if not person.is_erased]


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
