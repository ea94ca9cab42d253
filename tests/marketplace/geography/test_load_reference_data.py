import time
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.geography.models import AdminArea

pytestmark = pytest.mark.django_db


def test_load_reference_data_says_how_much_was_loaded():
    said = StringIO()
    call_command("load_reference_data", stdout=said)
    parts = said.getvalue().strip().split(" · ")
    assert parts[:3] == ["行政区划 1252", "区划参考点 97", "区划范围 78"]
    assert [part.split(" ")[0] for part in parts[3:]] == [
        "服务类别",
        "技能与资格",
        "语言",
        "学期",
        "工作日历",
        "求助号码",
    ]
    assert AdminArea.objects.count() == 1252


def test_load_reference_data_is_quick():
    started = time.process_time()
    call_command("load_reference_data", stdout=StringIO())
    assert time.process_time() - started < 2
