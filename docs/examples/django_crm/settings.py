"""The settings: SQLite, or PostgreSQL where ``CRM_DATABASE`` is the folder of its socket."""

from __future__ import annotations

import os
from pathlib import Path

_WHERE = Path(os.environ.get("CRM_DATABASE", "crm.sqlite"))
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": _WHERE,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
}
_POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": str(_WHERE),
    "NAME": os.environ.get("CRM_NAME", "postgres"),
    "USER": "postgres",
}

DATABASES = {"default": _POSTGRESQL if _WHERE.is_dir() else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = ["django_crm"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
ROOT_URLCONF = "django_crm.views"
SECRET_KEY = os.environ.get("CRM_SECRET_KEY", "only for this example")
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
ALLOWED_HOSTS = ["testserver", "localhost"]
USE_TZ = True
