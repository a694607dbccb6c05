"""
Documents and texts that were changed at random, as strangers and broken programs change them.

`python tests/storage/mutants.py 100000` reads so many of each, and ends with status 1 where
anything but our own error escapes, or one takes longer than 50 ms. The suite reads 3,000.
"""

from __future__ import annotations

import copy
import gc
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from salesfunnel.errors import InvalidDocument
from salesfunnel.storage import from_data, from_json, to_data
from tests.storage.sample_values import OURS, documents

MOST_SECONDS, MOST_PROBLEMS, MOST_LETTERS = 0.05, 20, 20_000
ODD = (
    *(None, True, False, 0, -1, 1, 7, 10**24, 10**400, 0.5, float("nan"), float("inf")),
    *("", " ", "x", "new", "2026-03-02", "2026-03-02T09:00:00+00:00", "0001-01-01T00:00:00+14:00"),
    *("a\0b", "\ud800", "\u202e", "1E+9999999", "9" * 5_000, "x" * 200_000, "{x.__class__}"),
    *([], {}, [[]], [None] * 30, {"event": "lead.captured"}, {"money": "1", "currency": "EUR"}),
    *({"decimal": "NaN"}, {"day": "2026-02-30"}, {"moment": "20260302T09"}, {1: 2}),
)
PIECES = (
    *("NaN", "1e999999", "-Infinity", "9" * 5_000, '"\\ud800"', '"\\u0000"', "[" * 60, "{" * 60),
    *('{"a":1,"a":2}', "1.0000000000001", "\ufeff", "\\", '"', ",", ":", "}", "]", "tru", "\x00"),
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """List every place of a document: its container, and its key or number there."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in list(items):
        found.append((data, key))
        if isinstance(value, dict | list):
            found += places(value)
    return found


def changed(data: Any, chance: random.Random) -> Any:
    """Change a document in one to three places."""
    mutant = copy.deepcopy(data)
    for _ in range(chance.randint(1, 2)):
        known = places(mutant)
        if not known:
            return chance.choice(ODD)
        container, key = chance.choice(known)
        other, other_key = chance.choice(known)
        match chance.randrange(6):
            case 0:
                del container[key]
            case 1:
                container[key] = copy.deepcopy(chance.choice(ODD))
            case 2:
                container[key] = copy.deepcopy(other[other_key])
            case 3 if isinstance(container, dict):
                name = chance.choice(["", "x y", "event", "at", str(key)[:-1]])
                container[name] = container.pop(key)
            case 4 if isinstance(container, dict):
                container["added"] = copy.deepcopy(chance.choice(ODD))
            case _:
                if isinstance(container, list):
                    container.insert(key, copy.deepcopy(container[key]))
    return mutant


def changed_text(text: str, chance: random.Random) -> str | bytes:
    """Change a text in one to three places: cut, doubled, or with something put in."""
    for _ in range(chance.randint(1, 3)):
        start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[min(end, start + 9) :]
            case 1:
                text = text[:start] + chance.choice(PIECES) + text[start:]
            case 2:
                text = text[:start]
            case _:
                text = text[:end] + text[start:]
    if chance.random() < 0.1:
        return text.encode("utf-8", "surrogatepass")[chance.randrange(3) :]
    return text


SOURCES = tuple(to_data(value) for value in documents().values())


def campaign(count: int, *, seed: int) -> Iterator[tuple[Callable[..., Any], Any]]:
    """Draw so many changed documents, and as many changed texts, each with its reader."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    texts = [json.dumps(data, ensure_ascii=False) for data in SOURCES]
    for _ in range(count):
        yield from_data, changed(chance.choice(SOURCES), chance)
        yield from_json, changed_text(chance.choice(texts), chance)


def read(reader: Callable[..., Any], mutant: Any) -> object:
    """Read a mutant; return what it is, or ``None`` where it is refused in few words."""
    try:
        return reader(mutant, pipelines=[OURS])
    except InvalidDocument as error:
        refused = error
    if not 1 <= len(refused.problems) <= MOST_PROBLEMS or len(str(refused)) > MOST_LETTERS:
        raise ValueError(f"{len(refused.problems)} problems, {len(str(refused))} letters")
    return None


def main(count: int) -> int:
    """Read so many of each, and say what came of it."""
    accepted = refused = escaped = 0
    slowest = 0.0
    gc.freeze()  # so that no reader pays for what the script itself keeps
    for reader, mutant in campaign(count, seed=count):
        begin = time.process_time()
        try:
            found = read(reader, mutant)
        except Exception as error:  # noqa: BLE001 - that is the question
            escaped += 1
            print(f"{reader.__name__}: {error!r:.300}")  # noqa: T201 - a script
            continue
        took = time.process_time() - begin
        slowest = max(slowest, took)
        accepted, refused = accepted + (found is not None), refused + (found is None)
        if found is not None and from_data(to_data(found), pipelines=[OURS]) != found:
            escaped += 1
            print(f"not the same again: {found!r:.300}")  # noqa: T201 - a script
    print(  # noqa: T201 - a script
        f"{accepted:,} accepted, {refused:,} refused, {escaped} escaped, "
        f"slowest {slowest * 1000:.1f} ms (at most {MOST_SECONDS * 1000:.0f})"
    )
    return 1 if escaped or slowest > MOST_SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000))
