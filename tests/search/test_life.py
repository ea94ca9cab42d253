"""The index follows every action in its transaction: after each one it equals what a rebuild would write."""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.geography.point import Point
from marketplace.needs import actions as needs
from marketplace.needs.models import Need
from marketplace.organizations import actions as organizations
from marketplace.programs import actions as programs
from marketplace.programs.models import Program
from marketplace.shifts.actions import release_shift
from marketplace.shifts.models import Shift
from marketplace.signups import actions as signups
from marketplace.signups.models import SignUp
from marketplace.sites import actions as sites
from marketplace.sites.models import ServiceSite
from marketplace.workflow.refusals import Refused
from search.entries import rebuild
from search.interface import search
from search.models import SearchParent, SearchSlot
from search.query import SearchQuery
from search.verify import Differences, differences
from tests.factories import (
    a_bureau_clerk,
    a_category,
    a_keeper,
    a_site,
    a_skill,
    a_user,
    a_volunteer,
    an_organization,
    hours,
)

pytestmark = pytest.mark.django_db

SAME = Differences()


@pytest.fixture
def clerk():
    return a_bureau_clerk()


@pytest.fixture
def site():
    return a_site(name="水碓")


@pytest.fixture
def keeper(site):
    return a_keeper(site)


@pytest.fixture
def ngo():
    return a_user("机构小何")


def state_need(site, keeper, *, windows=2, **fields):
    values = {"title": "周末课业辅导", "summary": "陪小学生写作业", "category": a_category(), "audience": "children"}
    times = [(*hours(72 + 24 * number), 2) for number in range(windows)]
    return needs.create_need(actor=keeper, site=site, windows=times, skills=[a_skill()], **{**values, **fields})


def publish(need, keeper, clerk):
    needs.submit_need(need, actor=keeper)
    needs.verify_need(need, actor=clerk)
    return needs.publish_need(need, actor=clerk)


def post_program(organization, ngo, *, wanted=(), own=()):
    return programs.create_program(
        actor=ngo,
        organization=organization,
        title="课后陪伴计划",
        summary="围棋与书法",
        category=a_category("arts"),
        risk_disclosure="山路较多",
        wanted_shifts=wanted,
        own_shifts=own,
    )


def own_shift(site, **fields):
    start, end = hours(100)
    return programs.OwnShift(site=site, starts_at=start, ends_at=end, places=3, **fields)


def slots() -> dict[int, tuple[int, int]]:
    """Shift → (key it is found under, places left)."""
    return {slot.shift_id: (slot.parent_id, slot.places_left) for slot in SearchSlot.objects.all()}


def test_a_need_is_in_the_index_from_its_publication_to_its_withdrawal(site, keeper, clerk):
    need = state_need(site, keeper)
    needs.submit_need(need, actor=keeper)
    needs.verify_need(need, actor=clerk)
    assert slots() == {}
    needs.publish_need(need, actor=clerk)
    assert list(slots().values()) == [(2 * need.pk, 2)] * 2
    assert differences() == SAME
    needs.withdraw_need(need, actor=keeper, remark="已另行安排")
    assert (slots(), SearchParent.objects.count()) == ({}, 0)
    assert differences() == SAME


def test_a_fulfilled_need_is_no_longer_found(site, keeper, clerk):
    need = publish(state_need(site, keeper), keeper, clerk)
    needs.fulfil_need(need, actor=keeper)
    assert slots() == {}
    assert differences() == SAME


def test_adoption_moves_a_shift_and_cancelling_gives_it_back(site, keeper, clerk, ngo):
    need = publish(state_need(site, keeper), keeper, clerk)
    wanted, left = need.shifts.all()
    program = post_program(an_organization(member=ngo), ngo, wanted=[wanted], own=[own_shift(site)])
    programs.submit_program(program, actor=ngo)
    assert slots() == {wanted.pk: (2 * need.pk, 2), left.pk: (2 * need.pk, 2)}
    programs.approve_program(program, actor=clerk)
    own = program.shifts.get(need=None)
    found_under = {wanted.pk: 2 * program.pk + 1, own.pk: 2 * program.pk + 1, left.pk: 2 * need.pk}
    assert {shift: key for shift, (key, _left) in slots().items()} == found_under
    assert differences() == SAME
    programs.cancel_program(program, actor=ngo, remark="人手不足")
    assert slots() == {wanted.pk: (2 * need.pk, 2), left.pk: (2 * need.pk, 2)}
    assert differences() == SAME


def test_a_program_that_lets_go_of_one_shift_forgets_its_words(site, keeper, clerk, ngo):
    need = publish(state_need(site, keeper, windows=1), keeper, clerk)
    elsewhere = a_site(name="落别村活动室")
    program = post_program(an_organization(member=ngo), ngo, wanted=need.shifts.all(), own=[own_shift(elsewhere)])
    programs.submit_program(program, actor=ngo)
    programs.approve_program(program, actor=clerk)
    assert f"{site}" in words_under(program)
    release_shift(program.shifts.select_related("site").get(need=need), actor=ngo)
    assert f"{site}" not in words_under(program)
    assert differences() == SAME


def words_under(program) -> str:
    return SearchParent.objects.get(pk=2 * program.pk + 1).tokens.replace(" ", "")


def test_sign_ups_count_the_places(site, keeper, clerk):
    need = publish(state_need(site, keeper, windows=1), keeper, clerk)
    (shift,) = need.shifts.all()
    people = [a_volunteer(skills=("homework",), cleared=True) for _number in range(3)]
    held = [signups.sign_up(shift, volunteer=person, actor=person.user, acknowledged_risks=True) for person in people]
    assert slots()[shift.pk][1] == 0
    signups.withdraw_signup(held[2], actor=people[2].user)
    assert slots()[shift.pk][1] == 0
    signups.withdraw_signup(held[0], actor=people[0].user)
    assert slots()[shift.pk][1] == 1
    signups.cancel_signup(held[1], actor=None, reason="clearance_expired")
    assert slots()[shift.pk][1] == 2
    assert differences() == SAME


def test_a_freed_place_goes_to_who_waits(site, keeper, clerk):
    need = publish(state_need(site, keeper, windows=1), keeper, clerk)
    (shift,) = need.shifts.all()
    people = [a_volunteer(skills=("homework",), cleared=True) for _number in range(3)]
    held = [signups.sign_up(shift, volunteer=person, actor=person.user, acknowledged_risks=True) for person in people]
    signups.withdraw_signup(held[0], actor=people[0].user)
    assert (SignUp.objects.get(pk=held[2].pk).status, slots()[shift.pk][1]) == ("confirmed", 0)
    assert differences() == SAME


def test_a_site_is_pinned_closed_and_opened_again(keeper, clerk):
    site = a_site(lng=None, lat=None, precision="")
    publish(state_need(site, a_keeper(site)), a_keeper(site), clerk)
    assert [slot.lng for slot in SearchSlot.objects.all()] == [None, None]
    sites.pin_site(site, Point(104.96, 26.55), actor=clerk)
    assert [slot.lng for slot in SearchSlot.objects.all()] == [104.96, 104.96]
    assert differences() == SAME
    sites.close_site(site, actor=clerk, remark="装修")
    assert slots() == {}
    assert differences() == SAME
    sites.reopen_site(site, actor=clerk)
    assert differences() == SAME


def test_a_suspended_organization_is_not_found(site, keeper, clerk, ngo):
    organization = an_organization(member=ngo)
    need = publish(state_need(site, keeper, windows=1), keeper, clerk)
    program = post_program(organization, ngo, wanted=need.shifts.all(), own=[own_shift(site)])
    programs.submit_program(program, actor=ngo)
    programs.approve_program(program, actor=clerk)
    organizations.suspend_organization(organization, actor=clerk, remark="年检未过")
    assert {key for key, _left in slots().values()} <= {2 * need.pk}
    assert differences() == SAME


def test_a_cancelled_shift_leaves_the_index(site, keeper, clerk):
    need = publish(state_need(site, keeper), keeper, clerk)
    shift = need.shifts.select_related("site__area").first()
    programs.call_off_shift(shift, actor=keeper, reason="weather")
    assert shift.pk not in slots()
    assert differences() == SAME


def test_what_took_place_leaves_the_index(site, keeper, clerk):
    need = publish(state_need(site, keeper, windows=1), keeper, clerk)
    (shift,) = need.shifts.all()
    person = a_volunteer(skills=("homework",), cleared=True)
    signup = signups.sign_up(shift, volunteer=person, actor=person.user, acknowledged_risks=True)
    signups.record_attendance(signup, actor=keeper, was_there=True, now=shift.starts_at + timedelta(hours=1))
    assert slots() == {}
    assert differences() == SAME


def test_an_action_that_is_rolled_back_leaves_the_index_as_it_was(site, keeper, clerk):
    need = publish(state_need(site, keeper), keeper, clerk)
    other = state_need(site, keeper, title="上门理发", summary="每月一次", category=a_category("cleaning"))
    needs.submit_need(other, actor=keeper)
    needs.verify_need(other, actor=clerk)
    before = (slots(), found("小学生"), found("理发"))

    def undone():
        needs.withdraw_need(need, actor=keeper, remark="已另行安排")
        needs.publish_need(other, actor=clerk)
        assert (found("小学生"), found("理发")) == (0, 1)
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        undone()
    assert (slots(), found("小学生"), found("理发")) == before
    assert differences() == SAME


def found(text: str) -> int:
    return search(SearchQuery(text=text), now=timezone.now()).total


def test_rebuild_writes_what_the_actions_wrote(site, keeper, clerk):
    publish(state_need(site, keeper), keeper, clerk)
    before = list(SearchParent.objects.values()), list(SearchSlot.objects.values())
    steps = []
    assert rebuild(progress=steps.append) == (1, 2)
    assert (list(SearchParent.objects.values()), list(SearchSlot.objects.values())) == before
    assert steps == [1]


@pytest.mark.parametrize("seed", range(5))
def test_any_life_keeps_the_index_equal_to_a_rebuild(seed):
    """Actions by chance, refused ones included; after each the index is compared."""
    life = Life(random.Random(seed))
    done = 0
    for _step in range(45):
        try:
            life.go_on()
            done += 1
        except Refused:
            continue
        assert differences() == SAME
    assert done > 10


class Life:
    """Things that may happen, each choosing its record by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.clerk, self.ngo = a_bureau_clerk(), a_user("机构小何")
        self.sites = [a_site(), a_site(lng=104.85, lat=26.59), a_site(lng=None, lat=None, precision="")]
        self.keepers = {site.pk: a_keeper(site) for site in self.sites}
        self.organization = an_organization(member=self.ngo)
        self.people = [a_volunteer(skills=("homework",), cleared=True) for _number in range(5)]

    def go_on(self) -> None:
        often = [self.state_need, self.state_need, self.post_program, self.sign_up, self.sign_up, self.sign_up]
        rarely = [self.withdraw_signup, self.call_off, self.withdraw_need, self.cancel_program, self.close, self.pin]
        self.chance.choice([*often, *rarely])()

    def one(self, queryset):
        records = list(queryset)
        if not records:
            raise Refused("nothing there")
        return self.chance.choice(records)

    def state_need(self) -> None:
        site = self.chance.choice(self.sites)
        keeper = self.keepers[site.pk]
        publish(state_need(site, keeper, windows=self.chance.randint(1, 3)), keeper, self.clerk)

    def post_program(self) -> None:
        free = list(Shift.objects.findable(timezone.now()).filter(program=None, need__status="published"))
        wanted = self.chance.sample(free, min(len(free), self.chance.randint(0, 2)))
        own = [own_shift(self.chance.choice(self.sites))]
        program = post_program(self.organization, self.ngo, wanted=wanted, own=own)
        programs.submit_program(program, actor=self.ngo)
        programs.approve_program(program, actor=self.clerk)

    def sign_up(self) -> None:
        person, shift = self.chance.choice(self.people), self.one(Shift.objects.findable(timezone.now()))
        signups.sign_up(shift, volunteer=person, actor=person.user, acknowledged_risks=True)

    def withdraw_signup(self) -> None:
        signup = self.one(SignUp.objects.active().select_related("volunteer__user", "shift"))
        signups.withdraw_signup(signup, actor=signup.volunteer.user)

    def call_off(self) -> None:
        shift = self.one(Shift.objects.open().select_related("site__area"))
        programs.call_off_shift(shift, actor=self.keepers[shift.site_id], reason="weather")

    def withdraw_need(self) -> None:
        need = self.one(Need.objects.published())
        needs.withdraw_need(need, actor=self.keepers[need.site_id], remark="已另行安排")

    def cancel_program(self) -> None:
        programs.cancel_program(self.one(Program.objects.approved()), actor=self.ngo, remark="人手不足")

    def close(self) -> None:
        site = ServiceSite.objects.get(pk=self.chance.choice(self.sites).pk)
        step = sites.close_site if site.status == "open" else sites.reopen_site
        step(site, actor=self.clerk, remark="装修")

    def pin(self) -> None:
        point = Point(104.9 + self.chance.random() / 20, 26.5 + self.chance.random() / 20)
        sites.pin_site(ServiceSite.objects.get(pk=self.chance.choice(self.sites).pk), point, actor=self.clerk)
