"""Needs, programs, shifts, sign-ups and clearances driven together by chance: whatever people do, no illegal state comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from marketplace.needs import actions as needs
from marketplace.needs.enums import NeedStatus
from marketplace.needs.models import Need
from marketplace.organizations import actions as organizations
from marketplace.programs import actions as programs
from marketplace.programs.enums import ProgramStatus
from marketplace.programs.models import Program
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.signups import actions as signups
from marketplace.signups.enums import ACTIVE, HOLDING
from marketplace.signups.models import SignUp
from marketplace.sites import actions as sites
from marketplace.volunteers import actions as volunteers
from marketplace.volunteers.models import ClearanceKind, GroupMember, Volunteer
from marketplace.volunteers.queries import cleared_kinds, required_kinds
from marketplace.workflow.refusals import Refused
from search.verify import Differences, differences
from tests.factories import (
    a_bureau_clerk,
    a_category,
    a_group,
    a_site,
    a_user,
    a_volunteer,
    add_keeper,
    an_organization,
)

START = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
NEED_STEPS: dict[str, Callable[..., Any]] = {
    "submit": lambda need, house: needs.submit_need(need, actor=house.keeper),
    "return": lambda need, house: needs.return_need(need, actor=house.clerk, remark="请补充"),
    "verify": lambda need, house: needs.verify_need(need, actor=house.clerk),
    "publish": lambda need, house: needs.publish_need(need, actor=house.clerk),
    "withdraw": lambda need, house: needs.withdraw_need(need, actor=house.keeper, remark="不需要了"),
    "fulfil": lambda need, house: needs.fulfil_need(need, actor=house.keeper),
    "expire": lambda need, _house: needs.expire_need(need),
}
PROGRAM_STEPS: dict[str, Callable[..., Any]] = {
    "submit": lambda program, house: programs.submit_program(program, actor=house.member),
    "return": lambda program, house: programs.return_program(program, actor=house.clerk, remark="请补充"),
    "approve": lambda program, house: programs.approve_program(program, actor=house.clerk),
    "cancel": lambda program, house: programs.cancel_program(program, actor=house.member, remark="不办了"),
    "end": lambda program, _house: programs.end_program(program),
}
which = st.integers(0, 30)
taken: Counter[str] = Counter()


def tries(what: str, act: Callable[[], Any]) -> None:
    """A refusal is an answer; anything else that is raised fails the test."""
    try:
        act()
    except Refused:
        taken[f"{what} refused"] += 1
    else:
        taken[what] += 1


def one_of(records: Any, number: int) -> Any:
    found = list(records.order_by("pk"))
    return found[number % len(found)] if found else None


class Market(RuleBasedStateMachine):
    """A home, an organization, six volunteers and a clerk, and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.start = transaction.savepoint()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.savepoint_rollback(self.start)

    @initialize()
    def people(self) -> None:
        self.site, self.keeper, self.member, self.clerk = a_site(), a_user(), a_user(), a_bureau_clerk()
        self.clerk.__dict__.pop("assignments", None)
        add_keeper(self.site, self.keeper)
        self.organization = an_organization(member=self.member)
        self.volunteers = [a_volunteer(cleared=number < 3) for number in range(6)]
        self.team = a_group(leader=self.volunteers[0], host=self.organization)
        for volunteer in self.volunteers[1:]:
            GroupMember.objects.create(group=self.team, volunteer=volunteer, agreed_at=timezone.now())

    @rule(ahead=st.integers(2, 90), count=st.integers(1, 3), places=st.integers(1, 2), guarded=st.booleans())
    def state_need(self, ahead: int, count: int, places: int, guarded: bool) -> None:
        begin = timezone.now() + timedelta(hours=ahead)
        windows = [(begin + timedelta(days=n), begin + timedelta(days=n, hours=2), places) for n in range(count)]
        tries("need.create", lambda: self._published(windows, guarded))

    def _published(self, windows: list[Any], guarded: bool) -> None:
        """Most ways lead over publication, so the machine begins with it; the other steps come by chance."""
        need = needs.create_need(
            actor=self.keeper,
            site=self.site,
            title="周末课业辅导",
            summary="陪小学生写作业。",
            category=a_category(),
            audience="children",
            clearance_required=guarded,
            windows=windows,
        )
        for step in ("submit", "verify", "publish"):
            NEED_STEPS[step](need, self)

    @rule(number=which, step=st.sampled_from(sorted(NEED_STEPS)))
    def need_step(self, number: int, step: str) -> None:
        if need := one_of(Need.objects.all(), number):
            tries(f"need.{step}", lambda: NEED_STEPS[step](need, self))

    @rule(number=which, ahead=st.integers(2, 90), guarded=st.booleans())
    def post_program(self, number: int, ahead: int, guarded: bool) -> None:
        begin = timezone.now() + timedelta(hours=ahead)
        own = programs.OwnShift(self.site, begin, begin + timedelta(hours=2), 2, clearance_required=guarded)
        wanted = one_of(Shift.objects.filter(program=None), number)
        tries(
            "program.create",
            lambda: programs.create_program(
                actor=self.member,
                organization=self.organization,
                title="课后陪伴",
                summary="辅导作业",
                category=a_category(),
                risk_disclosure="山路较多",
                wanted_shifts=[wanted] if wanted else [],
                own_shifts=[own],
            ),
        )

    @rule(number=which, step=st.sampled_from(sorted(PROGRAM_STEPS)))
    def program_step(self, number: int, step: str) -> None:
        if program := one_of(Program.objects.all(), number):
            tries(f"program.{step}", lambda: PROGRAM_STEPS[step](program, self))

    @rule(number=which, who=st.integers(0, 5))
    def sign_up(self, number: int, who: int) -> None:
        volunteer = Volunteer.objects.get(pk=self.volunteers[who].pk)
        if shift := one_of(Shift.objects.filter(status=ShiftStatus.OPEN), number):
            act = {"volunteer": volunteer, "actor": volunteer.user, "acknowledged_risks": True}
            tries("signup", lambda: signups.sign_up(shift, **act))

    @rule(number=which)
    def withdraw(self, number: int) -> None:
        if signup := one_of(SignUp.objects.active(), number):
            tries("withdraw", lambda: signups.withdraw_signup(signup, actor=signup.volunteer.user))

    @rule(number=which)
    def accept(self, number: int) -> None:
        if signup := one_of(SignUp.objects.filter(status="offered"), number):
            tries("accept", lambda: signups.accept_offer(signup, actor=signup.volunteer.user))

    @rule(number=which, was_there=st.booleans())
    def attend(self, number: int, was_there: bool) -> None:
        if signup := one_of(SignUp.objects.all(), number):
            tries("attend", lambda: signups.record_attendance(signup, actor=self.keeper, was_there=was_there))

    @rule(number=which)
    def call_off(self, number: int) -> None:
        if shift := one_of(Shift.objects.all(), number):
            tries("call off", lambda: programs.call_off_shift(shift, actor=self.keeper, reason="weather"))

    @rule(who=st.integers(0, 5), kind=which, is_clear=st.booleans(), days=st.integers(0, 400))
    def clearance(self, who: int, kind: int, is_clear: bool, days: int) -> None:
        tries(
            "clearance",
            lambda: volunteers.record_clearance(
                self.volunteers[who],
                one_of(ClearanceKind.objects.all(), kind),
                actor=self.clerk,
                result="clear" if is_clear else "not_clear",
                checked_on=timezone.localdate() - timedelta(days=days),
            ),
        )

    @rule(number=which, hours=st.integers(1, 60))
    def move(self, number: int, hours: int) -> None:
        if shift := one_of(Shift.objects.filter(status=ShiftStatus.OPEN), number):
            begin = timezone.now() + timedelta(hours=hours)
            tries(
                "move",
                lambda: programs.reschedule_shift(
                    shift, starts_at=begin, ends_at=begin + timedelta(hours=2), actor=self.keeper
                ),
            )

    @rule(number=which, chosen=st.sets(st.integers(0, 5), min_size=1, max_size=3))
    def sign_up_team(self, number: int, chosen: set[int]) -> None:
        if shift := one_of(Shift.objects.filter(status=ShiftStatus.OPEN), number):
            act = {"actor": self.team.leader.user, "acknowledged_risks": True}
            members = [self.volunteers[one] for one in chosen]
            tries("team", lambda: signups.sign_up_group(self.team, shift, members=members, **act))

    @rule(who=st.integers(0, 5), kind=st.sampled_from(["everything", "children"]), days=st.integers(0, 20))
    def restrict(self, who: int, kind: str, days: int) -> None:
        today = timezone.localdate()
        span = {"starts_on": today, "ends_on": today + timedelta(days=days)}
        tries(
            "restrict",
            lambda: volunteers.record_restriction(self.volunteers[who], actor=self.clerk, kind=kind, **span),
        )

    @rule(suspends=st.booleans())
    def organization_step(self, suspends: bool) -> None:
        act = organizations.suspend_organization if suspends else organizations.restore_organization
        tries("organization", lambda: act(self.organization, actor=self.clerk, remark="核查"))

    @rule(closes=st.booleans())
    def site_step(self, closes: bool) -> None:
        act = sites.close_site if closes else sites.reopen_site
        tries("site", lambda: act(self.site, actor=self.clerk, remark="维修"))

    @rule(hours=st.sampled_from([1, 5, 23, 40, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.traveller.shift(timedelta(hours=hours))
        for tick in (signups.expire_offers, needs.expire_needs, programs.end_programs):
            tick()

    @invariant()
    def places_are_counted(self) -> None:
        held = Counter(SignUp.objects.filter(status__in=HOLDING).values_list("shift", flat=True))
        held += Counter(SignUp.objects.filter(status__in=("attended", "no_show")).values_list("shift", flat=True))
        assert {pk: count for pk, count in Shift.objects.values_list("pk", "places_taken") if count} == dict(held)
        assert not Shift.objects.filter(places_taken__gt=F("places")).exists()

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        for one in SignUp.objects.filter(status__in=HOLDING).select_related("shift"):
            same_time = {"shift__starts_at__lt": one.shift.ends_at, "shift__ends_at__gt": one.shift.starts_at}
            assert SignUp.objects.filter(status__in=HOLDING, volunteer=one.volunteer, **same_time).count() == 1

    @invariant()
    def children_meet_only_the_cleared(self) -> None:
        wanted = set(required_kinds())
        ahead = {"shift__clearance_required": True, "shift__starts_at__gt": timezone.now()}
        for signup in SignUp.objects.filter(status__in=HOLDING, **ahead).select_related("shift", "volunteer"):
            assert wanted <= cleared_kinds(signup.volunteer, timezone.localdate(signup.shift.starts_at))

    @invariant()
    def the_restricted_serve_nowhere(self) -> None:
        for signup in SignUp.objects.filter(status__in=HOLDING, shift__starts_at__gt=timezone.now()):
            day = timezone.localdate(signup.shift.starts_at)
            kinds = ("everything", "children") if signup.shift.clearance_required else ("everything",)
            assert not signup.volunteer.restrictions.filter(
                kind__in=kinds, starts_on__lte=day, ends_on__gte=day
            ).exists()

    @invariant()
    def nobody_waits_for_what_is_off(self) -> None:
        assert not SignUp.objects.filter(status__in=ACTIVE, shift__status=ShiftStatus.CANCELLED).exists()
        assert not Shift.objects.filter(status=ShiftStatus.HELD, starts_at__gt=timezone.now()).exists()
        assert not SignUp.objects.filter(status="attended", shift__starts_at__gt=timezone.now()).exists()

    @invariant()
    def what_is_found_may_be_found(self) -> None:
        for shift in Shift.objects.findable(timezone.now()).select_related("need", "program"):
            public = shift.program.status == ProgramStatus.APPROVED if shift.program else False
            assert public or shift.need.status == NeedStatus.PUBLISHED, (shift.program, shift.need)

    @invariant()
    def nobody_decides_about_their_own(self) -> None:
        assert not Need.objects.filter(verified_by=F("raised_by")).exists()
        assert not Program.objects.filter(approved_by=F("drafted_by")).exists()

    @invariant()
    def the_index_follows(self) -> None:
        assert differences() == Differences()


def drive(examples: int, steps: int) -> None:
    taken.clear()
    run_state_machine_as_test(
        Market,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


@pytest.mark.django_db
def test_no_chance_leads_to_an_illegal_state() -> None:
    drive(examples=8, steps=25)


@pytest.mark.django_db
@pytest.mark.long
def test_ten_thousand_steps_lead_to_no_illegal_state() -> None:
    drive(examples=200, steps=60)
    assert sum(taken.values()) >= 10_000, taken
    assert min(taken[name] for name in ("signup", "accept", "withdraw", "attend", "program.approve")) > 0, taken
