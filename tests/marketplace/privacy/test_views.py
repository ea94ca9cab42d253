"""The pages of identities, openings and corrections, through HTTP."""

from datetime import date

import pytest
from django.urls import reverse

from marketplace.history.models import Event
from marketplace.privacy.actions import ask_correction, ask_opening, forget_identity
from marketplace.privacy.enums import CorrectionStatus, OpeningStatus
from marketplace.privacy.models import DataRequest, IdentityOpening
from tests.factories import (
    PANZHOU,
    SHUANGSHUI_COMMUNITY,
    a_bureau_clerk,
    a_county_clerk,
    a_township_clerk,
    a_user,
    an_area,
)

from .people import REASON, a_person, an_identity, id_number

pytestmark = pytest.mark.django_db

SECRETS = ("彭阿依", id_number(), "13985801234", "幸福小区", "夜里怕黑")


def shown(response) -> set[str]:
    return {text for text in SECRETS if text in response.content.decode()}


@pytest.fixture
def asker(client):
    clerk = a_township_clerk()
    client.force_login(clerk)
    return clerk


def a_child():
    born = date(2018, 6, 1)
    return an_identity(a_person(born, id_number=id_number(born)), area=SHUANGSHUI_COMMUNITY)


def test_the_page_of_an_identity_is_masked(client, asker):
    response = client.get(reverse("identity", args=[an_identity().pk]))
    assert (response.status_code, shown(response)) == (200, set())
    assert "彭**" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_an_adults_identity_opens_for_a_reason_with_the_viewers_name_across_it(client, asker):
    identity = an_identity()
    client.post(reverse("ask_opening", args=[identity.pk]), {"reason": REASON})
    response = client.post(reverse("open_identity", args=[identity.pk]))
    page = response.content.decode()
    assert (response.status_code, shown(response)) == (200, set(SECRETS))
    assert f"{asker}（{asker.pk} 号）于" in page
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.filter(verb="identity.opened", actor_id=asker.pk).count() == 1


def test_the_whole_of_it_never_answers_to_an_address(client, asker):
    identity = an_identity()
    ask_opening(identity, actor=asker, reason=REASON)
    assert client.get(reverse("open_identity", args=[identity.pk])).status_code in (403, 405)
    assert shown(client.get(reverse("identity", args=[identity.pk]))) == set()


def test_without_a_reason_the_page_says_what_is_missing(client, asker):
    response = client.post(reverse("ask_opening", args=[an_identity().pk]), {"reason": " "})
    assert (response.status_code, response.context["form"].errors["reason"]) == (200, ["请写明原因。"])


def test_a_reason_with_the_name_comes_back_to_the_form(client, asker):
    response = client.post(reverse("ask_opening", args=[an_identity().pk]), {"reason": "找彭阿依"})
    assert "可能是真实姓名" in response.context["form"].errors["reason"][0]
    assert IdentityOpening.objects.count() == 0


def test_a_childs_identity_goes_through_the_queue(client, asker):
    child, county = a_child(), a_county_clerk()
    client.post(reverse("ask_opening", args=[child.pk]), {"reason": REASON})
    assert client.post(reverse("open_identity", args=[child.pk])).status_code in (302, 303, 409)
    opening = IdentityOpening.objects.get()
    client.force_login(county)
    queue = client.get(reverse("openings"))
    assert (shown(queue), REASON in queue.content.decode()) == (set(), True)
    client.post(reverse("opening_step", args=[opening.pk, "grant"]))
    assert IdentityOpening.objects.get().status == OpeningStatus.GRANTED
    client.force_login(asker)
    assert shown(client.post(reverse("open_identity", args=[child.pk]))) >= {"彭阿依", "13985801234"}


def test_nobody_grants_their_own_request_through_the_page(client):
    county = a_county_clerk()
    client.force_login(county)
    opening = ask_opening(a_child(), actor=county, reason=REASON)
    assert list(client.get(reverse("openings")).context["lines"]) == []
    client.post(reverse("opening_step", args=[opening.pk, "grant"]))
    assert IdentityOpening.objects.get().status == OpeningStatus.REQUESTED


def test_refusing_takes_words(client):
    client.force_login(a_county_clerk())
    opening = ask_opening(a_child(), actor=a_township_clerk(), reason=REASON)
    address = reverse("opening_step", args=[opening.pk, "refuse"])
    client.post(address, {"remark": ""})
    assert IdentityOpening.objects.get().status == OpeningStatus.REQUESTED
    client.post(address, {"remark": "不看也能办"})
    assert IdentityOpening.objects.get().status == OpeningStatus.REFUSED


@pytest.mark.parametrize("name", ["identity", "ask_opening", "open_identity"])
def test_staff_of_another_county_meet_nothing(client, name):
    client.force_login(a_county_clerk(PANZHOU))
    address = reverse(name, args=[an_identity().pk])
    response = client.get(address) if name == "identity" else client.post(address, {"reason": REASON})
    assert response.status_code == 404


def test_steps_of_another_county_or_of_no_name_are_not_there(client):
    opening = ask_opening(a_child(), actor=a_township_clerk(), reason=REASON)
    client.force_login(a_county_clerk(PANZHOU))
    assert client.post(reverse("opening_step", args=[opening.pk, "grant"])).status_code == 404
    client.force_login(a_county_clerk())
    assert client.post(reverse("opening_step", args=[opening.pk, "open"])).status_code == 404


@pytest.mark.parametrize("role", ["", "volunteer", "organization", "site_keeper", "supervisor"])
@pytest.mark.parametrize("name", ["identities", "openings", "corrections"])
def test_pages_of_staff_are_closed_to_others(client, role, name):
    client.force_login(a_user(role=role, area="520200" if role == "supervisor" else "") if role else a_user())
    assert client.get(reverse(name)).status_code == 403


def test_a_forgotten_identity_has_no_page(client, asker):
    identity = an_identity()
    forget_identity(identity, actor=None)
    assert client.get(reverse("identity", args=[identity.pk])).status_code == 404


@pytest.mark.parametrize(("value", "found"), [("彭阿依", 1), (id_number(), 1), ("139 8580 1234", 1), ("彭阿", 0)])
def test_somebody_is_found_by_the_whole_value_and_shown_masked(client, asker, value, found):
    an_identity()
    response = client.post(reverse("identities"), {"value": value})
    assert len(response.context["found"]) == found
    assert shown(response) <= ({value} & set(SECRETS))


def test_the_page_of_an_identity_costs_the_same_with_a_long_story(client, asker, django_assert_max_num_queries):
    identity = an_identity()
    for _turn in range(5):
        ask_opening(identity, actor=asker, reason=REASON)
    with django_assert_max_num_queries(14):
        client.get(reverse("identity", args=[identity.pk]))


@pytest.mark.parametrize("waiting", [1, 4])
def test_the_queue_costs_the_same_for_one_and_for_many(client, waiting, django_assert_max_num_queries):
    asker = a_township_clerk()
    for _turn in range(waiting):
        child = IdentityOpening.objects.first().identity if _turn else a_child()
        ask_opening(child, actor=asker, reason=REASON)
    client.force_login(a_county_clerk())
    with django_assert_max_num_queries(9):
        assert len(client.get(reverse("openings")).context["lines"]) == waiting


# Corrections


def test_a_person_asks_and_staff_answer(client):
    user = a_user()
    client.force_login(user)
    client.post(reverse("ask_correction"), {"text": "日期不对"})
    asked = DataRequest.objects.get()
    assert asked.area is None
    client.force_login(a_bureau_clerk())
    assert "日期不对" not in client.get(reverse("corrections")).content.decode()
    page = client.get(reverse("correction", args=[asked.pk]))
    assert "日期不对" in page.content.decode()
    client.post(reverse("correction_step", args=[asked.pk, "done"]), {"remark": "改好了"})
    assert DataRequest.objects.get().status == CorrectionStatus.DONE
    assert client.get(reverse("correction", args=[asked.pk])).status_code == 404


def test_an_empty_correction_is_said_in_words(client):
    client.force_login(a_user())
    response = client.post(
        reverse("ask_correction"), {"text": ""}, headers={"referer": "http://testserver/desk/my-data/"}, follow=True
    )
    assert "请写明哪一项不对。" in response.content.decode()
    assert DataRequest.objects.count() == 0


def test_corrections_of_another_county_are_not_there(client):
    asked = ask_correction(actor=a_user(), text="日期不对", area=an_area())
    client.force_login(a_county_clerk(PANZHOU))
    assert client.get(reverse("correction", args=[asked.pk])).status_code == 404
    assert client.post(reverse("correction_step", args=[asked.pk, "done"]), {"remark": "好"}).status_code == 404


def test_the_desk_shows_what_waits(client):
    ask_opening(a_child(), actor=a_township_clerk(), reason=REASON)
    ask_correction(actor=a_user("小吴"), text="日期不对", area=an_area())
    client.force_login(a_county_clerk())
    page = client.get(reverse("desk")).content.decode()
    assert (f"批准查看：{REASON}" in page, "更正信息：小吴" in page) == (True, True)
