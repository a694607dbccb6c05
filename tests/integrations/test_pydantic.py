"""Leads in bodies: read from their stored form, refused with all paths, and never echoed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import pytest
from fastapi import Body, FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, TypeAdapter, ValidationError

from salesfunnel.history import Recorded
from salesfunnel.integrations.pydantic import Stored, StoredForm, without_input
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.storage import to_data
from tests.integrations.asgi import Client

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = Lead.capture(id="7", person="Sara Ahmadi", email="sara@novin.example", at=MONDAY)


class Page(BaseModel):
    """A model of the host with a lead in it."""

    lead: Stored[Lead]
    event: Stored[Recorded] | None = None


app = FastAPI()
app.add_exception_handler(RequestValidationError, without_input)


@app.post("/leads")
def call(lead: Annotated[Stored[Lead], Body()]) -> Stored[Lead]:
    """Log a call."""
    return lead.log("call", reached=True, at=MONDAY)


@pytest.fixture(scope="module")
def client():
    """Provide a client of the application."""
    return Client(app)


def test_a_lead_goes_in_and_comes_out(client):
    """The body and the answer are the stored form."""
    answer = client.post("/leads", to_data(LEAD))

    assert answer.status == 200
    assert answer.data == to_data(LEAD.log("call", reached=True, at=MONDAY))


def test_all_paths_are_in_one_422_and_nothing_is_echoed(client):
    """Two mistakes are said at once, with their places; no name and no address is repeated."""
    data = to_data(LEAD.log("call", reached=True, at=MONDAY))
    del data["events"][1]["at"]
    data["events"][2]["form_stage"] = "new"

    answer = client.post("/leads", data)

    assert answer.status == 422
    [detail] = answer.data["detail"]
    assert [problem["where"] for problem in detail["ctx"]["problems"]] == [
        "$.events[1]",
        "$.events[2].form_stage",
    ]
    assert "$.events[1]: " in detail["msg"]
    assert [word for word in ("Sara", "sara@", "input") if word in answer.text] == []


@pytest.mark.parametrize("body", ["null", "[]", '"x"', "{", '{"format": "salesfunnel.account"}'])
def test_any_other_body_is_a_422(client, body):
    """What is no lead at all is refused like a lead with a mistake."""
    assert client.post("/leads", text=body).status == 422


def test_the_application_describes_itself(client):
    """The page of the interface is there."""
    assert client.get("/openapi.json").status == 200


def test_in_a_model_of_ones_own():
    """A value passes as it is; data are read, and written again."""
    sent = Recorded(at=MONDAY, kind="sent")
    page = Page.model_validate({"lead": to_data(LEAD), "event": to_data(sent)})

    assert page == Page(lead=LEAD, event=sent)
    assert Page.model_validate_json(page.model_dump_json()) == page
    with pytest.raises(ValidationError, match="must be an object"):
        Page(lead=7)


def test_pipelines_of_ones_own():
    """They are given where the type is made."""
    ours = Pipeline(
        "ours",
        stages=[Stage("visit"), Stage("won", kind="won")],
        moves=[Move("win", "visit", "won")],
    )
    deal = Opportunity.open(id="7", pipeline=ours, at=MONDAY)
    stored = TypeAdapter(Annotated[Opportunity, StoredForm(pipelines=(ours,))])

    assert stored.validate_python(to_data(deal)) == deal
    with pytest.raises(ValidationError, match="pipeline that is not known"):
        TypeAdapter(Stored[Opportunity]).validate_python(to_data(deal))


class Maybe(BaseModel):
    """A model of the host, with pydantic as it comes."""

    lead: Stored[Lead] | None = None
    others: list[Stored[Lead] | Stored[Opportunity]] = []


@pytest.mark.parametrize(
    "sent",
    [
        {"lead": {"name": "Sara Ahmadi"}},
        {"lead": "Sara Ahmadi"},
        {"lead": to_data(LEAD) | {"note": "Sara Ahmadi"}},
        {"others": [{"name": "Sara Ahmadi"}, ["Sara Ahmadi"]]},
    ],
)
def test_an_error_shows_nothing_of_what_was_sent(sent):
    """Neither its text nor its data, however deep the field stands, and read from JSON too."""
    for read, given in (
        (Maybe.model_validate, sent),
        (Maybe.model_validate_json, json.dumps(sent)),
    ):
        with pytest.raises(ValidationError) as caught:
            read(given)

        told = f"{caught.value} {caught.value.errors()} {caught.value.json()}"
        assert "Sara" not in told
        assert "invalid_document" in told
        assert "not shown" in told
