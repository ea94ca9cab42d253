"""The Celery app. It only accelerates: the queue of record is always a table."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "marketplace.messaging",
        "marketplace.needs",
        "marketplace.organizations",
        "marketplace.privacy",
        "marketplace.programs",
        "marketplace.signups",
        "marketplace.volunteers",
    ]
)
