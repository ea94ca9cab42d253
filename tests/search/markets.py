"""Small markets made by chance, and an oracle that answers questions about them in plain Python.

The oracle knows neither tables nor SQL: it walks over all slots and asks each condition in the words of the product.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from geopy.distance import great_circle

from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Skill
from search.entries import rebuild
from search.query import Near, SearchQuery, Sort
from tests.factories import a_category, a_user, an_area, an_organization

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Words that the segmenter leaves whole and that no other text of the market contains.
WORDS = ("剪纸", "二胡", "围棋", "太极", "篮球", "书法")
SKILLS = ("english", "music", "sports")
CATEGORIES = ("arts", "repair", "meals")
AREAS = ("520204002005", "520204002", "520201011", "520281001")


@dataclass(frozen=True)
class PlacedSite:
    id: int
    place: tuple[float, float] | None
    area: str
    is_open: bool


@dataclass(frozen=True)
class MadeSlot:
    id: int
    parent: int
    kind: str
    words: frozenset[str]
    category: str
    site: PlacedSite
    starts_at: datetime
    places: int
    places_left: int
    skills: frozenset[str]
    needs_clearance: bool
    is_living: bool


@dataclass
class Market:
    now: datetime
    slots: list[MadeSlot] = field(default_factory=list)
    sites: list[PlacedSite] = field(default_factory=list)

    def answers(self, query: SearchQuery) -> list[MadeSlot]:
        """The best slot of each need and program that matches, in the order of `query.sort`."""
        best: dict[int, MadeSlot] = {}
        for slot in self.slots:
            if not self._matches(slot, query):
                continue
            held = best.get(slot.parent)
            if held is None or self._better(slot, query) < self._better(held, query):
                best[slot.parent] = slot
        return sorted(best.values(), key=lambda slot: (*self._better(slot, query)[:-1], slot.parent))

    def _matches(self, slot: MadeSlot, query: SearchQuery) -> bool:
        local = slot.starts_at.astimezone(SHANGHAI)
        part = "morning" if local.hour < 12 else "afternoon" if local.hour < 18 else "evening"
        limit = query.near.km if query.near else None
        return all(
            (
                slot.is_living and slot.site.is_open and slot.starts_at > self.now,
                all(word in slot.words for word in query.text.split()),
                limit is None or self.km(slot, query) <= limit,
                query.starts_from is None or slot.starts_at >= query.starts_from,
                query.starts_before is None or slot.starts_at < query.starts_before,
                query.part in ("", part),
                not (query.without_clearance and slot.needs_clearance),
                not query.skills or not query.skills.isdisjoint(slot.skills),
                not query.categories or slot.category in query.categories,
                not query.area_prefixes or slot.site.area.startswith(tuple(query.area_prefixes)),
                slot.places_left >= query.places,
                not query.kinds or slot.kind in query.kinds,
            )
        )

    def km(self, slot: MadeSlot, query: SearchQuery) -> float:
        if query.near is None or slot.site.place is None:
            return inf
        (lng, lat), near = slot.site.place, query.near
        return great_circle((lat, lng), (near.lat, near.lng)).km

    def _better(self, slot: MadeSlot, query: SearchQuery) -> tuple:
        if query.sort == Sort.SOONEST:
            return slot.starts_at, slot.id
        is_full = query.sort == Sort.RELEVANCE and slot.places_left == 0
        return is_full, round(self.km(slot, query), 9), slot.starts_at, slot.id


def a_market(seed: int) -> Market:
    """Sites with and without points, closed ones, needs and programs of every kind of life, their shifts in the database."""
    chance = random.Random(seed)
    market = Market(now=datetime.now(UTC).replace(microsecond=0))
    market.sites = [_site(chance, number) for number in range(7)]
    user = a_user()
    bodies = [an_organization(member=user, status=status) for status in ("active", "suspended")]
    for number in range(chance.randint(6, 16)):
        _need(chance, market, user, chance.choice([bodies[0], *bodies]), number)
    for number in range(chance.randint(4, 12)):
        _program(chance, market, user, chance.choice([bodies[0], *bodies]), number)
    rebuild()
    return market


def a_question(chance: random.Random, market: Market) -> SearchQuery:
    """Any mixture of conditions; a circle that ends exactly at a site now and then."""
    start = market.now + timedelta(days=chance.randint(0, 6))
    asked = {
        "text": " ".join(chance.sample(WORDS, chance.choice([1, 1, 2]))),
        "near": _near(chance, market),
        "starts_from": start,
        "starts_before": start + timedelta(days=chance.choice([1, 3])),
        "part": chance.choice(["morning", "afternoon", "evening"]),
        "without_clearance": True,
        "skills": frozenset(chance.sample(SKILLS, chance.choice([1, 2]))),
        "categories": frozenset(chance.sample(CATEGORIES, chance.choice([1, 2]))),
        "area_prefixes": frozenset(chance.sample(("520204", "520201", "520204002", "5202"), chance.choice([1, 2]))),
        "places": chance.choice([1, 2]),
        "kinds": frozenset({chance.choice(["need", "program"])}),
    }
    kept = chance.sample(sorted(asked), chance.choice([0, 1, 1, 2, 2, 3]))
    return SearchQuery(**{name: asked[name] for name in kept}, sort=chance.choice(list(Sort)))


def _near(chance: random.Random, market: Market) -> Near:
    near = Near(104.9 + chance.uniform(-0.3, 0.3), 26.5 + chance.uniform(-0.3, 0.3))
    site = chance.choice([site for site in market.sites if site.place])
    border = great_circle(tuple(reversed(site.place)), (near.lat, near.lng)).km
    return Near(near.lng, near.lat, chance.choice([None, 5.0, 15.0, 40.0, border + 1e-9, border - 1e-6]))


def _site(chance: random.Random, number: int) -> PlacedSite:
    place = None
    if number > 1:
        place = (104.9 + chance.uniform(-0.4, 0.4), 26.5 + chance.uniform(-0.4, 0.4))
    status = "closed" if number == 6 else "open"
    area = chance.choice(AREAS)
    site = ServiceSite.objects.create(
        name=f"地点{number}",
        kind="village",
        area=an_area(area),
        lng=place and place[0],
        lat=place and place[1],
        status=status,
    )
    return PlacedSite(site.pk, place, area, status == "open")


def _need(chance: random.Random, market: Market, user, body: Organization, number: int) -> None:
    site = chance.choice(market.sites)
    words, category = _theme(chance)
    status = chance.choice(["published"] * 5 + ["draft", "withdrawn", "fulfilled"])
    need = Need.objects.create(
        site_id=site.id,
        title=f"需求{number}，{words[0]}",
        summary="，".join(words),
        category=a_category(category),
        audience="everybody",
        raised_by=user,
        status=status,
    )
    texts = {"kind": "need", "words": frozenset(words), "category": category, "parent": 2 * need.pk}
    for _slot in range(chance.randint(1, 4)):
        adopter = None
        if chance.random() < 0.25:
            adopter = Program.objects.create(**_program_fields(f"认领{number}", ["书法"], "arts", user, body))
        shift = _shift(chance, market, site, need=need, program=adopter)
        under = {"kind": "program", "words": frozenset({"书法"}), "category": "arts"}
        under = {**under, "parent": 2 * adopter.pk + 1} if adopter else texts
        is_living = _is_living(shift) and (body.status == "active" if adopter else status == "published")
        market.slots.append(_made(shift, site, is_living=is_living, **under))


def _program(chance: random.Random, market: Market, user, body: Organization, number: int) -> None:
    words, category = _theme(chance)
    status = chance.choice(["approved"] * 4 + ["submitted", "cancelled"])
    fields = _program_fields(f"项目{number}", words, category, user, body)
    program = Program.objects.create(**{**fields, "status": status})
    for _slot in range(chance.randint(1, 5)):
        site = chance.choice(market.sites)
        shift = _shift(chance, market, site, program=program)
        is_living = _is_living(shift) and status == "approved" and body.status == "active"
        texts = {"kind": "program", "words": frozenset(words), "category": category, "parent": 2 * program.pk + 1}
        market.slots.append(_made(shift, site, is_living=is_living, **texts))


def _program_fields(title: str, words: list[str], category: str, user, body: Organization) -> dict:
    return {
        "organization": body,
        "title": f"{title}，{words[0]}",
        "summary": "，".join(words),
        "category": a_category(category),
        "risk_disclosure": "无",
        "drafted_by": user,
        "status": "approved",
    }


def _theme(chance: random.Random) -> tuple[list[str], str]:
    return chance.sample(WORDS[:-1], chance.choice([1, 2, 3])), chance.choice(CATEGORIES)


def _shift(chance: random.Random, market: Market, site: PlacedSite, **parents) -> Shift:
    starts_at = market.now + timedelta(hours=chance.choice([-30, *range(3, 200)]), minutes=chance.choice([0, 30]))
    places = chance.randint(1, 4)
    shift = Shift.objects.create(
        site_id=site.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        places=places,
        places_taken=chance.randint(0, places),
        clearance_required=chance.random() < 0.3,
        status=chance.choice(["open"] * 7 + ["cancelled"]),
        published_at=market.now if chance.random() < 0.9 else None,
        **parents,
    )
    shift.skills.set(Skill.objects.filter(code__in=chance.sample(SKILLS, chance.choice([0, 0, 1, 2]))))
    return shift


def _is_living(shift: Shift) -> bool:
    return shift.status == "open" and shift.published_at is not None


def _made(shift: Shift, site: PlacedSite, **fields) -> MadeSlot:
    return MadeSlot(
        id=shift.pk,
        site=site,
        starts_at=shift.starts_at,
        places=shift.places,
        places_left=shift.places - shift.places_taken,
        skills=frozenset(shift.skills.values_list("code", flat=True)),
        needs_clearance=shift.clearance_required,
        **fields,
    )
