"""Sets up Django, where it is, before a module with models is read in ``src`` or ``tests``."""

from __future__ import annotations

from importlib.util import find_spec

if find_spec("django"):
    import tests.django_settings  # noqa: F401 - importing it is all
