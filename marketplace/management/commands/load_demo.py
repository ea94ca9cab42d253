"""manage.py load_demo: fill an empty installation with 演示数据."""

from __future__ import annotations

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from marketplace.accounts.models import User
from marketplace.geography.models import AdminArea
from marketplace.history.actions import together
from marketplace.management.demo.elders import ASKED, elders_needs
from marketplace.management.demo.identities import identities
from marketplace.management.demo.offers import Offers
from marketplace.management.demo.people import People
from marketplace.management.demo.places import ELDER_POINTS, HOMES, Places
from marketplace.management.demo.safety import rate, tell_what_is_wrong
from marketplace.management.demo.signing import Signing
from marketplace.management.demo.skills import hand_in_papers
from marketplace.shifts.models import Shift


class Command(BaseCommand):
    help = "装入演示数据（需要空的数据库和演示设置）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--volunteers", type=int, default=300)
        parser.add_argument("--programs", type=int, default=120)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, volunteers: int, programs: int, seed: int, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("演示数据只能装入演示环境（marketplace.settings.demo）。")
        if User.objects.exists():
            raise CommandError("数据库里已经有账号；演示数据只装入空的数据库。")
        if not AdminArea.objects.exists():
            call_command("load_reference_data")
        # All or nothing: a load that was interrupted leaves an empty database, not half a prefecture.
        with together():
            self._load(Random(seed), volunteers, programs)  # noqa: S311 — a repeatable demo, not a secret
        call_command("load_demo_pages")
        self.stdout.write(f"演示数据：{volunteers} 名志愿者，{programs} 个项目，{Shift.objects.count()} 个场次。")

    def _load(self, chance: Random, volunteers: int, programs: int) -> None:
        busy = volunteers // 5
        total = volunteers + HOMES + ELDER_POINTS + len(ASKED) + programs + busy
        with tqdm(total=total, desc="演示数据", unit="条", mininterval=1) as bar:
            people = People(chance)
            cast = people.cast(volunteers, bar.update)
            places = Places(chance, people, cast)
            homes, elder_points = places.homes(), places.elder_points()
            places.villages()
            offers = Offers(chance, people, cast)
            bodies = offers.organizations()
            offers.needs(homes, elder_points, bar.update)
            elders_needs(chance, cast, elder_points[0], bar.update)
            offers.programs(programs, bodies, [*homes, *elder_points], bar.update)
            signing = Signing(chance, cast)
            signing.groups(bodies)
            signing.signups(bar.update)
            hand_in_papers(cast)
            rate(cast, bodies)
            tell_what_is_wrong(cast, homes, bodies)
            identities(cast)
