"""What a profile takes, and what it makes of what was sent."""

import pytest

from marketplace.volunteers.forms import FirstProfileForm, ProfileForm, initial_of, townships_by_county
from marketplace.volunteers.models import Availability
from tests.factories import CITY, SHUANGSHUI, SHUANGSHUI_COMMUNITY, a_skill, a_volunteer, an_area

pytestmark = pytest.mark.django_db


def sent(**changes) -> dict:
    return {"age_group": "adult", "base_area": an_area(SHUANGSHUI).pk, **changes}


def errors(form) -> dict[str, list[str]]:
    return {name: [str(text) for text in found] for name, found in form.errors.items()}


def test_townships_stand_under_their_county(django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = dict(townships_by_county())

    assert set(groups) == {"钟山区", "水城区", "六枝特区", "盘州市"}
    assert (an_area(SHUANGSHUI).pk, "双水街道") in groups["水城区"]
    assert sum(len(townships) for townships in groups.values()) >= 92


def test_two_answers_are_enough():
    form = ProfileForm(sent())

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "age_group": "adult",
        "base_area": an_area(SHUANGSHUI),
        "radius_km": 20,
        "skills": form.cleaned_data["skills"].none(),
        "languages": form.cleaned_data["languages"].none(),
        "weekly_limit": None,
        "free_times": [],
    } | {name: form.cleaned_data[name] for name in ("skills", "languages")}
    assert [list(form.cleaned_data[name]) for name in ("skills", "languages")] == [[], []]
    assert list(FirstProfileForm().fields) == ["age_group", "base_area"]


def test_everything_can_be_said():
    form = ProfileForm(sent(radius_km="35", skills=[a_skill().pk], free_times=["5-morning", "6-evening"]))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["radius_km"] == 35
    assert list(form.cleaned_data["skills"]) == [a_skill()]
    assert form.cleaned_data["free_times"] == [(5, "morning"), (6, "evening")]


@pytest.mark.parametrize("radius", ["0", "201", "-5", "far"])
def test_a_radius_out_of_bounds_is_refused(radius):
    assert list(errors(ProfileForm(sent(radius_km=radius)))) == ["radius_km"]


@pytest.mark.parametrize("age_group", ["child", "", "senior"])
def test_children_have_no_profile_of_their_own(age_group):
    assert list(errors(ProfileForm(sent(age_group=age_group)))) == ["age_group"]


@pytest.mark.parametrize("code", [CITY, SHUANGSHUI_COMMUNITY])
def test_only_a_township_is_a_base(code):
    assert list(errors(ProfileForm(sent(base_area=an_area(code).pk)))) == ["base_area"]


@pytest.mark.parametrize("free", ["7-morning", "0-night", "x", "0"])
def test_a_time_that_does_not_exist_is_refused(free):
    assert list(errors(ProfileForm(sent(free_times=[free])))) == ["free_times"]


def test_the_grid_has_a_row_for_each_day_and_a_box_for_each_part():
    rows = ProfileForm(sent(free_times=["5-morning"])).free_time_rows()

    assert [str(row["label"]) for row in rows] == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    assert [[box.data["value"] for box in row["boxes"]] for row in rows][5] == ["5-morning", "5-afternoon", "5-evening"]
    assert [box.data["selected"] for box in rows[5]["boxes"]] == [True, False, False]


def test_the_form_starts_with_what_is_known():
    volunteer = a_volunteer(skills=("homework",), radius_km=12)
    Availability.objects.create(volunteer=volunteer, weekday=5, part="morning")

    assert initial_of(volunteer) == {
        "age_group": "adult",
        "base_area": volunteer.base_area_id,
        "radius_km": 12,
        "skills": [a_skill("homework").pk],
        "languages": [],
        "weekly_limit": None,
        "free_times": ["5-morning"],
    }
    assert initial_of(None) == {"radius_km": 20}
