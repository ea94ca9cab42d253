"""The parts of the pages: all shown on one page, nothing inline, colours readable, vendored files unchanged."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from marketplace.workbench.specimens import SpecimenForm, specimens

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html"))
STATIC = Path(settings.BASE_DIR) / "marketplace" / "static" / "marketplace"
ALL_TEMPLATES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
# Frames that other pages extend, and the page itself: they cannot be included in a page. The report button would report.
FRAMES = {"index.html", "decision.html", "decision_bar.html", "report_button.html"}


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """The components page as an anonymous visitor's browser would get it, and the names of the templates it drew."""
    return {"page": render_to_string("components/index.html", specimens(), RequestFactory().get("/components/"))}


def draw(component: str, **values: Any) -> str:
    return Template(f'{{% include "components/{component}.html" %}}').render(Context(values))


def words(html: str) -> str:
    """The visible words, spaces joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_component_is_shown_on_the_components_page() -> None:
    drawn, waiting = set(), ["components/index.html", "base.html", "django/forms/field.html"]
    while waiting:
        source = (TEMPLATES / waiting.pop()).read_text(encoding="utf-8")
        found = set(re.findall(r'{% include "(components/[a-z_]+\.html)"', source)) - drawn
        drawn |= found
        waiting += found
    assert {f"components/{name}" for name in COMPONENTS if name not in FRAMES} - drawn == set()


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_says_its_context_first(name: str) -> None:
    source = (TEMPLATES / "components" / name).read_text(encoding="utf-8")
    assert re.match(r'({% extends "base.html" %})?({% load [a-z0-9_ ]+ %})?\s*{% comment %}\s*\S', source)


@pytest.mark.parametrize("name", ALL_TEMPLATES)
def test_template_has_nothing_inline(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|\shx-on", source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", source) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"[^>]*>', re.sub(r"<a\b[^>]*>", "", source)) == []


def test_components_page_has_nothing_inline_but_data(shown: dict[str, str]) -> None:
    scripts = re.findall(r"<script[^>]*>", shown["page"])
    assert [tag for tag in scripts if "src=" not in tag and 'type="application/json"' not in tag] == []
    assert " style=" not in shown["page"]


def test_components_page_repeats_no_id(shown: dict[str, str]) -> None:
    ids = re.findall(r'\sid="([^"]+)"', shown["page"])
    assert sorted(ids) == sorted(set(ids))


def test_every_icon_used_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")))
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'(?:{% icon |icon=)"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used - drawn == set()


def test_style_and_script_files_fetch_nothing_from_elsewhere() -> None:
    files = [path for kind in ("css", "js") for path in (STATIC / kind).iterdir()]
    assert [path.name for path in files if re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", path.read_text("utf-8"))] == []


# Card


def test_card_says_what_where_when_places_and_why_in_this_order() -> None:
    values = specimens()
    drawn = words(
        draw(
            "card",
            title="周末课业辅导",
            place="双水社区儿童之家",
            distance_km=6.2,
            is_straight=True,
            minutes=15,
            start=values["start"],
            end=values["end"],
            places_left=3,
            reasons=["会课业辅导", "周六有空"],
            action_label="报名",
            action_url="/shifts/1/",
        )
    )
    order = ["周末课业辅导", "双水社区儿童之家", "直线 6.2 公里", "约 15 分钟", "周六 09:00–11:30", "还差 3 人"]
    order += ["为什么推荐", "会课业辅导", "周六有空", "报名"]
    positions = [drawn.find(part) for part in order]
    assert positions == sorted(positions)
    assert positions[0] == 0


def test_card_without_a_trusted_place_says_so_instead_of_a_distance() -> None:
    drawn = words(draw("card", title="陪伴", place="陡箐镇儿童之家", distance_km=3.1, place_note="位置待核实"))
    assert drawn == "陪伴 陡箐镇儿童之家 · 位置待核实"


def test_card_button_posts_only_when_told() -> None:
    assert "<form" not in draw("card", title="陪伴", action_label="看", action_url="/x/")
    assert 'method="post" action="/x/"' in draw(
        "card", title="陪伴", action_label="报名", action_url="/x/", action_post=True
    )


def test_card_escapes_what_people_wrote() -> None:
    assert "<script>" not in draw("card", title="<script>x</script>", place="<script>", reasons=["<script>"])


# Status, clock, tasks: colour, word and shape


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("draft", "ring"),
        ("waiting", "half"),
        ("info", "dot"),
        ("done", "check"),
        ("refused", "stop"),
        ("closed", "minus"),
    ],
)
def test_status_has_colour_word_and_shape(kind: str, shape: str) -> None:
    drawn = draw("status", kind=kind, label="待审核")
    assert (f"status-{kind}" in drawn, f"#{shape}" in drawn, words(drawn)) == (True, True, "待审核")


@pytest.mark.parametrize(
    ("days_left", "kind", "said"),
    [
        (-2, "late", "已超期 2 个工作日"),
        (0, "today", "今天到期"),
        (2, "soon", "剩 2 个工作日"),
        (9, "calm", "剩 9 个工作日"),
    ],
)
def test_clock_has_colour_word_and_shape(days_left: int, kind: str, said: str) -> None:
    drawn = draw("clock", days_left=days_left)
    assert (f"clock-{kind}" in drawn, "<svg" in drawn, words(drawn)) == (True, True, said)


def test_clock_that_is_paused_counts_nothing() -> None:
    assert words(draw("clock", is_paused=True, days_left=3)) == "计时暂停"


def test_blocked_task_is_no_link() -> None:
    tasks = [{"label": "培训", "url": "/t/", "status": "blocked"}, {"label": "承诺", "url": "/p/", "status": "todo"}]
    assert re.findall(r'href="(/[a-z]/)"', draw("task_list", tasks=tasks)) == ["/p/"]


def test_steps_name_the_current_one() -> None:
    drawn = draw("steps", current=2, labels=["甲", "乙", "丙"])
    assert words(drawn).startswith("第 2 步 共 3 步")
    assert words(drawn.split('aria-current="step"')[1]).split()[1] == "乙"


# Slots, chips, tables, pages


def test_slot_that_cannot_be_chosen_says_why() -> None:
    slots = specimens()["slots"]
    drawn = draw("slot_picker", name="shift", legend="选时间", slots=slots)
    assert drawn.count(" disabled") == 1
    assert slots[3]["refusal"] in words(drawn)


def test_chip_that_is_on_can_be_taken_off_by_keyboard_and_reader() -> None:
    on, off = (draw("chips", chips=[{"label": "周六", "url": "?", "is_on": state}]) for state in (True, False))
    assert (words(on), words(off)) == ("周六 取消这个条件", "周六")


def test_table_labels_every_cell_for_narrow_screens() -> None:
    values = specimens()
    drawn = draw("data_table", columns=values["columns"], rows=values["rows"])
    assert re.findall(r'data-label="([^"]+)"', drawn) == ["地点", "状态", "报名"] * 2


def test_pagination_is_silent_with_one_page_and_keeps_the_query() -> None:
    values = specimens()
    one = values["page"].paginator.__class__(range(3), 12).page(1)
    assert draw("pagination", page=one).strip() == ""
    assert 'href="?day=6&amp;page=5"' in draw("pagination", page=values["page"], query="day=6")


def test_diff_shows_both_sides_of_a_change_only() -> None:
    drawn = draw("diff", changes=specimens()["changes"])
    assert (drawn.count("<del>"), drawn.count("<ins>"), words(drawn).count("双水社区儿童之家")) == (1, 2, 1)


def test_money_is_said_in_figures_and_capitals() -> None:
    assert words(draw("money", fen=12_345_050)) == "123,450.50 元 壹拾贰万叁仟肆佰伍拾元伍角整"
    assert words(draw("money", fen=100, capitals=False)) == "1.00 元"


# Fields


class OneField(forms.Form):
    about = forms.CharField(
        label="说明", help_text="写两句", widget=forms.Textarea(attrs={"maxlength": 100}), required=False
    )
    kind = forms.ChoiceField(label="对象", widget=forms.RadioSelect, choices=[("a", "儿童"), ("b", "老人")])


def test_field_ties_label_hint_and_error_to_its_input() -> None:
    form = SpecimenForm({"people": "500"})
    drawn = str(form["people"].as_field_group())
    assert '<label for="id_people">需要几人</label>' in drawn
    assert 'aria-describedby="id_people_error"' in drawn
    assert 'id="id_people_error"' in drawn
    assert "field-has-error" in drawn


def test_optional_field_says_so_and_long_text_has_a_counter() -> None:
    drawn = OneField()["about"].as_field_group()
    assert words(drawn).split() == ["说明", "（选填）", "写两句", "最多", "100", "字"]
    assert 'data-counter="id_about"' in drawn
    assert 'aria-describedby="id_about_helptext"' in drawn


def test_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    drawn = OneField()["kind"].as_field_group()
    assert (drawn.count("<fieldset"), drawn.count("<legend>对象</legend>")) == (1, 1)


def test_whole_form_draws_each_field_once() -> None:
    drawn = str(SpecimenForm())
    assert [drawn.count(f'name="{name}"') > 0 for name in SpecimenForm.base_fields] == [True] * 9


def test_error_summary_repeats_the_words_of_the_field_and_links_to_it() -> None:
    form = SpecimenForm({"people": "500"})
    drawn = draw("error_summary", form=form)
    assert 'href="#id_people"' in drawn
    assert form.errors["people"][0] in words(drawn)
    assert 'href="#id_group_0"' in drawn
    assert "data-focus" in drawn


def test_error_summary_links_to_inputs_that_are_there() -> None:
    form = SpecimenForm({"people": "500"})
    targets = set(re.findall(r'href="#([^"]+)"', draw("error_summary", form=form)))
    assert targets - set(re.findall(r'\sid="([^"]+)"', str(form))) == set()
    assert len(targets) == len(form.errors)


def test_error_summary_is_silent_without_errors() -> None:
    assert draw("error_summary", form=SpecimenForm()).strip() == ""


# Frame


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_page_for_a_broken_site_needs_neither_request_nor_database(name: str) -> None:
    assert "<h1>" in render_to_string(name)


def test_refused_page_repeats_the_sentence() -> None:
    drawn = render_to_string("refused.html", {"sentence": "还差一项：培训。"}, RequestFactory().get("/"))
    assert "还差一项：培训。" in words(drawn)


# Colours: every text colour on every surface it stands on


def tokens(selector: str) -> dict[str, str]:
    css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    return {
        name: value
        for block in re.findall(rf"{re.escape(selector)} {{(.*?)}}", css, re.S)
        for name, value in re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block)
    }


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #RRGGBB colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


LIGHT = tokens(":root")
DARK = LIGHT | tokens('html[data-theme="dark"]')
ELDER = LIGHT | tokens('html[data-mode="elder"]')
ELDER_DARK = DARK | tokens('html[data-mode="elder"]') | tokens('html[data-mode="elder"][data-theme="dark"]')
PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "ink-2", "teal", "teal-deep")
        for ground in ("paper", "card", "sunk", "teal-wash")
    ),
    *(
        (text, ground)
        for text in ("vermilion", "amber", "blue", "green")
        for ground in ("paper", "card", f"{text}-wash")
    ),
    *(("ink", f"{colour}-wash") for colour in ("vermilion", "amber", "blue", "green", "grey")),
    ("ink-2", "grey-wash"),
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("paper", "ink"),
]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize(("theme", "least"), [("LIGHT", 4.5), ("DARK", 4.5), ("ELDER", 7.0), ("ELDER_DARK", 7.0)])
def test_text_can_be_read_on_its_ground(theme: str, least: float, text: str, ground: str) -> None:
    colours = globals()[theme]
    assert contrast(colours[text], colours[ground]) >= least


@pytest.mark.parametrize("theme", ["LIGHT", "DARK", "ELDER", "ELDER_DARK"])
def test_borders_of_inputs_can_be_seen(theme: str) -> None:
    colours = globals()[theme]
    assert [contrast(colours["line"], colours[ground]) >= 3 for ground in ("paper", "card", "sunk")] == [True] * 3


def test_dark_by_system_and_dark_by_choice_are_the_same() -> None:
    system = tokens('html:not([data-theme="light"], [data-theme="dark"])')
    assert system == tokens('html[data-theme="dark"]')
