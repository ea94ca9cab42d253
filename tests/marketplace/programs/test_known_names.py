"""A name that the private record holds stands in no text of a program."""

from __future__ import annotations

import pytest

from marketplace.privacy.actions import keep_identity
from marketplace.privacy.enums import Whose
from marketplace.privacy.sealed import Person
from marketplace.programs.actions import OwnShift, change_program
from marketplace.programs.actions.running import revise_risks
from marketplace.programs.models import Program
from marketplace.workflow.refusals import Refused
from tests.factories import SHUICHENG, a_county_clerk, a_program, a_site, an_area, hours

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept():
    person = Person(name="龙小朵", notes="演示")
    keep_identity(person, whose=Whose.BENEFICIARY, area=an_area(SHUICHENG), actor=a_county_clerk())


@pytest.mark.parametrize(
    ("summary", "task", "refused"),
    [
        ("每周六上午陪龙小朵写作业。", "", True),
        ("每周六上午陪孩子写作业。", "陪龙小朵读绘本", True),
        ("每周六上午陪孩子写作业。", "读绘本", False),
    ],
)
def test_draft_names_nobody_of_the_private_record(summary, task, refused):
    program = a_program()
    start, end = hours()
    own = OwnShift(site=a_site(), starts_at=start, ends_at=end, places=2, task=task)
    changes = {"actor": program.drafted_by, "wanted_shifts": [], "own_shifts": [own], "summary": summary}

    if refused:
        with pytest.raises(Refused, match="「龙小朵」可能是真实姓名"):
            change_program(program, **changes)
        assert Program.objects.get().version == 1
    else:
        assert change_program(program, **changes).version == 2


def test_new_risks_name_nobody_of_the_private_record():
    program = a_program(status="approved")

    with pytest.raises(Refused, match="「龙小朵」可能是真实姓名"):
        revise_risks(program, risk_disclosure="龙小朵怕生，请慢慢来。", actor=program.drafted_by)
