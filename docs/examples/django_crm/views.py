"""The one screen, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST
from sales import RENAMED, SALES_1, SALES_2, react

from salesfunnel import BANT, Lead, Money, SalesFunnelError, plan_conversion
from salesfunnel.conversion import Conversion
from salesfunnel.errors import StaleVersion
from salesfunnel.history import expect, story_of
from salesfunnel.pipeline import transfer

from .models import AccountRow, DealRow, LeadRow

SCREEN = Template("""
<form method="post" action="/leads">{% csrf_token %}
  <input name="person" placeholder="Who"><input name="company" placeholder="Company">
  <input name="email" placeholder="E-mail"><button>Capture</button>
</form>
{% for stage, cards in board %}<h2>{{ stage }}</h2>
  {% for card in cards %}<p id="{{ card.id }}">{{ card.kind }} {{ card.id }} v{{ card.version }}</p>
  {% endfor %}
{% endfor %}
""")


def answers_no(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn a refusal into 422 with its reasons, and the second of two editors into 409."""

    @require_POST
    @wraps(view)
    def answering(request: HttpRequest, **given: str) -> HttpResponse:
        try:
            with transaction.atomic():
                return view(request, **given)
        except StaleVersion as error:
            return HttpResponse(str(error), status=409)
        except SalesFunnelError as error:
            return HttpResponse(str(error), status=422)

    return answering


def screen(request: HttpRequest) -> HttpResponse:
    """Show the board: by stage, what is due first on top."""
    board: dict[str, list[LeadRow | DealRow]] = {}
    for rows in (LeadRow, DealRow):
        cards = rows.objects.order_by("stage_position", F("due_at").asc(nulls_last=True), "id")
        for card in cards:
            board.setdefault(card.stage, []).append(card)
    return HttpResponse(SCREEN.render(RequestContext(request, {"board": board.items()})))


@answers_no
def capture(request: HttpRequest) -> HttpResponse:
    """Take in what the form says."""
    said = {name: request.POST.get(name, "") for name in ("person", "company", "email")}
    lead = Lead.capture(**said, source="web", at=timezone.now())
    LeadRow.keep(lead)
    return redirect(f"/#{lead.id}")


@answers_no
def qualify(request: HttpRequest, lead_id: str) -> HttpResponse:
    """Put down the answers of the form, and qualify the lead."""
    lead = LeadRow.load(lead_id)
    answers = dict.fromkeys(request.POST.getlist("yes"), True)
    LeadRow.keep(lead.answer(answers, at=timezone.now()).qualify(BANT, at=timezone.now()))
    return redirect(f"/#{lead_id}")


@answers_no
def convert(request: HttpRequest, lead_id: str) -> HttpResponse:
    """Make an account and a deal of the lead, all or nothing."""
    amount = Money(request.POST["amount"], "EUR")
    plan = plan_conversion(LeadRow.load(lead_id), amount=amount, pipeline=SALES_1)
    lead, account, deal = plan.apply(at=timezone.now())
    LeadRow.keep(lead)
    AccountRow.keep(account)
    DealRow.keep(deal)
    return redirect(f"/#{deal.id}")


@answers_no
def undo(request: HttpRequest, lead_id: str) -> HttpResponse:
    """Take the conversion back; what it has opened is deleted."""
    lead = LeadRow.load(lead_id)
    account, deal = AccountRow.load(lead.account_id), DealRow.load(lead.opportunity_id)
    undone = Conversion(lead, account, deal).undo(at=timezone.now())
    LeadRow.keep(undone.lead)
    for rows, before, after in (
        (AccountRow, account, undone.account),
        (DealRow, deal, undone.opportunity),
    ):
        if after is None:
            rows.remove(before)
        else:
            rows.keep(after)
    return redirect(f"/#{lead_id}")


@answers_no
def move(request: HttpRequest, deal_id: str) -> HttpResponse:
    """Move a card, unless another editor has touched it since; a win is followed by an invoice."""
    known = int(request.POST["version"])
    deal = expect(DealRow.load(deal_id), known)
    deal = deal.move(
        to=request.POST["to"], reason=request.POST.get("reason", ""), at=timezone.now()
    )
    DealRow.keep(react(deal, known, at=timezone.now()), known=known)
    return redirect(f"/#{deal_id}")


@answers_no
def renew(request: HttpRequest) -> HttpResponse:
    """Let all open deals go on along the new version of the pipeline."""
    for deal in DealRow.find(stage_kind="open", pipeline_version="1"):
        DealRow.keep(transfer(deal, SALES_2, stages=RENAMED, at=timezone.now()))
    return redirect("/")


def overdue(request: HttpRequest) -> HttpResponse:
    """List what has been in its stage for too long, by one query."""
    found = DealRow.objects.filter(due_at__lt=timezone.now()).order_by("due_at")
    return JsonResponse({"overdue": list(found.values_list("pk", flat=True))})


def story(request: HttpRequest, lead_id: str) -> HttpResponse:
    """Tell what happened to a lead, its account and its deal, as one timeline."""
    lead = LeadRow.load(lead_id)
    account = AccountRow.load(lead.account_id) if lead.account_id else None
    deal = DealRow.load(lead.opportunity_id) if lead.opportunity_id else None
    lines = [line.describe(personal=True) for line in story_of(lead, account, deal)]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("", screen),
    path("leads", capture),
    path("leads/<lead_id>/qualify", qualify),
    path("leads/<lead_id>/convert", convert),
    path("leads/<lead_id>/undo", undo),
    path("leads/<lead_id>/story", story),
    path("deals/<deal_id>/move", move),
    path("deals/renew", renew),
    path("overdue", overdue),
]
