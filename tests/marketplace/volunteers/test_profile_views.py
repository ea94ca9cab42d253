"""One's own profile: made in passing, changed later, and seen by nobody else."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.volunteers.models import Clearance, ClearanceKind, Volunteer
from tests.factories import SHUANGSHUI, a_shift, a_skill, a_user, a_volunteer, an_area, clear

pytestmark = pytest.mark.django_db

URL = "/desk/profile/"


def sent(**changes) -> dict:
    return {"age_group": "adult", "base_area": an_area(SHUANGSHUI).pk, **changes}


@pytest.fixture
def person(client):
    user = a_user("小林")
    client.force_login(user)
    return user


@pytest.fixture
def volunteer(client):
    volunteer = a_volunteer(skills=("english",), radius_km=12)
    client.force_login(volunteer.user)
    return volunteer


def shown(client) -> str:
    return unescape(client.get(URL).content.decode())


def test_the_page_asks_who_somebody_is_only_by_what_they_are_called(client, person):
    html = shown(client)

    assert "别人看到的称呼：小林" in html
    assert "保存并开始报名" in html
    assert "服务儿童的审查" not in html


def test_a_first_profile_makes_a_volunteer(client, person):
    response = client.post(URL, sent(), follow=True)

    made = Volunteer.objects.get(user=person)
    assert (made.age_group, made.base_area.code, made.radius_km) == ("adult", SHUANGSHUI, 20)
    assert [str(message) for message in response.context["messages"]] == ["资料已保存，现在可以报名了。"]
    assert Event.objects.about(made).get().verb == "volunteer.created"
    assert client.get(reverse("my_signups")).status_code == 200


def test_a_first_profile_leads_back_to_the_shift(client, person):
    target = f"{reverse('shift', args=[a_shift().pk])}#join"

    assert client.post(URL, sent(next=target)).url == target


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_strange_target_is_not_followed(client, person, target):
    assert client.post(URL, sent(next=target)).url == URL


def test_what_is_wrong_is_said_and_everything_stays(client, person):
    target = reverse("shift", args=[a_shift().pk])

    response = client.post(URL, {"age_group": "adult", "radius_km": "999", "free_times": ["5-morning"], "next": target})

    html = unescape(response.content.decode())
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["base_area", "radius_km"]
    assert "还有几处需要改一下" in html
    assert 'value="999"' in html
    assert f'name="next" value="{target}"' in html
    assert not Volunteer.objects.exists()


def test_a_profile_is_changed(client, volunteer):
    client.post(URL, sent(radius_km="35", skills=[a_skill().pk], free_times=["5-morning", "6-evening"]))

    changed = Volunteer.objects.get(pk=volunteer.pk)
    assert (changed.radius_km, [skill.code for skill in changed.skills.all()]) == (35, ["homework"])
    assert [(free.weekday, free.part) for free in changed.availability.all()] == [(5, "morning"), (6, "evening")]
    assert Event.objects.about(changed).get().verb == "volunteer.changed"


def test_the_page_shows_what_is_known(client, volunteer):
    html = shown(client)

    assert 'value="12"' in html
    assert f'value="{volunteer.base_area_id}" selected' in html


def test_the_clearances_are_a_task_list_with_who_acts_next(client, volunteer):
    Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code="training"),
        result="pending",
        checked_on=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=365),
    )

    html = shown(client)

    assert html.count("下一步：") == 3
    assert "下一步：乡镇（街道）民政办" in html
    assert html.count("未开始</span>") == 2
    assert html.count("办理中</span>") == 1


def test_a_clearance_that_holds_shows_its_end(client, volunteer):
    clear(volunteer, days_ago=0, lasts_days=5)

    html = shown(client)

    assert html.count("有效期到 ") == 3
    assert "下一步：" not in html


def test_a_profile_needs_somebody_signed_in(client):
    assert client.get(URL).url == f"{reverse('account_login')}?next={URL}"
    assert client.post(URL, sent()).status_code == 302
    assert not Volunteer.objects.exists()


def test_the_page_asks_as_often_for_much_as_for_little(client, volunteer, django_assert_num_queries):
    clear(volunteer)
    client.get(URL)
    with django_assert_num_queries(14):
        client.get(URL)
    clear(volunteer, days_ago=300)
    volunteer.skills.add(a_skill("homework"), a_skill("music"))
    with django_assert_num_queries(14):
        client.get(URL)
