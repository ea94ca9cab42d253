"""What elders asked for on the phone: a village worker wrote it down and read it back. The names are marked and made up."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from marketplace.needs.actions import confirm_need, create_need, publish_need, verify_need
from marketplace.needs.enums import Audience, Channel
from marketplace.needs.models import Need
from marketplace.organizations.models import ServiceCategory
from marketplace.privacy.sealed import Person
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Language

from .days import some_time
from .names import RISKS
from .people import Cast

# (title, category, summary, language, who, notes)
ASKED = (
    ("教用手机挂号", "digital", "教一位老人用手机挂号和视频通话。", "guizhou", "演示甲", "耳背，请慢慢说。"),
    ("读信和填表", "companionship", "帮一位老人读来信、填补贴申请表。", "miao", "演示乙", "只会说苗语。"),
    ("陪着说说话", "companionship", "在活动室陪一位老人下棋、读报。", "guizhou", "演示丙", "早上精神好。"),
    ("修收音机", "repair", "在服务点帮一位老人修收音机。", "", "演示丁", "收音机自己带来。"),
    ("彝语陪伴", "companionship", "在活动室用彝语陪一位老人聊天。", "yi", "演示戊", "只会说彝语。"),
)


def elders_needs(chance: Random, cast: Cast, point: ServiceSite, tick: Callable[[int], object]) -> list[Need]:
    """Each is read back, verified by the bureau and published, but the last, which still waits."""
    categories = {category.code: category for category in ServiceCategory.objects.all()}
    languages = {language.code: language for language in Language.objects.all()}
    made = []
    for number, (title, category, summary, language, who, notes) in enumerate(ASKED):
        need = create_need(
            actor=cast.village,
            site=point,
            title=title,
            category=categories[category],
            audience=Audience.ELDERS,
            channel=Channel.PHONE,
            summary=summary,
            people_served=1,
            risk_disclosure=RISKS[0],
            languages=[languages[language]] if language else [],
            windows=[(*some_time(chance), 1)],
            person=Person(name=who, notes=f"演示数据：{notes}"),
            is_demo=True,
        )
        confirm_need(need, actor=cast.village)
        if number + 1 < len(ASKED):
            verify_need(need, actor=cast.bureau)
            publish_need(need, actor=cast.bureau)
        made.append(need)
        tick(1)
    return made
