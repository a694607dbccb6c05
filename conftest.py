"""Sets up Django before any module is read that has models, in ``src`` or in ``tests``."""

from __future__ import annotations

import tests.django_settings  # noqa: F401 - importing it is all
