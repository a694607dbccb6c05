"""The example applications are real: each walks through a sale, on each database there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from tests import postgresql

WORKER = Path(__file__).with_name("worker.py")
EXAMPLES = WORKER.parents[2] / "docs/examples"
ALL_YES = ["need", "budget", "timing", "authority"]


@attrs.define
class Worker:
    """A process of an application."""

    process: subprocess.Popen[str]

    @classmethod
    def of(cls, app, place):
        """Start one, and wait until it is ready."""
        process = subprocess.Popen(
            [sys.executable, str(WORKER), app, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )
        assert process.stdout.readline() == "ready\n"
        return cls(process)

    def ask(self, method, path, **fields):
        """Send a request, without waiting for what comes back."""
        asked = {"method": method, "path": path, "fields": fields}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()

    def answer(self):
        """Wait for the status, the text, and where to go on."""
        return tuple(json.loads(self.process.stdout.readline()))

    def get(self, path):
        """Ask for a page."""
        self.ask("GET", path)
        status, text, _ = self.answer()
        assert status == 200, text
        return text

    def post(self, path, **fields):
        """Send a form that is taken, and give the anchor to which it leads back."""
        self.ask("POST", path, **fields)
        status, text, location = self.answer()
        assert status in {302, 303}, text
        return location.partition("#")[2]

    def crash_at_the_next_save(self):
        """Let the process end after the events and before the row."""
        self.process.stdin.write('{"crash": true}\n')

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def postgresql_socket():
    """Start a PostgreSQL for this file, and stop it again."""
    with postgresql.running() as folder:
        yield folder


ON_POSTGRESQL = pytest.mark.postgresql


@pytest.fixture(
    scope="module",
    params=[
        "django sqlite",
        "fastapi sqlite",
        pytest.param("django postgresql", marks=ON_POSTGRESQL),
        pytest.param("fastapi postgresql", marks=ON_POSTGRESQL),
    ],
)
def start(request, tmp_path_factory):
    """Start any number of processes of one application on one database."""
    app, _, database = request.param.partition(" ")
    if database == "sqlite":
        place = tmp_path_factory.mktemp(app) / "crm.sqlite"
    else:
        place = request.getfixturevalue("postgresql_socket")
        _drop_all_tables(place)
    workers = []

    def another():
        workers.append(Worker.of(app, place))
        return workers[-1]

    yield another
    for worker in workers:
        worker.close()


def _drop_all_tables(socket):
    import psycopg

    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres") as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture(scope="module")
def worker(start):
    """Start the process that most tests share; each has a lead of its own."""
    return start()


def a_deal(worker, name):
    """Capture, qualify and convert, by the forms of the screen; give the ids of lead and deal."""
    email = f"{name.replace(' ', '.')}@novin.example"
    lead = worker.post("/leads", person=name, company="Novin Tejarat", email=email)
    worker.post(f"/leads/{lead}/qualify", yes=ALL_YES)
    return lead, worker.post(f"/leads/{lead}/convert", amount="900")


def version(worker, noun):
    """Read the version of a card from the board."""
    return int(worker.get("/").partition(f" {noun} v")[2].partition("<")[0])


def test_a_sale_from_the_form_to_the_invoice(worker):
    """Captured, qualified, converted, moved, won; the invoice is sent, and the page tells it."""
    lead, deal = a_deal(worker, "Sara Ahmadi")

    worker.post(f"/deals/{deal}/move", to="offer", version=version(worker, deal))
    worker.post(f"/deals/{deal}/move", to="won", version=version(worker, deal))

    told = [line.partition(": ")[2] for line in worker.get(f"/leads/{lead}/story").splitlines()]
    assert told[0].startswith("came in as a lead, source web: Sara Ahmadi; Novin Tejarat")
    assert told[-3:] == [
        "moved from visit to offer",
        "won for 900 EUR",
        "recorded invoice_sent: amount: 900 EUR",
    ]
    assert json.loads(worker.get("/overdue")) == {"overdue": []}


def test_a_refusal_says_all_its_reasons_and_changes_nothing(worker):
    """A lead without answers is not qualified, and a deal is not lost without a reason."""
    lead = worker.post("/leads", person="Li Wei")
    worker.ask("POST", f"/leads/{lead}/qualify", yes=["need"])
    status, text, _ = worker.answer()

    assert (status, "cannot qualify" in text) == (422, True)
    assert version(worker, lead) == 1
    _, deal = a_deal(worker, "Li Wei")
    worker.ask("POST", f"/deals/{deal}/move", to="lost", version=version(worker, deal))
    status, text, _ = worker.answer()
    assert (status, "a reason is needed" in text) == (422, True)


def test_a_conversion_is_undone(worker):
    """The account and the deal are gone, and the lead can be converted again."""
    lead, deal = a_deal(worker, "Ali Karimi")

    worker.post(f"/leads/{lead}/undo")

    assert f" {deal} v" not in worker.get("/")
    assert "the conversion was undone" in worker.get(f"/leads/{lead}/story")
    worker.post(f"/leads/{lead}/convert", amount="800")


def test_a_new_version_of_the_pipeline(worker):
    """Open deals go on under the new name of their stage, and a page still tells all."""
    lead, deal = a_deal(worker, "Ani Petrosyan")
    worker.post(f"/deals/{deal}/move", to="offer", version=version(worker, deal))

    worker.post("/deals/renew")

    worker.post(f"/deals/{deal}/move", to="won", version=version(worker, deal))
    assert "goes on along sales 2" in worker.get(f"/leads/{lead}/story")


def test_two_editors_in_two_processes(worker, start):
    """Both have read the same version of a card; one moves it, and the other is told."""
    other = start()
    for name in ("Emma Dubois", "Omid Rahimi", "Lea Martin"):
        _, deal = a_deal(worker, name)
        known = version(worker, deal)
        for editor, stage in ((worker, "offer"), (other, "lost")):
            editor.ask("POST", f"/deals/{deal}/move", to=stage, reason="price", version=known)

        statuses = sorted(editor.answer()[0] for editor in (worker, other))

        assert statuses[0] in {302, 303}
        assert statuses[1] == 409
        assert version(worker, deal) == known + 1


def test_a_crash_between_event_and_row(worker, start):
    """In one transaction nothing is left of it, and the next save does it."""
    crashing = start()
    lead = worker.post("/leads", person="Nora Berg")
    crashing.crash_at_the_next_save()
    crashing.ask("POST", f"/leads/{lead}/qualify", yes=ALL_YES)
    assert crashing.process.wait(timeout=60) == 3

    assert version(worker, lead) == 1

    worker.post(f"/leads/{lead}/qualify", yes=ALL_YES)
    assert version(worker, lead) > 1


def test_django_needs_twelve_lines_to_store_and_load():
    """Without blanks, comments and docstrings."""
    text = (EXAMPLES / "django_crm/models.py").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and '"""' not in line]

    assert len(lines) <= 12
