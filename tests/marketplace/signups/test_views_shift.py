"""The shift's public page as different people see it, and signing up from it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.shifts.models import Shift
from marketplace.signups.actions import sign_up
from marketplace.signups.models import SignUp
from tests.factories import a_keeper, a_need, a_program, a_shift, a_signup, a_site, a_user, a_volunteer, clear

pytestmark = pytest.mark.django_db


def page(client, shift, **query) -> str:
    response = client.get(reverse("shift", args=[shift.pk]), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def text_of(html: str) -> str:
    """What is read, without the tags between."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def send(client, shift, **data):
    """The form of the shift's page, sent from there."""
    here = f"http://testserver{reverse('shift', args=[shift.pk])}"
    sent = {"acknowledged_risks": "on", "key": "page-1", **data}
    return client.post(reverse("sign_up", args=[shift.pk]), sent, headers={"referer": here}, follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def volunteer():
    return a_volunteer()


@pytest.fixture
def mine(client, volunteer):
    client.force_login(volunteer.user)
    return client


def test_the_page_says_everything_to_somebody_who_is_not_signed_in(client):
    program = a_program(
        status="approved", title="清理社区花园", summary="修剪、除草。", risk_disclosure="工具锋利，请戴手套。"
    )
    shift = a_shift(program=program, site=a_site(name="双水社区儿童之家"), task="除草", places=4, skills=("first_aid",))

    html = page(client, shift)

    shown = text_of(html)
    for part in (
        "清理社区花园",
        "双水社区儿童之家",
        "双水街道",
        "还差 4 人",
        "除草",
        "会急救",
        "修剪、除草。",
        "工具锋利，请戴手套。",
    ):
        assert part in shown
    assert program.organization.name in shown
    assert f'href="{reverse("account_login")}?next=/shifts/{shift.pk}/"' in html
    assert "登录后报名" in shown
    assert 'name="acknowledged_risks"' not in html


def test_the_page_explains_why_a_clearance_is_asked(client):
    shown = text_of(page(client, a_shift(clearance_required=True)))

    assert "通过审查：无违法犯罪记录查询、未成年人保护承诺书、未成年人保护培训" in shown
    assert "《未成年人保护法》第六十二条" in shown
    assert "年满 18 岁" in shown


@pytest.mark.parametrize("published_at", [None])
def test_an_unpublished_shift_is_not_there(mine, published_at):
    shift = a_shift(published_at=published_at)

    assert mine.get(reverse("shift", args=[shift.pk])).status_code == 404
    assert send(mine, shift).status_code == 404


def test_signing_up_leads_back_to_the_page_with_a_way_to_undo(mine, volunteer):
    shift = a_shift(places=2)
    assert 'name="key"' in page(mine, shift)

    response = send(mine, shift)

    signup = SignUp.objects.get(volunteer=volunteer)
    assert response.redirect_chain == [(f"{reverse('shift', args=[shift.pk])}?signed-up#join", 302)]
    html = unescape(response.content.decode())
    assert "报名成功，已发消息到您的收件箱。" in html
    assert html.count(f'action="{reverse("withdraw", args=[signup.pk])}"') == 2  # undo, and the button that stays
    assert "报名</button>" not in html


def test_the_key_of_the_page_is_new_each_time(mine):
    shift = a_shift()
    keys = [re.search(r'name="key" value="([^"]+)"', page(mine, shift)).group(1) for _visit in range(2)]

    assert keys[0] != keys[1]
    assert all(len(key) >= 16 for key in keys)


def test_a_double_tap_shows_the_first_answer(mine, volunteer):
    shift = a_shift()

    first, second = send(mine, shift), send(mine, shift)

    assert first.redirect_chain == second.redirect_chain
    assert said(second) == []
    assert SignUp.objects.filter(volunteer=volunteer).count() == 1


def test_an_old_page_after_withdrawing_says_what_to_do(mine, volunteer):
    shift = a_shift()
    send(mine, shift)
    mine.post(reverse("withdraw", args=[SignUp.objects.get(volunteer=volunteer).pk]))

    response = send(mine, shift)

    assert said(response)[-1] == "这次报名已经退出或取消了。想参加的话，请再点一次报名。"
    assert SignUp.objects.get(volunteer=volunteer).status == "withdrawn"


def test_the_risks_must_be_read_first(mine):
    shift = a_shift(program=a_program(status="approved"))

    response = send(mine, shift, acknowledged_risks="")

    assert said(response) == ["还差一步：请阅读风险提示，并勾选「我已了解以上风险」。"]
    assert not SignUp.objects.exists()


def test_without_risks_there_is_no_box_to_tick(mine):
    shift = a_shift(need=a_need(status="published", windows=0, risk_disclosure=""))

    assert 'name="acknowledged_risks"' not in page(mine, shift)
    assert said(send(mine, shift, acknowledged_risks="")) == []
    assert SignUp.objects.count() == 1


def test_a_full_shift_offers_the_waiting_list_with_its_length(mine):
    shift = a_shift(places=1)
    for _person in range(3):
        other = a_volunteer()
        sign_up(shift, volunteer=other, actor=other.user, acknowledged_risks=True)

    assert "加入候补（前面 2 人）" in text_of(page(mine, shift))
    shown = text_of(unescape(send(mine, shift).content.decode()))
    assert "已加入候补，前面还有 2 人。" in shown
    assert "退出候补" in shown


def test_what_is_missing_is_said_with_who_acts_next(mine, volunteer):
    shift = a_shift(clearance_required=True, skills=("homework",))

    shown = text_of(page(mine, shift))

    assert "还差 4 项" in shown
    for part in ("无违法犯罪记录查询", "下一步：乡镇（街道）民政办", "需要会：课业辅导"):
        assert part in shown
    assert "打开我的资料" in shown
    assert said(send(mine, shift))[0].startswith("还差 3 项")


def test_a_clearance_that_ends_before_the_day_is_said_to_be_over(mine, volunteer):
    clear(volunteer, days_ago=364, lasts_days=365)
    shown = text_of(page(mine, a_shift(in_hours=200, clearance_required=True)))

    assert "还差 3 项" in shown
    assert "到那天已过期" in shown


def test_somebody_who_may_come_reads_why_it_fits(mine, volunteer):
    assert "对您来说 还没有人报名 距 1.3 公里 · 约 4 分钟" in text_of(page(mine, a_shift()))


def test_a_first_sign_up_asks_two_questions_on_the_spot(client):
    client.force_login(a_user())
    shift = a_shift()

    html = page(client, shift)

    assert re.findall(r'name="(age_group|base_area|radius_km|skills|free_times)"', html) == ["age_group"] * 2 + [
        "base_area"
    ]
    assert f'name="next" value="/shifts/{shift.pk}/#join"' in html


def test_somebody_without_a_profile_cannot_sign_up_past_the_page(client):
    client.force_login(a_user(role="volunteer"))
    shift = a_shift()

    assert said(send(client, shift)) == ["还差一步：请先填写志愿者资料。"]


def test_sign_up_is_for_volunteers(client):
    shift = a_shift()
    assert client.post(reverse("sign_up", args=[shift.pk])).status_code == 302
    client.force_login(a_user())
    assert client.post(reverse("sign_up", args=[shift.pk])).status_code == 403
    assert client.get(reverse("sign_up", args=[shift.pk])).status_code == 403
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "cancelled"}, "这个场次现在是「已取消」，不能报名。"),
        ({"status": "held"}, "这个场次现在是「已举行」，不能报名。"),
        ({"in_hours": -2}, "活动已经开始，不能再报名。"),
    ],
)
def test_a_closed_shift_says_why(mine, changes, sentence):
    shift = a_shift(**changes)

    assert sentence in text_of(page(mine, shift))
    assert said(send(mine, shift)) == [sentence]


def test_an_offer_is_shown_with_its_end_and_accepted_in_one_tap(mine, volunteer):
    shift = a_shift(in_hours=10)
    signup = a_signup(
        shift=shift, volunteer=volunteer, status="offered", offer_ends_at=timezone.now() + timedelta(hours=1)
    )

    html = page(mine, shift)
    assert "为您保留到" in html
    assert f'action="{reverse("accept_offer", args=[signup.pk])}"' in html

    response = mine.post(reverse("accept_offer", args=[signup.pk]), follow=True)

    assert SignUp.objects.get(pk=signup.pk).status == "confirmed"
    assert "已报名" in text_of(unescape(response.content.decode()))


@pytest.mark.parametrize(
    ("status", "words"),
    [("attended", "已到场"), ("no_show", "未到场"), ("confirmed", "等待登记到场"), ("waitlisted", "没有轮到")],
)
def test_a_past_shift_shows_its_outcome_and_no_way_out(mine, volunteer, status, words):
    signup = a_signup(shift=a_shift(in_hours=-5), volunteer=volunteer, status=status)

    html = page(mine, signup.shift)

    assert words in text_of(html)
    assert reverse("withdraw", args=[signup.pk]) not in html


def test_a_site_without_a_point_says_so(client):
    site = a_site(lng=None, lat=None, precision="")

    assert "位置待核实" in text_of(page(client, a_shift(program=a_program(status="approved"), site=site)))


def queries_of(client, shift, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as asked:
        page(client, shift)
    return len(asked)


@pytest.mark.parametrize("who", ["anonymous", "volunteer"])
def test_the_page_asks_as_often_for_much_as_for_little(client, django_assert_max_num_queries, who):
    volunteer = a_volunteer(skills=("homework", "english"), cleared=True)
    if who == "volunteer":
        client.force_login(volunteer.user)
    little, much = a_shift(skills=("homework",)), a_shift(in_hours=400, places=5, skills=("homework", "english"))
    page(client, little)
    first = queries_of(client, little, django_assert_max_num_queries)
    clear(volunteer, days_ago=200)
    for number in range(4):
        a_signup(shift=Shift.objects.get(pk=much.pk))
        a_signup(shift=a_shift(in_hours=500 + 24 * number), volunteer=volunteer)

    assert queries_of(client, much, django_assert_max_num_queries) == first


def test_those_who_receive_people_find_the_roster_here(client):
    shift = a_shift()
    link = f'href="{reverse("roster", args=[shift.pk])}"'
    assert link not in page(client, shift)
    client.force_login(a_volunteer().user)
    assert link not in page(client, shift)
    client.force_login(a_keeper(shift.site))
    assert link in page(client, shift)


def test_only_the_clearances_that_are_missing_are_listed(mine, volunteer):
    clear(volunteer)
    volunteer.clearances.filter(kind__code="training").delete()

    shown = text_of(page(mine, a_shift(clearance_required=True)))

    assert "还差 1 项 未成年人保护培训 未开始 下一步：乡镇（街道）组织" in shown
    assert shown.count("下一步：") == 1
