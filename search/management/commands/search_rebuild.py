"""Write the whole index anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.entries import rebuild


class Command(BaseCommand):
    help = "把检索索引按数据库重新写一遍；页面照常可用，写完一次生效。"

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit="", desc="search_rebuild", disable=options["verbosity"] == 0) as bar:
            parents, slots = rebuild(progress=bar.update)
        self.stdout.write(f"{parents} 个项目和需求，{slots} 个场次。")
