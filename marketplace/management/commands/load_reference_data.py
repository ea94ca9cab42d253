"""Reference data into the tables: divisions, points, skills, categories, work days. May run again at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.geography.actions import load_areas, load_boxes, load_points
from marketplace.organizations.reference import load_categories
from marketplace.safeguarding.reference import load_hotlines
from marketplace.volunteers.reference import load_languages, load_seasons, load_skills
from marketplace.workflow.reference import load_work_days

LOADERS = (
    ("行政区划", load_areas),
    ("区划参考点", load_points),
    ("区划范围", load_boxes),
    ("服务类别", load_categories),
    ("技能与资格", load_skills),
    ("语言", load_languages),
    ("学期", load_seasons),
    ("工作日历", load_work_days),
    ("求助号码", load_hotlines),
)


class Command(BaseCommand):
    help = "载入参考数据：行政区划、参考点、服务类别、技能、工作日历（可重复运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = [f"{name} {load()}" for name, load in LOADERS]
        self.stdout.write(" · ".join(loaded))
