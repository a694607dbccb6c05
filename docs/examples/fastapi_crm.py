"""A CRM of one screen, with FastAPI and SQLAlchemy 2."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Annotated
from urllib.parse import parse_qs

import sqlalchemy as sa
from fastapi import Body, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from sales import RENAMED, SALES_1, SALES_2, react
from sqlalchemy import orm

from salesfunnel import BANT, Account, Lead, Money, Opportunity, SalesFunnelError, plan_conversion
from salesfunnel.conversion import Conversion
from salesfunnel.errors import StaleVersion
from salesfunnel.history import expect, story_of
from salesfunnel.integrations.pydantic import Stored, without_input
from salesfunnel.integrations.sqlalchemy import Tables
from salesfunnel.pipeline import transfer

engine = sa.create_engine(os.environ.get("CRM_URL", "sqlite:///crm.sqlite"))
metadata = sa.MetaData()
kept = Tables(metadata, prefix="sales_")
LEADS, DEALS = kept.row[Lead].c, kept.row[Opportunity].c


if engine.dialect.name == "sqlite":  # let a transaction lock when it begins, not when it writes

    @sa.event.listens_for(engine, "connect")
    def _no_driver_transactions(connection: object, _record: object) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def _begin_immediately(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def session() -> Iterator[orm.Session]:
    """Give each request one transaction."""
    with orm.Session(engine) as opened, opened.begin():
        yield opened


async def form(request: Request) -> dict[str, list[str]]:
    """Read a form."""
    return parse_qs((await request.body()).decode(), keep_blank_values=True)


Database = Annotated[orm.Session, Depends(session, scope="function")]
Form = Annotated[dict[str, list[str]], Depends(form)]

app = FastAPI()
app.add_exception_handler(RequestValidationError, without_input)


@app.exception_handler(SalesFunnelError)
def answer_no(request: Request, error: SalesFunnelError) -> PlainTextResponse:
    """Answer 422 with the reasons, and 409 to the second of two editors."""
    return PlainTextResponse(str(error), 409 if isinstance(error, StaleVersion) else 422)


def back(anchor: str = "") -> RedirectResponse:
    """Go back to the screen."""
    return RedirectResponse(f"/#{anchor}", 303)


def now() -> datetime:
    """Read the clock, which the library never does."""
    return datetime.now(UTC)


@app.get("/", response_class=HTMLResponse)
def screen(database: Database) -> str:
    """Show the board: by stage, what is due first on top."""
    parts = [
        '<form method="post" action="/leads">',
        *(f'<input name="{name}">' for name in ("person", "company", "email")),
        "<button>Capture</button></form>",
    ]
    for table in (kept.row[Lead], kept.row[Opportunity]):
        order = (table.c.stage_position, table.c.due_at.asc().nulls_last(), table.c.id)
        for row in database.execute(sa.select(table).order_by(*order)):
            parts.append(f'<h2>{escape(row.stage)}</h2><p id="{escape(row.id)}">')
            parts.append(f"{row.kind} {escape(row.id)} v{row.version}</p>")
    return "\n".join(parts)


@app.post("/leads")
def capture(database: Database, said: Form) -> RedirectResponse:
    """Take in what the form says."""
    known = {name: said.get(name, [""])[0] for name in ("person", "company", "email")}
    lead = Lead.capture(**known, source="web", at=now())
    kept.save(database, lead)
    return back(lead.id)


@app.post("/leads/{lead_id}/qualify")
def qualify(database: Database, lead_id: str, said: Form) -> RedirectResponse:
    """Put down the answers of the form, and qualify the lead."""
    answers = dict.fromkeys(said.get("yes", []), True)
    lead = kept.load(database, Lead, lead_id).answer(answers, at=now())
    kept.save(database, lead.qualify(BANT, at=now()))
    return back(lead_id)


@app.post("/leads/{lead_id}/convert")
def convert(database: Database, lead_id: str, said: Form) -> RedirectResponse:
    """Make an account and a deal of the lead, all or nothing."""
    amount = Money(said["amount"][0], "EUR")
    lead = kept.load(database, Lead, lead_id)
    lead, account, deal = plan_conversion(lead, amount=amount, pipeline=SALES_1).apply(at=now())
    kept.save(database, lead, account, deal)
    return back(deal.id)


@app.post("/leads/{lead_id}/undo")
def undo(database: Database, lead_id: str) -> RedirectResponse:
    """Take the conversion back; what it has opened is deleted."""
    lead = kept.load(database, Lead, lead_id)
    account = kept.load(database, Account, lead.account_id)
    deal = kept.load(database, Opportunity, lead.opportunity_id)
    undone = Conversion(lead, account, deal).undo(at=now())
    kept.save(database, undone.lead)
    for before, after in ((account, undone.account), (deal, undone.opportunity)):
        if after is None:
            kept.remove(database, before)
        else:
            kept.save(database, after)
    return back(lead_id)


@app.post("/deals/{deal_id}/move")
def move(database: Database, deal_id: str, said: Form) -> RedirectResponse:
    """Move a card, unless another editor has touched it since; a win is followed by an invoice."""
    known, reason = int(said["version"][0]), said.get("reason", [""])[0]
    deal = expect(kept.load(database, Opportunity, deal_id), known)
    deal = deal.move(to=said["to"][0], reason=reason, at=now())
    kept.save(database, react(deal, known, at=now()), known=known)
    return back(deal_id)


@app.post("/deals/renew")
def renew(database: Database) -> RedirectResponse:
    """Let all open deals go on along the new version of the pipeline."""
    old = (DEALS.stage_kind == "open", DEALS.pipeline_version == "1")
    for deal in kept.find(database, Opportunity, *old):
        kept.save(database, transfer(deal, SALES_2, stages=RENAMED, at=now()))
    return back()


@app.get("/overdue")
def overdue(database: Database) -> JSONResponse:
    """List what has been in its stage for too long, by one query."""
    query = sa.select(DEALS.id).where(DEALS.due_at < now()).order_by(DEALS.due_at)
    return JSONResponse({"overdue": list(database.execute(query).scalars())})


@app.get("/leads/{lead_id}/story", response_class=PlainTextResponse)
def story(database: Database, lead_id: str) -> str:
    """Tell what happened to a lead, its account and its deal, as one timeline."""
    lead = kept.load(database, Lead, lead_id)
    account = kept.load(database, Account, lead.account_id) if lead.account_id else None
    deal = kept.load(database, Opportunity, lead.opportunity_id) if lead.opportunity_id else None
    return "\n".join(line.describe(personal=True) for line in story_of(lead, account, deal))


@app.post("/import")
def take_over(database: Database, lead: Annotated[Stored[Lead], Body()]) -> RedirectResponse:
    """Take over a lead with its history, from another program."""
    kept.save(database, lead)
    return back(lead.id)
