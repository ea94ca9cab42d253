"""A program's page: made on approval, always showing what is true now, gone with the program."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms.models import CharityProjectPage, HomePage, ProjectIndexPage
from cms.queries import front_page_facts, project_facts, recruiting_first
from marketplace.programs.actions import approve_program, cancel_program, submit_program
from marketplace.shifts.models import Shift
from tests.factories import a_bureau_clerk, a_need, a_program, a_shift, a_signup, a_user, an_organization

pytestmark = pytest.mark.django_db


def an_approved_program(**fields):
    member = a_user("何社工")
    program = a_program(organization=an_organization(member=member), **fields)
    a_shift(program=program, published_at=None)
    submit_program(program, actor=member)
    return approve_program(program, actor=a_bureau_clerk())


def the_page(program):
    return CharityProjectPage.objects.get(program=program)


def test_first_pages_stand_in_place_of_the_welcome_page():
    assert HomePage.objects.get().url_path == "/home/"
    assert ProjectIndexPage.objects.get().get_parent().specific == HomePage.objects.get()


def test_approval_opens_a_live_page_below_the_index():
    program = an_approved_program(title="周末陪伴", summary="第一行\n第二行")
    page = the_page(program)
    assert (page.live, page.title, page.intro) == (True, "周末陪伴", "第一行")
    assert page.get_parent().specific == ProjectIndexPage.objects.get()
    assert [block.block_type for block in page.body] == ["story", "live_shifts"]


def test_approved_words_are_escaped_on_the_page(client: Client):
    program = an_approved_program(summary="<script>alert(1)</script>")
    answer = client.get(the_page(program).url)
    assert "<script>alert(1)" not in answer.content.decode()


def test_drafts_and_returned_programs_have_no_page():
    a_program(status="draft")
    a_program(status="submitted")
    assert CharityProjectPage.objects.count() == 0


def test_cancelling_takes_the_page_down_and_keeps_it_for_its_editors(client: Client):
    program = an_approved_program()
    address = the_page(program).url
    cancel_program(program, actor=program.drafted_by, remark="组织方人手不够")
    assert the_page(program).live is False
    assert client.get(address).status_code == 404


def test_a_rolled_back_approval_leaves_no_page():
    member = a_user("何社工")
    program = a_program(organization=an_organization(member=member))
    a_shift(program=program, published_at=None)
    submit_program(program, actor=member)
    clerk = a_bureau_clerk()
    before = transaction.savepoint()
    approve_program(program, actor=clerk)
    assert CharityProjectPage.objects.count() == 1
    transaction.savepoint_rollback(before)
    assert CharityProjectPage.objects.count() == 0


def test_page_shows_open_shifts_with_the_places_that_are_left_now(client: Client):
    program = an_approved_program()
    shift = program.shifts.get()
    page = the_page(program)
    assert "还差 3 人" in client.get(page.url).content.decode()
    a_signup(shift=shift)
    answer = client.get(page.url).content.decode()
    assert "还差 2 人" in answer
    assert f"/shifts/{shift.pk}/" in answer


def test_page_offers_the_waiting_list_when_a_shift_is_full(client: Client):
    program = an_approved_program()
    Shift.objects.filter(program=program).update(places_taken=3)
    answer = client.get(the_page(program).url).content.decode()
    assert "已满，可候补" in answer


def test_page_names_who_runs_it_and_the_needs_it_answers(client: Client):
    program = an_approved_program()
    need = a_need(status="published", windows=0, title="暑期读书")
    a_shift(need=need, program=program)
    answer = client.get(the_page(program).url).content.decode()
    assert program.organization.name in answer
    assert "暑期读书" in answer


def test_page_of_a_lost_program_still_opens(client: Client):
    program = an_approved_program()
    page = the_page(program)
    CharityProjectPage.objects.filter(pk=page.pk).update(program=None)
    assert client.get(page.url).status_code == 200


def test_project_facts_of_an_unapproved_program_say_nothing():
    facts = project_facts(a_program(status="submitted"), timezone.now())
    assert facts == {"organization": None, "shifts": [], "needs": []}


def test_index_lists_recruiting_projects_first(client: Client):
    closed, recruiting = an_approved_program(), an_approved_program()
    Shift.objects.filter(program=closed).update(places_taken=0, status="cancelled")
    ordered = recruiting_first(CharityProjectPage.objects.all(), timezone.now())
    assert [page.program for page in ordered] == [recruiting, closed]
    assert client.get("/projects/").status_code == 200


def test_home_counts_what_is_there(client: Client):
    an_approved_program()
    full = a_shift()
    Shift.objects.filter(pk=full.pk).update(places_taken=3)
    facts = front_page_facts(CharityProjectPage.objects.all(), timezone.now())
    assert (facts["open_shifts"], facts["open_needs"]) == (2, 1)
    assert full not in facts["soon"]
    assert client.get("/").status_code == 200


def test_empty_house_still_greets(client: Client):
    answer = client.get("/").content.decode()
    assert "眼下的场次都有人去了" in answer
    assert "还没有公益项目" in client.get("/projects/").content.decode()


@pytest.mark.parametrize("projects", [1, 3])
def test_index_asks_a_constant_number_of_queries(client: Client, django_assert_max_num_queries, projects):
    for _ in range(projects):
        an_approved_program()
    client.get("/projects/")
    with django_assert_max_num_queries(9):
        client.get("/projects/")


def test_index_shows_so_many_projects_a_page(client: Client, monkeypatch):
    monkeypatch.setattr("cms.models.PROJECTS_A_PAGE", 2)
    pages = [an_approved_program() for _ in range(3)]
    first, second = (client.get(f"/projects/?page={number}").content.decode() for number in (1, 2))
    shown = [sum(f"/projects/program-{program.pk}/" in text for program in pages) for text in (first, second)]
    assert shown == [2, 1]
    assert client.get("/projects/?page=絶").status_code == 200


def test_project_page_does_not_say_its_story_twice(client: Client):
    program = an_approved_program()
    text = client.get(f"/projects/program-{program.pk}/").content.decode()
    assert text.split("<main")[1].count(program.summary) == 1
    page = CharityProjectPage.objects.get(program=program)
    page.intro = "陪孩子写完作业再回家。"
    page.save()
    text = client.get(f"/projects/program-{program.pk}/").content.decode()
    assert text.split("<main")[1].count(page.intro) == 1
