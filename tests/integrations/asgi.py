"""A client of an application in the same process: what a browser or a program would send."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import attrs


@attrs.frozen
class Reply:
    """What came back: the status, the text, and where to go on if that is said."""

    status: int
    text: str
    location: str = ""

    @property
    def data(self) -> Any:
        """The text as JSON."""
        return json.loads(self.text)


@attrs.frozen
class Client:
    """Sends requests to an ASGI application, one after the other."""

    app: Any

    def get(self, path: str) -> Reply:
        """Ask for a page."""
        return asyncio.run(self._send("GET", path, b"", ""))

    def post(self, path: str, body: object = None, *, text: str | None = None) -> Reply:
        """Send JSON, from data or as it is written."""
        content = json.dumps(body) if text is None else text
        return asyncio.run(self._send("POST", path, content.encode(), "application/json"))

    def post_form(self, path: str, **fields: object) -> Reply:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return asyncio.run(self._send("POST", path, urlencode(fields, doseq=True).encode(), kind))

    async def _send(self, method: str, path: str, body: bytes, kind: str) -> Reply:
        sent: list[dict[str, Any]] = []
        received = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            message = next(received, None)
            return {"type": "http.disconnect"} if message is None else message

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        target, _, query = path.partition("?")
        headers = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body))]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": target,
            "raw_path": target.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers if kind else [],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "app": self.app,
        }
        await self.app(scope, receive, send)
        found = {name: value.decode() for name, value in sent[0]["headers"]}
        text = b"".join(part.get("body", b"") for part in sent[1:]).decode()
        return Reply(sent[0]["status"], text, found.get(b"location", ""))
