"""What an organization says of itself is read by everybody: nobody is led to a person by it."""

from __future__ import annotations

import pytest

from marketplace.organizations.actions.life import change_organization, create_organization
from marketplace.organizations.models import Organization
from marketplace.workflow.refusals import Refused
from tests.factories import SHUICHENG, a_user, an_area, an_organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("about", ["负责人电话 13800138000", "服务双水小学三年级2班的孩子", "加微信 chen_laoshi88"])
def test_about_that_leads_to_a_person_is_refused(about):
    member = a_user()
    fields = {"name": "测试服务中心", "uscc": "52520200MJD00002XQ", "form": "service_org", "area": an_area(SHUICHENG)}

    with pytest.raises(Refused, match="这里会公开"):
        create_organization(actor=member, about=about, **fields)
    organization = an_organization(member=member, status="draft")
    with pytest.raises(Refused, match="这里会公开"):
        change_organization(organization, actor=member, categories=[], about=about)
    assert list(Organization.objects.values_list("about", flat=True)) == [""]
