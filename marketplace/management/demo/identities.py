"""Identities of the demo: one volunteer's, one child's with a request to look that waits, and a request for correction."""

from __future__ import annotations

from datetime import date

from marketplace.geography.models import AdminArea
from marketplace.privacy.actions import ask_correction, ask_opening, keep_identity, keep_own_identity
from marketplace.privacy.enums import IdType, Whose
from marketplace.privacy.id_numbers import check_digit
from marketplace.privacy.models import Identity
from marketplace.privacy.sealed import Person

from .people import TOWNSHIP, Cast

INVENTED = "演示数据：没有这个人。"
# The sequence 000 is given to nobody, so these numbers belong to nobody.
ADULT, CHILD = "52020419900101000", "52020420170101000"


def identities(cast: Cast) -> None:
    """Names that say themselves that they are invented, and stand in no text of the demo."""
    adult = Person("安演示", IdType.RESIDENT, ADULT + check_digit(ADULT), phone="13900000001", notes=INVENTED)
    own = keep_own_identity(adult, user=cast.volunteer.user, area=cast.volunteer.base_area)
    township = AdminArea.objects.get(code=TOWNSHIP)
    child = keep_identity(
        Person("田演示", IdType.RESIDENT, CHILD + check_digit(CHILD), date(2017, 1, 1), notes=INVENTED),
        whose=Whose.BENEFICIARY,
        area=township,
        actor=cast.village,
    )
    Identity.objects.filter(pk__in=[own.pk, child.pk]).update(is_demo=True)
    ask_opening(child, actor=cast.township, reason="活动当天受伤，要联系家人（演示）")
    ask_correction(actor=cast.volunteer.user, text="演示：无犯罪记录查询的日期应当早一天。", area=own.area)
