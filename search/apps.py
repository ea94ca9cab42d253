"""The search app: on start it listens to history, and after a migrate it makes the index's virtual tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("查找")

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401
        from .backends.database.tables import install_tables

        post_migrate.connect(install_tables, sender=self, dispatch_uid="search.install_tables")
