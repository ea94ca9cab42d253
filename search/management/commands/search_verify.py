"""Compare the index with the database, both ways."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.verify import differences


class Command(BaseCommand):
    help = "核对检索索引与数据库，有出入时列出来并以非零退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        if not found:
            self.stdout.write("索引与数据库一致。")
            return
        for name, keys in vars(found).items():
            for key in keys:
                self.stdout.write(f"{name}: {key}")
        raise CommandError("索引与数据库有出入，请运行 manage.py search_rebuild。")
