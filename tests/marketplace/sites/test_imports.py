"""Taking a sheet of sites in, again, and back; through the command and through the page."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from marketplace.documents.models import SheetImport, SheetImportRow
from marketplace.documents.sheets import read_rows
from marketplace.history.models import Event
from marketplace.sites.actions import change_site
from marketplace.sites.actions.imports import take_in, undo_import
from marketplace.sites.models import ServiceSite
from marketplace.sites.sheet import read_plan
from marketplace.workflow.refusals import Refused
from tests.factories import a_bureau_clerk, a_county_clerk, a_keeper, a_need, a_site, a_township_clerk

from .test_sheet import a_row

pytestmark = pytest.mark.django_db

SITE = a_row(编号="AZ-1", 名称="双水安置点", 类型="易地扶贫搬迁安置点", 可容纳人数="", 开放时间="")
HOME = a_row(所属安置点="双水安置点")


def taken_in(rows, actor=None) -> SheetImport:
    return take_in(read_plan(rows, actor), sha256="0" * 64, actor=actor)


def state() -> list:
    return list(ServiceSite.objects.order_by("pk").values())


def a_csv(*rows) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_homes_find_the_relocation_site_that_comes_later_in_the_sheet():
    taken_in([HOME, SITE])
    home = ServiceSite.objects.get(code="SC-1")

    assert (home.relocation_site.name, home.lng, home.precision) == ("双水安置点", 104.957, "address")
    assert [row.number for row in SheetImportRow.objects.all()] == [2, 3]
    assert not home.is_demo


def test_the_same_sheet_again_changes_nothing():
    taken_in([HOME, SITE])
    before, events = state(), Event.objects.count()
    assert read_plan([HOME, SITE], None).unchanged_count == 2
    with pytest.raises(Refused, match="没有新的内容"):
        taken_in([HOME, SITE])
    assert (state(), Event.objects.count()) == (before, events)


def test_wrong_rows_stay_out_and_the_others_come_in():
    taken_in([HOME | {"名称": ""}, SITE])
    assert [site.name for site in ServiceSite.objects.all()] == ["双水安置点"]


@pytest.mark.parametrize("make", [a_township_clerk, a_keeper])
def test_only_county_and_bureau_take_sheets_in(make):
    with pytest.raises(Refused, match="县级或市级"):
        taken_in([SITE], make())
    assert not ServiceSite.objects.filter(code="AZ-1").exists()


def test_undo_takes_away_what_was_made_and_restores_what_was_changed():
    a_site(code="SC-1", name="旧名字", capacity=12, lng=None, lat=None, precision="")
    before = state()
    sheet_import = taken_in([HOME, SITE])
    assert state() != before

    undone = undo_import(sheet_import, actor=a_bureau_clerk())
    assert (undone.removed, undone.restored, undone.kept) == (1, 1, [])
    assert state() == before
    with pytest.raises(Refused, match="已经撤销过"):
        undo_import(sheet_import, actor=a_bureau_clerk())


def test_undo_leaves_what_somebody_changed_since():
    clerk = a_county_clerk()
    sheet_import = taken_in([HOME | {"所属安置点": ""}, SITE], clerk)
    home = ServiceSite.objects.get(code="SC-1")
    change_site(home, actor=clerk, capacity=99)

    undone = undo_import(sheet_import, actor=clerk)
    assert (undone.removed, undone.kept) == (1, ["双水社区儿童之家"])
    assert ServiceSite.objects.get().capacity == 99


def test_undo_keeps_a_site_on_which_a_need_rests():
    sheet_import = taken_in([HOME | {"所属安置点": ""}])
    a_need(site=ServiceSite.objects.get(), raised_by=a_bureau_clerk())

    assert undo_import(sheet_import, actor=None).kept == ["双水社区儿童之家"]
    assert Event.objects.filter(verb="site.import_undone").count() == 0


# The command


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "地点.csv"
    path.write_bytes(a_csv(HOME, SITE, a_row(编号="SC-3", 名称="")))
    return path


def test_command_tries_out_without_writing(sheet, capsys):
    call_command("import_sites", sheet, dry_run=True)
    said = capsys.readouterr().out

    assert "新登记 2，更新 0，没有变化 0，需要修改 1" in said
    assert "第 4 行" in said
    assert not ServiceSite.objects.exists()


def test_command_writes_the_corrected_file_beside(sheet):
    call_command("import_sites", sheet, verbosity=0)
    corrected = sheet.with_name("地点-需要修改.xlsx")

    assert [row["编号"] for row in read_rows(corrected)] == ["SC-1", "AZ-1", "SC-3"]
    assert ServiceSite.objects.count() == 2


def test_command_takes_in_for_a_person_and_back(sheet, capsys):
    clerk = a_county_clerk()
    call_command("import_sites", sheet, actor=clerk.email)
    number = SheetImport.objects.get().pk
    assert f"--undo {number}" in capsys.readouterr().out
    assert SheetImport.objects.get().imported_by == clerk

    call_command("import_sites", undo=number)
    assert not ServiceSite.objects.exists()
    assert "删除 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "请写明表格"),
        ({"file": "nowhere.csv"}, "找不到文件"),
        ({"undo": 77}, "没有第 77 次"),
        ({"undo": 1, "actor": "nobody@example.com"}, "没有账号"),
    ],
)
def test_command_says_what_is_missing(arguments, sentence):
    file = arguments.pop("file", None)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_sites", *filter(None, [file]), **arguments)


# The page


@pytest.fixture
def clerk(client, settings):
    settings.REQUIRE_MFA_FOR_STAFF = False
    user = a_county_clerk()
    client.force_login(user)
    return user


def uploaded(client, content: bytes):
    return client.post(reverse("site_import"), {"sheet": SimpleUploadedFile("a.csv", content)})


def test_page_shows_the_plan_then_takes_it_in_and_back(client, clerk):
    a_site(code="SC-1", name="旧名字")
    before = state()
    shown = uploaded(client, a_csv(HOME, SITE))
    assert state() == before
    assert "旧名字" in shown.content.decode()

    client.post(reverse("site_import_take_in"), {"read": shown.context["read"]})
    assert ServiceSite.objects.get(code="SC-1").name == "双水社区儿童之家"

    client.post(reverse("site_import_undo", args=[SheetImport.objects.get().pk]))
    assert state() == before


def test_page_gives_the_corrected_file_and_the_template(client, clerk, tmp_path):
    shown = uploaded(client, a_csv(HOME, a_row(名称="")))
    response = client.post(reverse("site_import_corrected"), {"read": shown.context["read"]})
    file = tmp_path / "corrected.xlsx"
    file.write_bytes(response.content)

    assert response["Content-Disposition"].startswith("attachment")
    assert len(read_rows(file)) == 2
    assert client.get(reverse("site_import") + "?template=1").content.startswith(b"PK")


def test_page_takes_in_only_what_it_read_for_the_same_person(client, clerk):
    read = uploaded(client, a_csv(SITE)).context["read"]
    client.post(reverse("site_import_take_in"), {"read": read[:-3] + "abc"})
    client.force_login(a_bureau_clerk())
    client.post(reverse("site_import_take_in"), {"read": read})

    assert not ServiceSite.objects.exists()


def test_page_refuses_what_is_no_sheet(client, clerk):
    response = uploaded(client, b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    assert "这不是能读的表格" in response.content.decode()


def test_sheet_of_somebody_else_is_not_undone_on_the_page(client, clerk):
    sheet_import = taken_in([SITE], a_bureau_clerk())
    assert client.post(reverse("site_import_undo", args=[sheet_import.pk])).status_code == 404
