"""A status is protected in the product and a plain column in the migrations."""

import pytest
from django.apps import apps
from django.db import models

from marketplace.sites.models import ServiceSite
from marketplace.workflow.fields import StatusField


def test_status_is_a_plain_column_in_migrations() -> None:
    name, path, _args, kwargs = ServiceSite._meta.get_field("status").deconstruct()
    assert (name, path) == ("status", "django.db.models.CharField")
    assert kwargs.keys() == {"choices", "default", "max_length"}


def test_status_cannot_be_set_by_hand() -> None:
    site = ServiceSite()
    with pytest.raises(AttributeError):
        site.status = "closed"


def test_copy_of_a_status_stays_protected() -> None:
    assert ServiceSite._meta.get_field("status").clone().protected


def test_every_lifecycle_uses_it() -> None:
    found = [model for model in apps.get_app_config("marketplace").get_models() if has_transitions(model)]
    assert len(found) >= 6
    assert [model for model in found if not isinstance(model._meta.get_field("status"), StatusField)] == []


def has_transitions(model: type[models.Model]) -> bool:
    return hasattr(model, "get_available_status_transitions")
