"""Accounts of the demo: the nine that are named, and volunteers by number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from marketplace.accounts.actions import create_account, grant_role
from marketplace.accounts.demo import DEMO_PASSWORD
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.geography.models import AdminArea
from marketplace.volunteers.actions import (
    create_volunteer,
    declare_kinship,
    record_clearance,
    record_kinship,
    record_paper_consent,
)
from marketplace.volunteers.enums import AgeGroup, DayPart
from marketplace.volunteers.models import ClearanceKind, Language, Season, Skill, Volunteer

from .names import person_name

EVERYBODY_SPEAKS = ("putonghua", "guizhou")
CITY, COUNTY, TOWNSHIP, VILLAGE = "520200", "520204", "520204002", "520204002005"


@dataclass
class Cast:
    """Everybody of the demo who acts in its loading."""

    bureau: User
    county: User
    township: User
    village: User
    site: User
    ngo: User
    ngo2: User
    volunteer: Volunteer
    leader: Volunteer
    # Four in five: adults without sign-ups, free to be tried out. The rest sign up for what the demo shows.
    untouched: list[Volunteer]
    busy: list[Volunteer]


class People:
    """Makes accounts that share one password hash, because hashing 300 times is a minute of everybody's life."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.password_hash = make_password(DEMO_PASSWORD)
        self.towns = list(
            AdminArea.objects.current().townships().filter(reference_point__isnull=False).order_by("code")
        )
        self.skills = list(Skill.objects.all())
        self.kinds = list(ClearanceKind.objects.all())
        self.languages = list(Language.objects.all())
        today = timezone.localdate()
        self.season = Season.objects.filter(starts_on__lte=today, ends_on__gte=today).first()

    def account(self, name: str, login: str = "", *, role: str = "", area: str = "", phone: str = "") -> User:
        user = create_account(
            display_name=name,
            email=f"{login}@example.org" if login else None,
            password_hash=self.password_hash if login else "",
            phone=phone,
        )
        if role:
            grant_role(user, role, actor=None, area=AdminArea.objects.get(code=area))
        return user

    def cast(self, volunteers: int, tick: Callable[[int], object]) -> Cast:
        """The named accounts, then `volunteers` numbered ones."""
        bureau = self.account("李科长（市局）", "bureau", role=Role.BUREAU, area=CITY)
        named = [self._volunteer("吴晓梅", "volunteer", bureau), self._volunteer("罗海波", "group", bureau)]
        numbered = [self._numbered(number, bureau, tick) for number in range(1, volunteers + 1)]
        return Cast(
            bureau=bureau,
            county=self.account("王主任（水城区）", "county", role=Role.COUNTY, area=COUNTY),
            township=self.account("张姐（双水街道）", "township", role=Role.TOWNSHIP, area=TOWNSHIP),
            village=self.account("周支书（双水社区）", "village", role=Role.VILLAGE, area=VILLAGE),
            site=self.account("陈老师（儿童主任）", "site"),
            ngo=self.account("何社工", "ngo"),
            ngo2=self.account("余社工", "ngo2"),
            volunteer=named[0],
            leader=named[1],
            untouched=[one for number, one in enumerate(numbered, 1) if number % 5],
            busy=[one for number, one in enumerate(numbered, 1) if not number % 5],
        )

    def _volunteer(self, name: str, login: str, bureau: User) -> Volunteer:
        user = self.account(name, login, phone=f"1390858{len(login):04d}")
        volunteer = create_volunteer(
            actor=user,
            age_group=AgeGroup.ADULT,
            base_area=AdminArea.objects.get(code=TOWNSHIP),
            radius_km=20,
            is_demo=True,
            skills=[skill for skill in self.skills if skill.code in {"homework", "reading", "sports"}],
            languages=self._spoken(),
            free_times=[(5, DayPart.MORNING), (5, DayPart.AFTERNOON), (6, DayPart.MORNING)],
        )
        self._clear(volunteer, bureau)
        return volunteer

    def _numbered(self, number: int, bureau: User, tick: Callable[[int], object]) -> Volunteer:
        chance = self.chance
        is_busy = not number % 5
        youth = is_busy and number % 15 == 0
        volunteer = create_volunteer(
            actor=self.account(person_name(chance), f"volunteer{number:03d}", phone=f"1380858{number:04d}"),
            age_group=AgeGroup.YOUTH if youth else AgeGroup.ADULT,
            base_area=chance.choice(self.towns),
            radius_km=chance.choice((10, 20, 30, 50)),
            is_demo=True,
            skills=chance.sample(self.skills, chance.randint(0, 3)),
            languages=self._spoken(one_more=number % 6 == 0),
            free_times=chance.sample(
                [(day, part) for day in range(7) for part in DayPart.values], chance.randint(2, 5)
            ),
        )
        if not youth and (is_busy or number % 4 == 0):
            self._clear(volunteer, bureau)
        if youth and number % 30 and self.season:
            self._agree_as_guardian(volunteer, number, self.season, bureau)
        tick(1)
        return volunteer

    def _spoken(self, *, one_more: bool = False) -> list[Language]:
        """What everybody speaks here, and for some a language of their own."""
        common = [language for language in self.languages if language.code in EVERYBODY_SPEAKS]
        others = [language for language in self.languages if language not in common]
        return [*common, self.chance.choice(others)] if one_more else common

    def _agree_as_guardian(self, volunteer: Volunteer, number: int, season: Season, bureau: User) -> None:
        """Most guardians have signed for this season; the others still have to."""
        phone = f"1370858{number:04d}"
        record_paper_consent(volunteer, actor=bureau, season=season, name="演示监护人", phone=phone)

    def _clear(self, volunteer: Volunteer, bureau: User) -> None:
        """All checks, and no relatives among the volunteers: two such people may be with children."""
        checked_on = timezone.localdate() - timedelta(days=self.chance.randint(10, 200))
        for kind in self.kinds:
            record_clearance(volunteer, kind, actor=bureau, result="clear", checked_on=checked_on)
        record_kinship(declare_kinship(volunteer, actor=volunteer.user), actor=bureau)
