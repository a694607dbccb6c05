"""
Says what is missing before any test is read, and sets up Django where it is.

Models are read with the modules of ``src`` and ``tests``, and want Django's settings before that.
"""

from __future__ import annotations

from importlib.util import find_spec

WANTED = ("salesfunnel", "attrs", "transitions", "hypothesis")

if missing := [name for name in WANTED if not find_spec(name)]:
    raise SystemExit(f"missing: {', '.join(missing)}; do: python -m pip install -e '.[test]'")

if find_spec("django"):
    import tests.django_settings  # noqa: F401 - importing it is all
