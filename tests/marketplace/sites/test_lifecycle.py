"""Every status × every step × every role of a site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.history.models import Event
from marketplace.sites import actions
from marketplace.sites.models import ServiceSite
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
)

pytestmark = pytest.mark.django_db

PEOPLE: dict[str, Callable[[ServiceSite], Any]] = {
    "nobody in particular": lambda _site: a_user(),
    "keeper": a_keeper,
    "village of the area": lambda _site: a_village_worker(),
    "township of the area": lambda _site: a_township_clerk(),
    "township elsewhere": lambda _site: a_township_clerk("520281001"),
    "county of the area": lambda _site: a_county_clerk(),
    "county elsewhere": lambda _site: a_county_clerk(PANZHOU),
    "bureau": lambda _site: a_bureau_clerk(),
    "volunteer": lambda _site: a_volunteer().user,
    "supervisor": lambda _site: a_user(role="supervisor", area="520200"),
}
STAFF = {"township of the area", "county of the area", "bureau"}
STEPS: dict[str, tuple[str, Callable[[ServiceSite, Any], Any]]] = {
    "closed": ("open", lambda site, who: actions.close_site(site, actor=who, remark="屋顶漏水")),
    "reopened": ("closed", lambda site, who: actions.reopen_site(site, actor=who)),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", ["open", "closed"])
def test_site_step(status: str, step: str, who: str) -> None:
    site = a_site(status=status)
    actor = PEOPLE[who](site)
    before = Event.objects.count()
    source, take = STEPS[step]

    if status == source and who in STAFF:
        take(site, actor)
        assert ServiceSite.objects.get().status != status
        assert Event.objects.filter(verb=f"servicesite.{step}", actor_id=actor.pk).count() == 1
    else:
        with pytest.raises(Refused) as refusal:
            take(site, actor)
        assert refusal.value.sentence
        assert (ServiceSite.objects.get().status, Event.objects.count()) == (status, before)
