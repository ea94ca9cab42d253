"""Cards: the one thing this person can do with a hit, and in words why it is not another."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from search.cards import Seeker, cards_of, seeker_of
from search.entries import rebuild
from search.interface import search
from search.queries import shown
from search.query import Near, SearchQuery
from tests.factories import a_bureau_clerk, a_need, a_program, a_shift, a_signup, a_site, a_volunteer

pytestmark = pytest.mark.django_db


def the_card(user=None, *, near: Near | None = None):
    """The card of the only hit, for this person."""
    rebuild()
    user = user or AnonymousUser()
    seeker = seeker_of(user)
    result = search(SearchQuery(near=near), user_facts=seeker.facts, now=timezone.now())
    shifts, _total = shown(result, timezone.now())
    (card,) = cards_of(result.hits, shifts, seeker, user)
    return card


def test_a_need_is_shown_with_all_that_matters():
    site = a_site(name="月亮湾儿童之家")
    shift = a_shift(need=a_need(status="published", title="周末课业辅导", site=site, urgency="urgent"))
    card = the_card(near=Near(104.957, 26.580))
    assert (card.title, card.place, card.place_note) == ("周末课业辅导", "月亮湾儿童之家", "")
    assert (card.start, card.end, card.places_left) == (shift.starts_at, shift.ends_at, 3)
    assert (card.url, card.action_label, card.action_url) == (
        f"/needs/{shift.need_id}/",
        "报名",
        f"/shifts/{shift.pk}/",
    )
    assert (round(card.distance_km, 1), card.minutes, card.pin) == (4.4, 11, site.pk)
    assert card.reasons == ["还没有人报名", "需求紧急"]


def test_an_adopted_shift_leads_to_its_program():
    program = a_program(status="approved", title="课后陪伴计划")
    a_shift(need=a_need(status="published"), program=program)
    card = the_card()
    assert (card.title, card.url) == ("课后陪伴计划", f"/programs/{program.pk}/")


def test_a_site_without_a_point_says_so():
    a_shift(need=a_need(status="published", site=a_site(lng=None, lat=None)))
    card = the_card(near=Near(104.957, 26.580))
    assert (card.place_note, card.distance_km, card.minutes, card.pin) == ("位置待核实", None, None, None)


def test_a_full_shift_offers_its_waiting_list():
    a_shift(places=1, places_taken=1)
    card = the_card()
    assert (card.action_label, card.places_left) == ("加入候补", 0)


def test_a_volunteer_who_may_serve_signs_up():
    a_shift(skills=("english",))
    person = a_volunteer(skills=("english",))
    card = the_card(person.user)
    assert (card.action_label, card.note) == ("报名", "")
    assert "会英语" in card.reasons


def test_what_is_missing_is_said_instead_of_a_dead_button():
    shift = a_shift(skills=("english",), clearance_required=True)
    card = the_card(a_volunteer().user)
    assert (card.action_label, card.action_url, card.action_kind) == ("查看要求", f"/shifts/{shift.pk}/", "secondary")
    assert "英语" in card.note
    assert "还差" in card.note


def test_a_time_promised_already_is_said():
    person = a_volunteer()
    a_signup(shift=a_shift(status="held"), volunteer=person)
    a_shift()
    assert "时间冲突" in the_card(person.user).note


def test_a_promise_here_is_shown_not_offered_again():
    person, shift = a_volunteer(), a_shift()
    a_signup(shift=shift, volunteer=person)
    card = the_card(person.user)
    assert (card.status_label, card.action_label, card.action_kind) == ("已报名", "查看报名", "secondary")


def test_whoever_is_no_volunteer_sees_the_plain_button():
    a_shift(clearance_required=True)
    assert (the_card(a_bureau_clerk()).action_label, seeker_of(a_bureau_clerk())) == ("报名", Seeker())


def test_seeker_is_the_volunteer_with_their_place():
    seeker = seeker_of(a_volunteer(skills=("english",)).user)
    assert (seeker.is_volunteer, seeker.home, seeker.facts.skills) == (True, "双水街道", {"english"})


def test_hits_the_database_no_longer_shows_are_dropped():
    shift = a_shift()
    rebuild()
    now = timezone.now()
    result = search(SearchQuery(), now=now)
    type(shift).objects.filter(pk=shift.pk).update(status="cancelled")
    shifts, total = shown(result, now)
    assert (result.total, shifts, total) == (1, {}, 0)
    assert cards_of(result.hits, shifts, Seeker(), AnonymousUser()) == []
