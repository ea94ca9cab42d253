"""manage.py load_demo_pages: let the demo's bureau account look after the pages."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "让演示的市局账号可以编辑和审核公益项目页面。"

    def handle(self, *args: Any, **options: Any) -> None:
        moderators = Group.objects.get(name="Moderators")
        for user in get_user_model().objects.filter(email="bureau@example.org"):
            user.groups.add(moderators)
