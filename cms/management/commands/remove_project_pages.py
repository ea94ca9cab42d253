"""manage.py remove_project_pages: take the pages of these programs away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import PageLogEntry

from cms.models import CharityProjectPage


class Command(BaseCommand):
    help = "删除这些项目的公益页面。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programs", type=int, nargs="*", default=[], help="项目编号")

    @transaction.atomic
    def handle(self, *, programs: list[int], **options: Any) -> None:
        pages = CharityProjectPage.objects.filter(program__in=programs)
        numbers = list(pages.values_list("pk", flat=True))
        for page in pages:
            page.delete()
        PageLogEntry.objects.filter(page__in=numbers).delete()
