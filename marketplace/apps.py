"""The one Django app of the marketplace: on start it connects reactions, triggers and checks."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("对接")

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .geography import checks as geography_checks  # noqa: F401
        from .history.triggers import install_triggers
        from .privacy import reactions as privacy_reactions  # noqa: F401
        from .programs import reactions as program_reactions  # noqa: F401
        from .shifts import reactions as shift_reactions  # noqa: F401
        from .signups import reactions as signup_reactions  # noqa: F401
        from .volunteers import reactions as volunteer_reactions  # noqa: F401

        post_migrate.connect(install_triggers, sender=self, dispatch_uid="history.install_triggers")
        post_migrate.connect(make_cache_table, sender=self, dispatch_uid="marketplace.make_cache_table")


def make_cache_table(using: str = "default", **_: Any) -> None:
    """The shared cache of the embedded default is a table; where the cache is elsewhere nothing is made."""
    call_command("createcachetable", database=using, verbosity=0)
