"""Organizations, needs and programs of the demo, in every state of their lives."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.utils import timezone
from stdnum.cn.uscc import calc_check_digit

from marketplace.geography.models import AdminArea
from marketplace.needs import actions as needs
from marketplace.needs.models import Need
from marketplace.organizations import actions as organizations
from marketplace.organizations.models import Organization, ServiceCategory
from marketplace.programs import actions as programs
from marketplace.programs.actions import OwnShift
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import adoptable_shifts
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Skill

from .days import some_time
from .names import CHILD_OFFERS, CHILD_RISK, ELDER_OFFERS, ORGANIZATION_KINDS, ORGANIZATION_WORDS, RISKS, word_of
from .papers import demo_paper
from .people import CITY, COUNTY, Cast, People

ORGANIZATIONS = 30


def body_code(head: str) -> str:
    """The nine characters of an organization within its code: eight and their own check (GB 11714)."""
    rest = 11 - sum(int(one, 36) * weight for one, weight in zip(head, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return head + {10: "X", 11: "0"}.get(rest, str(rest))


class Offers:
    def __init__(self, chance: Random, people: People, cast: Cast) -> None:
        self.chance, self.people, self.cast = chance, people, cast
        self.categories = {category.code: category for category in ServiceCategory.objects.all()}
        self.skills = {skill.code: skill for skill in Skill.objects.all()}

    def organizations(self) -> list[Organization]:
        """Verified ones, the last three still on their way; the first two belong to ngo@ and ngo2@."""
        return [self._organization(number) for number in range(1, ORGANIZATIONS + 1)]

    def _organization(self, number: int) -> Organization:
        word = ORGANIZATION_WORDS.split()[(number - 1) % 20]
        kind, short, form, prefix = ORGANIZATION_KINDS[(number + (number > 20)) % 4]
        place, code = ("水城", COUNTY) if number == 1 else ("六盘水市", CITY)
        member = {1: self.cast.ngo, 2: self.cast.ngo2}.get(number) or self.people.account(
            f"{word}{kind[:2]}社工", f"worker{number:02d}"
        )
        head = f"{prefix}520200{body_code(f'MJD{number:05d}')}"
        organization = organizations.create_organization(
            actor=member,
            name=f"{place}{word}{kind}",
            short_name=f"{word}{short}",
            uscc=head + calc_check_digit(head),
            form=form,
            area=AdminArea.objects.get(code=code),
            about="演示用的组织，名称和统一社会信用代码都是编造的。",
            is_demo=True,
            categories=self.chance.sample(list(self.categories.values()), 3),
            service_areas=AdminArea.objects.current()
            .counties()
            .filter(code__startswith=code[: 4 if code == CITY else 6]),
        )
        organizations.add_paper(organization, demo_paper(), kind="certificate", actor=member)
        organizations.submit_organization(organization, actor=member)
        if number == ORGANIZATIONS:
            organizations.return_organization(organization, actor=self.cast.bureau, remark="请补充业务主管单位的说明。")
        elif number < ORGANIZATIONS - 2:
            organizations.verify_organization(organization, actor=self.cast.bureau)
        return organization

    def needs(
        self, homes: list[ServiceSite], elder_points: list[ServiceSite], tick: Callable[[int], object]
    ) -> list[Need]:
        """Each place asks for something; most of it is published."""
        made = []
        for number, site in enumerate([*homes, *elder_points]):
            made += [self._need(site, number * 2 + again) for again in range(2 if number < 40 else 1)]
            tick(1)
        return made

    def _need(self, site: ServiceSite, number: int) -> Need:
        chance = self.chance
        choices = CHILD_OFFERS if site.kind == "childrens_home" else ELDER_OFFERS
        title, category, audience, summary, skills, clearance, _task = (
            choices[0] if number == 0 else chance.choice(choices)
        )
        keeper = site.keepers.get().user
        need = needs.create_need(
            actor=keeper,
            site=site,
            title=title,
            category=self.categories[category],
            audience=audience,
            summary=summary,
            people_served=chance.randint(8, 40),
            urgency="urgent" if number % 9 == 4 else "normal",
            clearance_required=clearance,
            risk_disclosure=CHILD_RISK if clearance else chance.choice(RISKS[:2]),
            skills=[self.skills[code] for code in skills],
            windows=[(*some_time(chance), chance.randint(2, 5)) for _ in range(chance.randint(1, 3))],
            is_demo=True,
        )
        self._lead_need(need, keeper, number)
        return need

    def _lead_need(self, need: Need, keeper: object, number: int) -> None:
        if number % 13 == 12:
            return
        needs.submit_need(need, actor=keeper)
        if number % 11 == 10:
            return
        if number % 17 == 16:
            needs.return_need(need, actor=self.cast.bureau, remark="请写清楚需要几个人、带什么工具。")
            return
        needs.verify_need(need, actor=self.cast.bureau)
        needs.publish_need(need, actor=self.cast.bureau)

    def programs(
        self, count: int, bodies: list[Organization], sites: list[ServiceSite], tick: Callable[[int], object]
    ) -> list[Program]:
        """Programs of the verified organizations; two in three run."""
        active = [body for body in bodies if body.status == "active"]
        members = {body.pk: body.memberships.get().user for body in active}
        made = []
        for number in range(count):
            body = active[number % len(active)]
            made.append(self._program(number, body, members[body.pk], sites))
            tick(1)
        return made

    def _program(self, number: int, body: Organization, member: object, sites: list[ServiceSite]) -> Program:
        chance = self.chance
        title, category, _audience, summary, skills, clearance, task = chance.choice(CHILD_OFFERS + ELDER_OFFERS)
        kind = (
            "childrens_home" if (title, category) in {(offer[0], offer[1]) for offer in CHILD_OFFERS} else "elder_point"
        )
        places = [site for site in sites if site.kind == kind]
        wanted = self._wanted(category) if number % 2 else []
        program = programs.create_program(
            actor=member,
            organization=body,
            title=f"{word_of(body.short_name)}·{title}",
            category=self.categories[category],
            summary=f"{summary}由{body.name}组织，结束后一起整理场地。",
            risk_disclosure=CHILD_RISK if clearance else chance.choice(RISKS[:2]),
            wanted_shifts=wanted,
            own_shifts=[
                self._own_shift(chance.choice(places), task, skills, clearance) for _ in range(chance.randint(2, 4))
            ],
            is_demo=True,
        )
        self._lead_program(program, member, number)
        return program

    def _wanted(self, category: str) -> list[Shift]:
        free = adoptable_shifts(timezone.now()).filter(need__category__code=category, wanted_by=None)
        return list(free[:2])

    def _own_shift(self, site: ServiceSite, task: str, skills: tuple[str, ...], clearance: bool) -> OwnShift:
        start, end = some_time(self.chance)
        return OwnShift(
            site=site,
            starts_at=start,
            ends_at=end,
            places=self.chance.randint(2, 8),
            task=task,
            skills=tuple(self.skills[code] for code in skills),
            clearance_required=clearance,
        )

    def _lead_program(self, program: Program, member: object, number: int) -> None:
        if number % 15 == 14:
            return
        programs.submit_program(program, actor=member)
        if number % 7 == 6:
            return
        if number % 19 == 18:
            programs.return_program(program, actor=self.cast.bureau, remark="风险提示请写明恶劣天气如何通知。")
            return
        programs.approve_program(program, actor=self.cast.bureau)
