"""
How fast a move is, as ratios that hold on any machine.

Run ``python tests/benchmarks/pipeline_speed.py``. All contenders take turns in one process, each
round in another order; a ratio is the median over all rounds. Peers come with the extra ``bench``.
"""

from __future__ import annotations

import gc
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import attrs
from transitions import Machine

from salesfunnel.errors import Refusal
from salesfunnel.pipeline import Guard, Move, Pipeline, Stage
from salesfunnel.rules import yes

ROUNDS, CALLS = 60, 1_000
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@attrs.frozen
class Deal:
    """A deal with fifteen fields."""

    id: str = "7"
    name: str = "Generators"
    account: str = "Novin Tejarat"
    owner: str = "Sara"
    amount: int = 900
    currency: str = "EUR"
    agreed: bool = True
    source: str = "exhibition"
    campaign: str = "spring"
    contact: str = "Ahmadi"
    phone: str = "+98 21 555"
    email: str = "info@novin.example"
    note: str = ""
    timeline_of: tuple[object, ...] = ()
    stage: str = "demo"


@attrs.frozen
class DealWithHistory:
    """The same, with a timeline."""

    id: str = "7"
    name: str = "Generators"
    account: str = "Novin Tejarat"
    owner: str = "Sara"
    amount: int = 900
    currency: str = "EUR"
    agreed: bool = True
    source: str = "exhibition"
    campaign: str = "spring"
    contact: str = "Ahmadi"
    phone: str = "+98 21 555"
    email: str = "info@novin.example"
    note: str = ""
    timeline: tuple[object, ...] = ()
    stage: str = "demo"


class Bound:
    """A mutable deal that bare machines move."""

    agreed = True
    stage = "demo"


def agreed(deal: Deal, _at: datetime) -> bool:
    """Tell whether the amount is agreed."""
    return deal.agreed


def never(_deal: Deal, _at: datetime) -> bool:
    """Never agree."""
    return False


STAGES = ("demo", "offer", "negotiation", "won", "lost")
TABLE = {"propose": {"demo": ((agreed,), "offer")}}


def define(check: object = agreed) -> Pipeline:
    """Define a pipeline as users do."""
    return Pipeline(
        "benchmark",
        stages=[*map(Stage, STAGES[:3]), Stage("won", kind="won"), Stage("lost", kind="lost")],
        moves=[
            Move("propose", "demo", "offer", guards=Guard("agreed", check, message="not agreed")),
            Move("doubt", "demo", "offer", guards=Guard("never", never, message="not agreed")),
            Move("negotiate", "offer", "negotiation"),
            Move("win", ["offer", "negotiation"], "won"),
            Move("lose", STAGES[:3], "lost"),
        ],
    )


def machine(model: object = None) -> Machine:
    """Build a bare machine with the same stages and moves."""
    return Machine(
        model=model,
        states=list(STAGES),
        initial="demo",
        auto_transitions=False,
        model_attribute="stage",
        transitions=[
            {"trigger": "propose", "source": "demo", "dest": "offer", "conditions": lambda: True},
            {"trigger": "doubt", "source": "demo", "dest": "offer", "conditions": lambda: False},
            {"trigger": "negotiate", "source": "offer", "dest": "negotiation"},
            {"trigger": "win", "source": ["offer", "negotiation"], "dest": "won"},
            {"trigger": "lose", "source": list(STAGES[:3]), "dest": "lost"},
        ],
    )


def hand_written(deal: Deal, trigger: str, *, at: datetime) -> Deal:
    """Move a deal as one would without any library: a table, the guards, and a new object."""
    row = TABLE.get(trigger, {}).get(deal.stage)
    if row is None:
        raise LookupError(trigger)
    guards, destination = row
    for guard in guards:
        if not guard(deal, at):
            raise PermissionError(trigger)
    return Deal(
        deal.id,
        deal.name,
        deal.account,
        deal.owner,
        deal.amount,
        deal.currency,
        deal.agreed,
        deal.source,
        deal.campaign,
        deal.contact,
        deal.phone,
        deal.email,
        deal.note,
        deal.timeline_of,
        destination,
    )


def contenders() -> dict[str, Callable[[int], None]]:  # noqa: C901 - a list of loops
    """List all that is measured: each repeats its own call a number of times."""
    pipeline, with_rule = define(), define(yes("agreed"))
    deal, chronicle, bound = Deal(), DealWithHistory(), Bound()
    machine(bound)
    assert pipeline.move(deal, "propose", at=MONDAY) == hand_written(deal, "propose", at=MONDAY)
    assert isinstance(pipeline.try_move(deal, "doubt", at=MONDAY), Refusal)

    def by_hand(calls: int) -> None:
        for _ in range(calls):
            hand_written(deal, "propose", at=MONDAY)

    def move(calls: int) -> None:
        for _ in range(calls):
            pipeline.move(deal, "propose", at=MONDAY)

    def rule(calls: int) -> None:
        for _ in range(calls):
            with_rule.move(deal, "propose", at=MONDAY)

    def history(calls: int) -> None:
        for _ in range(calls):
            pipeline.move(chronicle, "propose", at=MONDAY)

    def bare(calls: int) -> None:
        for _ in range(calls):
            bound.stage = "demo"
            bound.propose()

    def refusal(calls: int) -> None:
        for _ in range(calls):
            pipeline.try_move(deal, "doubt", at=MONDAY)

    def bare_refusal(calls: int) -> None:
        bound.stage = "demo"
        for _ in range(calls):
            bound.doubt()

    def compiled(calls: int) -> None:
        for _ in range(calls // 100):
            define().decide("demo", "propose", deal, at=MONDAY)

    def bare_compiled(calls: int) -> None:
        for _ in range(calls // 100):
            machine()

    found = [by_hand, move, rule, history, bare, refusal, bare_refusal, compiled, bare_compiled]
    peers = [peer for peer in (statemachine_peer(), django_peer()) if peer]
    return {contender.__name__: contender for contender in (*found, *peers)}


def statemachine_peer() -> Callable[[int], None] | None:
    """Move by python-statemachine, if it is installed."""
    try:
        from statemachine import State, StateMachine
    except ImportError:
        return None

    class Peer(StateMachine):
        """The same guarded move."""

        demo, offer = State(initial=True), State()
        propose = demo.to(offer, cond="may") | offer.to(demo)

        def may(self) -> bool:
            """Agree."""
            return True

    peer = Peer()

    def statemachine(calls: int) -> None:
        for _ in range(calls // 20):
            peer.propose()

    return statemachine


def django_peer() -> Callable[[int], None] | None:
    """Move by django-fsm-2, if it is installed."""
    try:
        import django
        from django.conf import settings

        if not settings.configured:
            settings.configure(USE_TZ=True)
        django.setup()
        from django.db import models
        from django_fsm import FSMField, transition
    except ImportError:
        return None

    class Peer(models.Model):  # noqa: DJ008 - never shown
        """The same guarded move."""

        stage = FSMField(default="demo")

        class Meta:
            """The model belongs to no installed application."""

            app_label = "benchmark"

        @transition(field=stage, source="demo", target="offer", conditions=[lambda _: True])
        def propose(self) -> None:
            """Send an offer."""

    peer = Peer()

    def fsm(calls: int) -> None:
        for _ in range(calls):
            peer.stage = "demo"
            peer.propose()

    return fsm


def times(named: dict[str, Callable[[int], None]]) -> dict[str, list[float]]:
    """Let all take turns, in another order each round, and note what each call took."""
    calls = {"compiled": CALLS // 100, "bare_compiled": CALLS // 100, "statemachine": CALLS // 20}
    found: dict[str, list[float]] = {name: [] for name in named}
    order = list(named)
    for _ in range(ROUNDS):
        random.shuffle(order)
        for name in order:
            gc.collect(0)
            begin = time.process_time()
            named[name](CALLS)
            found[name].append((time.process_time() - begin) / calls.get(name, CALLS))
    return found


def ratio(above: list[float] | None, below: list[float]) -> float | None:
    """Compare two contenders round by round, and take the median."""
    return above and statistics.median(a / b for a, b in zip(above, below, strict=True))


def machine_bytes() -> float:
    """Measure how much more memory a deal takes after a move than one made by its class."""
    pipeline, count, sizes = define(), 2_000, []
    pipeline.move(Deal(), "propose", at=MONDAY)
    for make in (
        lambda: Deal(stage="offer"),
        lambda: pipeline.move(Deal(), "propose", at=MONDAY),
    ):
        tracemalloc.start()
        kept = [make() for _ in range(count)]
        sizes.append(tracemalloc.get_traced_memory()[0] / len(kept))
        tracemalloc.stop()
    return round(sizes[1] - sizes[0])


def import_ratio() -> tuple[float, bool]:
    """Compare the CPU time of importing the library and attrs, each in a fresh Python."""
    probe = "import time; t = time.process_time(); import {}; print(time.process_time() - t)"
    probe += "; import sys; print('transitions' in sys.modules)"
    best, loaded = {"attrs": float("inf"), "salesfunnel": float("inf")}, False
    for _ in range(9):
        for name in ("attrs", "salesfunnel"):
            done = subprocess.run(
                [sys.executable, "-c", probe.format(name)],
                capture_output=True,
                check=True,
                text=True,
            )
            seconds, transitions = done.stdout.split()
            best[name] = min(best[name], float(seconds))
            loaded = loaded or transitions == "True"
    return best["salesfunnel"] / best["attrs"], loaded


def report() -> bool:
    """Print each ratio beside its bar, and tell whether all are kept."""
    found_times = times(contenders())
    imports, loaded = import_ratio()
    rows = [
        ("move / hand-written table + cls(…)", "move", "by_hand", "≤", 0.40),
        ("move with its event / the same", "history", "by_hand", "≤", 0.55),
        ("bare transitions trigger / move", "bare", "move", "≥", 15),
        ("python-statemachine / move", "statemachine", "move", "≥", 150),
        ("django-fsm-2 / move", "fsm", "move", "≥", 6),
        ("refusal with reasons / bare False", "refusal", "bare_refusal", "≤", 0.8),
        ("define + check + compile / Machine", "compiled", "bare_compiled", "≤", 3),
        ("move with a rule as guard / by hand", "rule", "by_hand", "", 0),
    ]
    found = [
        (text, ratio(found_times.get(above), found_times[below]), sign, bar)
        for text, above, below, sign, bar in rows
    ]
    found += [
        ("machine bytes per entity", machine_bytes(), "≤", 0),
        ("import salesfunnel / import attrs", imports, "≤", 1.2),
        ("transitions imported with the library", float(loaded), "≤", 0),
    ]
    kept = True
    for text, measured, sign, bar in found:
        if measured is None:
            print(f"{text:40} not measured: the peer is not installed (extra `bench`)")
            continue
        holds = not sign or (measured <= bar if sign == "≤" else measured >= bar)
        kept = kept and holds
        print(f"{text:40}{measured:8.2f}   {sign} {bar:<6}{'' if holds else 'MISSED'}")
    microseconds = statistics.median(found_times["move"]) * 1e6
    print(f"(a move took {microseconds:.2f} µs on Python {sys.version.split()[0]})")
    return kept


if __name__ == "__main__":
    sys.exit(not report())
