"""Reading a sheet of sites: every kind of wrong row with its sentence, what is known again, what would change."""

from __future__ import annotations

import pytest

from marketplace.geography.models import AdminArea
from marketplace.sites.models import ServiceSite
from marketplace.sites.sheet import HEADINGS, read_plan
from marketplace.workflow.refusals import Refused
from tests.factories import PANZHOU, SHUANGSHUI_COMMUNITY, a_bureau_clerk, a_county_clerk, a_site, an_area

pytestmark = pytest.mark.django_db

GOOD = {
    "编号": "SC-1",
    "名称": "双水社区儿童之家",
    "类型": "儿童之家",
    "所在地代码": SHUANGSHUI_COMMUNITY,
    "经度": "104.957",
    "纬度": "26.54",
    "坐标系": "WGS-84",
    "可容纳人数": "30",
    "开放时间": "周末 9:00–17:00",
}
BOXED = "520201011"  # 黄土坡街道, whose own box is known


def a_row(**cells) -> dict[str, str]:
    return {**dict.fromkeys(HEADINGS, ""), **GOOD, **cells}


WRONG = [
    ({"名称": ""}, "请写名称"),
    ({"名称": "长" * 61}, "「名称」最多 60 个字"),
    ({"编号": "9" * 41}, "「编号」最多 40 个字"),
    ({"公开地址": "长" * 121}, "「公开地址」最多 120 个字"),
    ({"开放时间": "长" * 81}, "「开放时间」最多 80 个字"),
    ({"资料来源": "长" * 201}, "「资料来源」最多 200 个字"),
    ({"类型": ""}, "类型请写"),
    ({"类型": "学校"}, "类型请写"),
    ({"类型": "儿童之家 "}, "类型请写"),
    ({"类型": "CHILDRENS_HOME"}, "类型请写"),
    ({"所在地代码": ""}, "找不到所在地"),
    ({"所在地代码": "999"}, "找不到所在地"),
    ({"所在地代码": "520204002999"}, "找不到所在地"),
    ({"所在地代码": "双水社区"}, "找不到所在地"),
    ({"所在地代码": "", "所在地": "不知道在哪里"}, "找不到所在地"),
    ({"所在地代码": "520200"}, "要写到乡镇"),
    ({"所在地代码": "520204"}, "要写到乡镇"),
    ({"所在地代码": "520221"}, "已经撤销"),
    ({"所在地代码": "520222"}, "已经撤销"),
    ({"经度": ""}, "经度和纬度要一起填"),
    ({"纬度": ""}, "经度和纬度要一起填"),
    ({"坐标系": ""}, "请写明坐标系"),
    ({"坐标系": "CGCS2000"}, "请写明坐标系"),
    ({"坐标系": "gcj-02"}, "请写明坐标系"),
    ({"经度": "abc"}, "经纬度是两个数"),
    ({"经度": "nan"}, "经纬度是两个数"),
    ({"经度": "inf"}, "经纬度是两个数"),
    ({"纬度": "1e308"}, "经纬度是两个数"),
    ({"经度": "104°57′"}, "经纬度是两个数"),
    ({"经度": "0", "纬度": "0"}, "经纬度是 0,0"),
    ({"经度": "26.54", "纬度": "104.957"}, "填反了"),
    ({"经度": "116.4", "纬度": "39.9"}, "不在六盘水市范围内"),
    ({"经度": "104.468", "纬度": "25.707"}, "不在水城区范围内"),
    ({"所在地代码": BOXED}, "不在黄土坡街道范围内"),
    ({"可容纳人数": "三十"}, "「可容纳人数」请写一个数"),
    ({"可容纳人数": "30人"}, "「可容纳人数」请写一个数"),
    ({"可容纳人数": "-1"}, "「可容纳人数」请写一个数"),
    ({"可容纳人数": "3.5"}, "「可容纳人数」请写一个数"),
    ({"可容纳人数": "40000"}, "「可容纳人数」请写一个数"),
    ({"可容纳人数": "３０"}, "「可容纳人数」请写一个数"),
    ({"户数": "9" * 30}, "「户数」请写一个数"),
    ({"人数": "约 40"}, "「人数」请写一个数"),
    ({"面积": "=1+1"}, "「面积」请写一个数"),
    ({"所属安置点": "没有这个安置点"}, "找不到安置点"),
    ({"所属安置点": "双水社区儿童之家"}, "找不到安置点"),
]


@pytest.mark.parametrize(("cells", "sentence"), WRONG)
def test_wrong_row_is_told_what_to_correct(cells, sentence):
    (row,) = read_plan([a_row(**cells)], None).rows

    assert sentence in row.error
    assert (row.is_new, row.is_change) == (False, False)


def test_matrix_is_wide():
    assert len(WRONG) >= 40


@pytest.mark.parametrize("missing", ["名称", "类型"])
def test_sheet_without_a_needed_column_is_refused(missing):
    row = a_row()
    del row[missing]
    with pytest.raises(Refused, match=f"少了这几列：{missing}"):
        read_plan([row], None)


def test_sheet_without_any_place_is_refused():
    with pytest.raises(Refused, match="所在地代码"):
        read_plan([{"名称": "甲", "类型": "儿童之家"}], None)


def test_empty_sheet_is_refused():
    with pytest.raises(Refused):
        read_plan([], None)


def test_good_row_is_new_with_its_values():
    plan = read_plan([a_row()], a_bureau_clerk())
    (row,) = plan.new

    assert (row.values["name"], row.values["kind"], row.values["capacity"]) == (
        "双水社区儿童之家",
        "childrens_home",
        30,
    )
    assert (row.point.lng, row.point.lat, row.error) == (104.957, 26.54, "")
    assert (plan.changed, plan.wrong, plan.unchanged_count) == ([], [], 0)


def test_place_may_be_written_in_words():
    (row,) = read_plan([a_row(所在地代码="", 所在地="水城区双水街道双水社区")], None).rows
    assert row.values["area"].code == SHUANGSHUI_COMMUNITY


@pytest.mark.parametrize(("datum", "is_moved"), [("WGS-84", False), ("GCJ-02", True), ("BD-09", True)])
def test_point_is_converted_from_the_named_datum(datum, is_moved):
    (row,) = read_plan([a_row(坐标系=datum)], None).rows
    assert ((row.point.lng, row.point.lat) != (104.957, 26.54)) == is_moved


def test_row_of_another_area_is_not_the_clerks():
    county = a_county_clerk(PANZHOU)
    (row,) = read_plan([a_row()], county).rows
    assert "不在您管辖的地区里" in row.error


def test_code_of_another_area_is_not_taken_over():
    village = AdminArea.objects.current().villages().filter(code__startswith=PANZHOU)[0]
    a_site(code="SC-1")
    row = a_row(所在地代码=village.code, 经度="", 纬度="", 坐标系="")
    (read,) = read_plan([row], a_county_clerk(PANZHOU)).rows
    assert "是别的地区的地点" in read.error


def test_same_place_twice_in_a_sheet_is_told_where():
    plan = read_plan([a_row(), a_row(), a_row(编号="SC-2")], None)
    assert [row.error for row in plan.rows] == ["", *["与第 2 行是同一个地点。"] * 2]


def test_blank_lines_are_passed_over():
    plan = read_plan([a_row(), dict.fromkeys(HEADINGS, ""), a_row(名称="")], None)
    assert [row.line for row in plan.rows] == [2, 4]


def test_site_is_known_by_its_code_also_under_another_name():
    site = a_site(code="SC-1", name="旧名字", area=SHUANGSHUI_COMMUNITY)
    (row,) = read_plan([a_row()], None).changed
    assert (row.site, row.values["name"]) == (site, "双水社区儿童之家")


def test_site_without_a_code_is_known_by_name_and_area_and_gets_the_code():
    site = a_site(name="双水社区儿童之家")
    (row,) = read_plan([a_row()], None).changed
    assert (row.site, row.values["code"]) == (site, "SC-1")


def test_other_code_at_the_same_place_is_a_mistake():
    a_site(name="双水社区儿童之家", code="SC-9")
    (row,) = read_plan([a_row()], None).rows
    assert "编号是 SC-9" in row.error


def test_empty_cells_leave_what_stands():
    a_site(name="双水社区儿童之家", code="SC-1", address="老街 3 号", capacity=30, lng=104.957, lat=26.54)
    plan = read_plan([a_row(开放时间="", 可容纳人数="")], None)
    assert (plan.unchanged_count, plan.changed) == (1, [])


def test_changes_are_shown_before_and_after():
    a_site(name="双水社区儿童之家", code="SC-1", capacity=20, opening_hours="周末 9:00–17:00", lng=None, lat=None)
    (row,) = read_plan([a_row()], None).changed
    assert [(change["label"], change["before"], change["after"]) for change in row.changes] == [
        ("可容纳人数", "20", "30"),
        ("位置", "", "104.957000, 26.540000"),
    ]


def test_home_may_belong_to_a_relocation_site_of_the_same_sheet():
    home = a_row(所属安置点="双水安置点")
    site = a_row(编号="AZ-1", 名称="双水安置点", 类型="易地扶贫搬迁安置点")
    assert read_plan([home, site], None).wrong == []


def test_plan_writes_nothing_and_asks_little(django_assert_max_num_queries):
    rows = [a_row(编号=f"SC-{number}", 名称=f"儿童之家{number}") for number in range(50)]
    with django_assert_max_num_queries(8):
        plan = read_plan(rows, None)
    assert (len(plan.new), ServiceSite.objects.count()) == (50, 0)
    assert an_area(SHUANGSHUI_COMMUNITY) == plan.rows[0].values["area"]
