"""The smallest valid records, their states named: `a_need(status="published")`. Statuses are reached through the actions' own doors
where a test tells of them, and set directly here where a test only needs them to be so."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from django.utils import timezone

from marketplace.accounts.demo import DEMO_PASSWORD
from marketplace.accounts.enums import Role
from marketplace.accounts.models import RoleAssignment, User
from marketplace.geography.models import AdminArea
from marketplace.needs.models import Need, NeedWindow
from marketplace.organizations.models import Membership, Organization, ServiceCategory
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.models import ServiceSite, SiteKeeper
from marketplace.volunteers.models import Clearance, ClearanceKind, GroupMember, Skill, Volunteer, VolunteerGroup

CITY, ZHONGSHAN, SHUICHENG, PANZHOU = "520200", "520201", "520204", "520281"
SHUANGSHUI = "520204002"  # 双水街道
SHUANGSHUI_COMMUNITY = "520204002005"  # 双水社区
PASSWORD = DEMO_PASSWORD

_numbers = itertools.count(1)
ORGANIZATION_CODES = ("51520200MJD0000114", "52520200MJD00002XQ", "53520200MJD000038M")


def an_area(code: str = SHUANGSHUI) -> AdminArea:
    return AdminArea.objects.get(code=code)


def a_user(name: str = "测试用户", *, role: str = "", area: str = "", email: str | None = None, **fields) -> User:
    number = next(_numbers)
    user = User.objects.create_user(email or f"user{number}@example.com", PASSWORD, display_name=name, **fields)
    if role:
        give_role(user, role, area)
    return user


def give_role(user: User, role: str, area: str = "") -> RoleAssignment:
    user.__dict__.pop("assignments", None)
    return RoleAssignment.objects.create(
        user=user, role=role, area=an_area(area) if area else None, valid_from=timezone.localdate() - timedelta(days=1)
    )


def a_bureau_clerk(area: str = CITY) -> User:
    return a_user("市局小李", role=Role.BUREAU, area=area)


def a_county_clerk(area: str = SHUICHENG) -> User:
    return a_user("区县小王", role=Role.COUNTY, area=area)


def a_township_clerk(area: str = SHUANGSHUI) -> User:
    return a_user("街道小张", role=Role.TOWNSHIP, area=area)


def a_village_worker(area: str = SHUANGSHUI_COMMUNITY) -> User:
    return a_user("社区小周", role=Role.VILLAGE, area=area)


def a_category(code: str = "tutoring") -> ServiceCategory:
    return ServiceCategory.objects.get(code=code)


def a_skill(code: str = "homework") -> Skill:
    return Skill.objects.get(code=code)


def a_site(*, keeper: User | None = None, area: str = SHUANGSHUI_COMMUNITY, **fields) -> ServiceSite:
    values = {
        "name": f"儿童之家{next(_numbers)}",
        "kind": "childrens_home",
        "area": an_area(area),
        "lng": 104.957,
        "lat": 26.540,
        "precision": "demo",
        "is_demo": True,
    }
    site = ServiceSite.objects.create(**{**values, **fields})
    if keeper:
        add_keeper(site, keeper)
    return site


def add_keeper(site: ServiceSite, user: User) -> SiteKeeper:
    give_role(user, Role.SITE_KEEPER)
    return SiteKeeper.objects.create(site=site, user=user)


def a_keeper(site: ServiceSite | None = None) -> User:
    user = a_user("站点小陈")
    add_keeper(site or a_site(), user)
    return user


def an_organization(
    *, member: User | None = None, status: str = "active", area: str = SHUICHENG, **fields
) -> Organization:
    number = next(_numbers)
    values = {
        "name": f"测试社会工作服务中心{number}",
        "uscc": f"TEST{number:014d}",
        "form": "service_org",
        "area": an_area(area),
    }
    organization = Organization.objects.create(status=status, **{**values, **fields})
    if member:
        add_member(organization, member)
    return organization


def add_member(organization: Organization, user: User, role: str = "admin") -> Membership:
    give_role(user, Role.ORGANIZATION)
    return Membership.objects.create(organization=organization, user=user, role=role)


def a_volunteer(
    name: str = "志愿者小吴", *, skills: tuple[str, ...] = (), cleared: bool = False, **fields
) -> Volunteer:
    user = fields.pop("user", None) or a_user(name)
    give_role(user, Role.VOLUNTEER)
    values = {"age_group": "adult", "base_area": an_area()}
    volunteer = Volunteer.objects.create(user=user, **{**values, **fields})
    volunteer.skills.set(Skill.objects.filter(code__in=skills))
    if cleared:
        clear(volunteer)
    return volunteer


def clear(volunteer: Volunteer, *, days_ago: int = 30, lasts_days: int = 365) -> None:
    checked_on = timezone.localdate() - timedelta(days=days_ago)
    for kind in ClearanceKind.objects.all():
        Clearance.objects.create(
            volunteer=volunteer,
            kind=kind,
            result="clear",
            checked_on=checked_on,
            valid_until=checked_on + timedelta(days=lasts_days),
        )


def a_group(*, leader: Volunteer | None = None, **fields) -> VolunteerGroup:
    leader = leader or a_volunteer("队长")
    give_role(leader.user, Role.GROUP_LEADER)
    values = {"name": f"志愿队{next(_numbers)}", "host_organization": fields.pop("host", None) or an_organization()}
    values["confirmed_at"] = timezone.now()
    group = VolunteerGroup.objects.create(leader=leader, **{**values, **fields})
    GroupMember.objects.create(group=group, volunteer=leader, agreed_at=timezone.now())
    return group


def hours(start_in_hours: float = 72, *, lasts: float = 2.5) -> tuple[datetime, datetime]:
    """A start and an end, counted from now."""
    start = (timezone.now() + timedelta(hours=start_in_hours)).replace(minute=0, second=0, microsecond=0)
    return start, start + timedelta(hours=lasts)


def a_need(*, status: str = "draft", site: ServiceSite | None = None, windows: int = 1, **fields) -> Need:
    site = site or a_site()
    values = {
        "title": f"周末课业辅导{next(_numbers)}",
        "summary": "周六上午陪小学生写作业，答疑。",
        "category": a_category(),
        "audience": "children",
        "raised_by": fields.pop("raised_by", None) or a_keeper(site),
    }
    skills = fields.pop("skills", ())
    need = Need.objects.create(site=site, status=status, **{**values, **fields})
    need.skills.set(Skill.objects.filter(code__in=skills))
    for number in range(windows):
        start, end = hours(72 + 24 * number)
        NeedWindow.objects.create(need=need, starts_at=start, ends_at=end, places=3)
    return need


def a_program(*, status: str = "draft", organization: Organization | None = None, **fields) -> Program:
    organization = organization or an_organization(member=a_user("机构小何"))
    values = {
        "title": f"课后陪伴计划{next(_numbers)}",
        "summary": "每周六上午在儿童之家辅导作业。",
        "category": a_category(),
        "risk_disclosure": "山路较多，请结伴前往。",
        "drafted_by": fields.pop("drafted_by", None) or organization.memberships.first().user,
    }
    return Program.objects.create(organization=organization, status=status, **{**values, **fields})


def a_shift(*, need: Need | None = None, program: Program | None = None, in_hours: float = 72, **fields) -> Shift:
    """An open, published shift; of a published need where neither need nor program is given."""
    if need is None and program is None:
        need = a_need(status="published", windows=0)
    start, end = hours(in_hours)
    skills = fields.pop("skills", ())
    values = {
        "site": need.site if need else fields.pop("site", None) or a_site(),
        "starts_at": start,
        "ends_at": end,
        "places": 3,
        "published_at": timezone.now(),
    }
    shift = Shift.objects.create(need=need, program=program, **{**values, **fields})
    shift.skills.set(Skill.objects.filter(code__in=skills))
    return shift


def a_signup(
    *, shift: Shift | None = None, volunteer: Volunteer | None = None, status: str = "confirmed", **fields
) -> SignUp:
    shift = shift or a_shift()
    volunteer = volunteer or a_volunteer()
    if status in {"confirmed", "offered", "attended", "no_show"}:
        Shift.objects.filter(pk=shift.pk).update(places_taken=shift.places_taken + 1)
        shift.refresh_from_db(fields=["places_taken"])
    values = {"joined_at": timezone.now(), "made_by": volunteer.user}
    return SignUp.objects.create(shift=shift, volunteer=volunteer, status=status, **{**values, **fields})
