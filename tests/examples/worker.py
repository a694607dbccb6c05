"""
One process of an example application: ``python worker.py django|fastapi PLACE``.

Requests come as lines of JSON, and replies go out likewise. ``{"crash": true}`` lets the process
end at the next save, after the events and before the row.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "docs/examples")]


class DjangoWorker:
    """The application of Django, called as its own test client does."""

    battery = "salesfunnel.integrations.django"

    def __init__(self, place: str) -> None:
        """Set up, and create the tables where there are none."""
        os.environ["CRM_DATABASE"] = place
        os.environ["DJANGO_SETTINGS_MODULE"] = "django_crm.settings"
        import django
        from django.core.management import call_command
        from django.test import Client

        django.setup()
        call_command("migrate", run_syncdb=True, verbosity=0)
        self.client = Client()

    def send(self, method: str, path: str, fields: dict[str, Any]) -> tuple[int, str, str]:
        """Send a request."""
        reply = self.client.get(path) if method == "GET" else self.client.post(path, fields)
        return reply.status_code, reply.content.decode(), reply.headers.get("location", "")


class FastapiWorker:
    """The application of FastAPI."""

    battery = "salesfunnel.integrations.sqlalchemy"

    def __init__(self, place: str) -> None:
        """Create the tables where there are none."""
        url = f"postgresql+psycopg://postgres@/postgres?host={place}"
        os.environ["CRM_URL"] = url if Path(place).is_dir() else f"sqlite:///{place}"
        import fastapi_crm

        from tests.integrations.asgi import Client

        fastapi_crm.metadata.create_all(fastapi_crm.engine)
        self.client = Client(fastapi_crm.app)

    def send(self, method: str, path: str, fields: dict[str, Any]) -> tuple[int, str, str]:
        """Send a request."""
        client = self.client
        reply = client.get(path) if method == "GET" else client.post_form(path, **fields)
        return reply.status, reply.text, reply.location


def main(app: str, place: str) -> None:
    """Answer one line after the other."""
    worker = {"django": DjangoWorker, "fastapi": FastapiWorker}[app](place)
    print("ready", flush=True)  # noqa: T201 - it is spoken to by a pipe
    for line in sys.stdin:
        asked = json.loads(line)
        if asked.get("crash"):
            battery = importlib.import_module(worker.battery)
            battery.as_row = lambda *_, **__: os._exit(3)
            continue
        reply = worker.send(asked["method"], asked["path"], asked["fields"])
        print(json.dumps(reply), flush=True)  # noqa: T201 - likewise


if __name__ == "__main__":
    main(*sys.argv[1:])
