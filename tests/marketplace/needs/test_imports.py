"""Needs from a spreadsheet: tried out first, the same row again the same need, taken back as a whole."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from marketplace.documents.models import SheetImport
from marketplace.documents.sheets import read_rows
from marketplace.needs import actions
from marketplace.needs.actions.imports import import_needs, outcome, undo_import
from marketplace.needs.forms.spreadsheet import FIELDS, MOST_ROWS, read_needs
from marketplace.needs.models import Need
from marketplace.needs.views.imports import KEPT
from marketplace.workflow.refusals import Refused
from tests.factories import a_category, a_county_clerk, a_keeper, a_site, a_skill, a_township_clerk
from tests.factories.people import a_language

pytestmark = pytest.mark.django_db


def a_day(days: int = 7) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_row(site, **changes) -> dict[str, str]:
    row = dict.fromkeys(FIELDS, "")
    row |= {"地点": site.name, "需要什么": "周末课业辅导", "服务类别": a_category().name, "为谁": "儿童"}
    row |= {"公开说明": "陪小学生写作业。", "日期": a_day(), "从": "09:00", "到": "11:30", "需要几人": "3"}
    return {**row, **changes}


def a_file(*rows, name="needs.csv"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))


def spans(need):
    return [
        (timezone.localtime(window.starts_at).strftime("%Y-%m-%d %H:%M"), window.places)
        for window in need.windows.all()
    ]


def take_in(rows, actor):
    return dict(import_needs(read_needs(rows, actor), sha256="0" * 64, actor=actor))


def test_row_becomes_a_draft(site, keeper):
    row = a_row(
        site, 需要会说=a_language().name, 需要会什么=a_skill().name, 要审查="是", 紧急程度="紧急", 受益人数="12"
    )
    assert take_in([row], keeper) == {"new": 1}

    need = Need.objects.get()
    assert (need.status, need.site, need.title, need.audience, need.urgency) == (
        "draft",
        site,
        "周末课业辅导",
        "children",
        "urgent",
    )
    assert (need.clearance_required, need.is_home_visit, need.people_served) == (True, False, 12)
    assert (list(need.languages.all()), list(need.skills.all())) == ([a_language()], [a_skill()])
    assert spans(need) == [(f"{a_day()} 09:00", 3)]


def test_weekdays_make_a_series(site, keeper):
    weekday = "一二三四五六日"[timezone.localdate().weekday()]
    take_in([a_row(site, 每周=f"周{weekday}", 隔周="是", 一共几次="3", 去掉的日子=a_day(21))], keeper)

    assert spans(Need.objects.get()) == [(f"{a_day()} 09:00", 3), (f"{a_day(35)} 09:00", 3)]


def test_site_is_known_by_its_code_too(keeper, site):
    site.code = "YS-001"
    site.save(update_fields=["code"])

    assert take_in([a_row(site, 地点="YS-001")], keeper) == {"new": 1}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"地点": "没有这个地方"}, "地点：没有「没有这个地方」"),
        ({"需要什么": ""}, "需要什么：请用一句话写明需要什么。"),
        ({"服务类别": "跳舞"}, "服务类别：没有「跳舞」"),
        ({"为谁": "大家"}, "为谁：没有「大家」"),
        ({"公开说明": "打 13800138000"}, "公开说明：这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"),
        (
            {"公开说明": "双水小学三年级2班"},
            "公开说明：这里会公开，请不要写学校加年级、班级，可以只写「小学生」或年龄段。",
        ),
        ({"日期": "2020-01-01"}, "开始时间已经过去，请选择以后的时间。"),
        ({"日期": "下周六"}, "日期：请按 2026-11-28 的样子填写日期。"),
        ({"到": "08:00"}, "结束时间要晚于开始时间。"),
        ({"每周": "周六"}, "一共几次：一共几次、到哪天为止，请填其中一项。"),
        ({"一共几次": "3"}, "每周：请勾选每周哪几天。"),
        ({"紧急程度": "危急（打电话，不等志愿者）"}, "紧急程度：没有「危急（打电话，不等志愿者）」"),
        ({"需要会说": "苗语、鸟语"}, "需要会说：没有「鸟语」"),
    ],
)
def test_wrong_row_is_said_with_its_column_and_stays_out(site, keeper, changes, error):
    read = read_needs([a_row(site, **changes)], keeper)

    assert [one.error for one in read] == [error]
    assert import_needs(read, sha256="0" * 64, actor=keeper) == {"wrong": 1}
    assert (Need.objects.count(), SheetImport.objects.count()) == (0, 0)


def test_site_of_somebody_else_is_unknown(keeper):
    assert [one.error for one in read_needs([a_row(a_site(name="别处儿童之家"))], keeper)] == [
        "地点：没有「别处儿童之家」"
    ]


def test_same_place_and_title_twice_in_a_sheet_is_said(site, keeper):
    read = read_needs([a_row(site), a_row(site, 需要几人="5")], keeper)

    assert [one.error for one in read] == ["", "与第 2 行的地点、需要什么相同，请合并，或改一个标题。"]


def test_blank_rows_are_no_rows(site, keeper):
    read = read_needs([dict.fromkeys(FIELDS, ""), a_row(site)], keeper)

    assert [(one.number, one.error) for one in read] == [(3, "")]


def test_sheet_without_the_columns_is_refused(keeper):
    with pytest.raises(Refused, match="缺少这几列：地点、需要什么"):
        read_needs([{"姓名": "王秀英"}], keeper)


def test_sheet_that_is_too_long_is_refused(site, keeper):
    with pytest.raises(Refused, match="一次最多导入 100 行"):
        read_needs([a_row(site)] * (MOST_ROWS + 1), keeper)


def test_same_sheet_again_makes_nothing(site, keeper):
    rows = [a_row(site), a_row(site, 需要什么="绘本共读", 每周="周六", 一共几次="4")]

    assert take_in(rows, keeper) == {"new": 2}
    assert take_in(rows, keeper) == {"same": 2}
    assert (Need.objects.count(), SheetImport.objects.count()) == (2, 1)


def test_changed_row_changes_its_draft(site, keeper):
    take_in([a_row(site)], keeper)
    assert take_in([a_row(site, 需要几人="5")], keeper) == {"changed": 1}

    assert spans(Need.objects.get()) == [(f"{a_day()} 09:00", 5)]


def test_what_was_handed_in_is_left_alone(site, keeper):
    take_in([a_row(site)], keeper)
    actions.submit_need(Need.objects.get(), actor=keeper)

    assert take_in([a_row(site, 需要几人="5")], keeper) == {"settled": 1}
    assert spans(Need.objects.get()) == [(f"{a_day()} 09:00", 3)]


def test_need_that_was_written_by_hand_is_another_one(site, keeper):
    values = read_needs([a_row(site)], keeper)[0].values
    actions.create_need(actor=keeper, **values)

    assert take_in([a_row(site)], keeper) == {"new": 1}


def test_undoing_takes_back_what_it_made_and_what_it_changed(site, keeper):
    take_in([a_row(site), a_row(site, 需要什么="绘本共读", 每周="周六", 一共几次="4")], keeper)
    before = {need.title: spans(need) for need in Need.objects.all()}
    take_in([a_row(site, 需要几人="5"), a_row(site, 需要什么="绘本共读"), a_row(site, 需要什么="新的")], keeper)
    later = SheetImport.objects.first()

    assert undo_import(later, actor=keeper) == 0
    drafts = Need.objects.filter(status="draft")
    assert {need.title: spans(need) for need in drafts} == before
    assert Need.objects.get(title="新的").status == "withdrawn"
    assert [one.is_undone for one in SheetImport.objects.all()] == [True, False]


def test_undoing_leaves_what_was_handed_in_and_works_once(site, keeper):
    take_in([a_row(site)], keeper)
    actions.submit_need(Need.objects.get(), actor=keeper)
    sheet_import = SheetImport.objects.get()

    assert undo_import(sheet_import, actor=keeper) == 1
    assert Need.objects.get().status == "submitted"
    with pytest.raises(Refused, match="已经撤销过了"):
        undo_import(sheet_import, actor=keeper)


def test_row_after_undoing_is_new_again(site, keeper):
    take_in([a_row(site)], keeper)
    undo_import(SheetImport.objects.get(), actor=keeper)

    assert [outcome(one) for one in read_needs([a_row(site)], keeper)] == ["new"]


def test_import_of_somebody_else_is_not_undone(site, keeper):
    take_in([a_row(site)], keeper)

    with pytest.raises(Refused, match="由导入的人撤销"):
        undo_import(SheetImport.objects.get(), actor=a_township_clerk())
    assert Need.objects.get().status == "draft"


# Pages


def test_sheet_is_tried_out_taken_in_and_taken_back(client, site, keeper):
    client.force_login(keeper)
    url = reverse("desk_need_import")
    page = client.post(url, {"file": a_file(a_row(site), a_row(site, 需要什么="绘本", 为谁="大家"))}, follow=True)

    assert [line["result"] for line in page.context["lines"]] == ["new", "wrong"]
    assert "为谁：没有「大家」" in page.text
    assert Need.objects.count() == 0

    page = client.post(reverse("desk_need_import_take"), follow=True)
    assert "新建 1 个草稿，改了 0 个；0 行没有变化，1 行有错没有收。" in page.text
    assert (Need.objects.get().status, page.context["lines"]) == ("draft", [])

    client.post(reverse("desk_need_import_undo", args=[SheetImport.objects.get().pk]))
    assert Need.objects.get().status == "withdrawn"


def test_corrected_sheet_says_what_is_wrong_and_can_be_read_again(client, site, keeper):
    client.force_login(keeper)
    rows = [a_row(site), a_row(site, 需要什么="=1+1绘本", 为谁="大家")]
    client.post(reverse("desk_need_import"), {"file": a_file(*rows)})
    answer = client.get(reverse("desk_need_import_corrections"))

    assert answer["Content-Disposition"] == 'attachment; filename="needs-corrections.xlsx"'
    again = read_rows(io.BytesIO(answer.content))
    assert [one.error for one in read_needs(again, keeper)] == ["", "为谁：没有「大家」"]
    assert again[1]["需要什么"] == "=1+1绘本"


def test_columns_that_a_need_has_not_are_never_kept(client, site, keeper):
    client.force_login(keeper)
    client.post(reverse("desk_need_import"), {"file": a_file({**a_row(site), "姓名": "王秀英"})})

    assert [sorted(row) for row in client.session[KEPT]["rows"]] == [sorted(FIELDS)]


def test_template_is_read_as_an_empty_sheet_of_needs(client, keeper):
    client.force_login(keeper)
    rows = read_rows(io.BytesIO(client.get(reverse("desk_need_import_template")).content))

    assert read_needs(rows, keeper) == []


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"0" * 50, b"PK\x03\x04broken", b"a,b\n1,2\n"]
)
def test_hostile_file_is_refused_beside_its_field(client, keeper, content):
    client.force_login(keeper)
    page = client.post(reverse("desk_need_import"), {"file": SimpleUploadedFile("needs.xlsx", content)})

    assert list(page.context["form"].errors) == ["file"]


@pytest.mark.parametrize("url_name", ["desk_need_import_corrections", "desk_need_import_take"])
def test_nothing_is_done_before_a_sheet_was_given(client, keeper, url_name):
    client.force_login(keeper)
    answer = client.post(reverse(url_name)) if url_name.endswith("take") else client.get(reverse(url_name))

    assert answer.status_code == 409
    assert Need.objects.count() == 0


def test_import_of_another_person_is_not_found(client, site, keeper):
    take_in([a_row(site)], keeper)
    client.force_login(a_keeper(site))

    assert client.post(reverse("desk_need_import_undo", args=[SheetImport.objects.get().pk])).status_code == 404


def test_county_imports_nothing(client):
    client.force_login(a_county_clerk())

    assert client.get(reverse("desk_need_import")).status_code == 403


def test_undoing_leaves_what_was_changed_by_hand_since(site, keeper):
    take_in([a_row(site), a_row(site, 需要什么="绘本共读")], keeper)
    take_in([a_row(site, 需要几人="5")], keeper)
    later, first = SheetImport.objects.order_by("-pk")
    need = Need.objects.get(title="周末课业辅导")
    values = read_needs([a_row(site, 公开说明="陪小学生写作业，也读书。")], keeper)[0].values
    actions.change_need(need, actor=keeper, **values)

    assert [undo_import(one, actor=keeper) for one in (later, first)] == [1, 1]
    need = Need.objects.get(title="周末课业辅导")
    assert (need.status, need.summary, spans(need)) == ("draft", "陪小学生写作业，也读书。", [(f"{a_day()} 09:00", 3)])
    assert Need.objects.get(title="绘本共读").status == "withdrawn"


def test_sheet_without_a_row_says_so(client, keeper):
    client.force_login(keeper)
    upload = SimpleUploadedFile("needs.csv", (",".join(FIELDS) + "\n").encode("utf-8-sig"))
    page = client.post(reverse("desk_need_import"), {"file": upload})
    assert "还没有一行需求" in page.content.decode()
