"""manage.py import_sites: take in a sheet of service sites, or take one back."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_email
from marketplace.documents.models import SheetImport
from marketplace.documents.sheets import corrected_file, read_rows
from marketplace.history.actions import together
from marketplace.sites.actions.imports import take_in, undo_import
from marketplace.sites.queries import IMPORT_KIND
from marketplace.sites.sheet import Plan, read_plan
from marketplace.workflow.refusals import Refused


class Command(BaseCommand):
    help = "导入服务地点（.csv 或 .xlsx）。同一张表可以再导入一次；--undo 撤销一次导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="表格")
        parser.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
        parser.add_argument("--actor", default="", help="以谁的名义导入（邮箱）；不写就是系统")
        parser.add_argument("--undo", type=int, metavar="N", help="撤销第 N 次导入")

    def handle(self, *, file: Path | None, dry_run: bool, actor: str, undo: int | None, **options: Any) -> None:
        with translation.override("zh-hans"):
            try:
                person = self._person(actor)
                if undo is not None:
                    self._undo(undo, person)
                elif file is not None:
                    self._import(file, person, dry_run)
                else:
                    raise CommandError("请写明表格，或用 --undo 写明要撤销的导入。")
            except Refused as refusal:
                raise CommandError(refusal.sentence) from None

    def _person(self, email: str) -> User | None:
        person = user_by_email(email) if email else None
        if email and person is None:
            raise CommandError(f"没有账号 {email}。")
        return person

    def _import(self, file: Path, person: User | None, dry_run: bool) -> None:
        if not file.is_file():
            raise CommandError(f"找不到文件 {file}。")
        rows = read_rows(file)
        plan = read_plan(rows, person)
        self._tell(plan)
        if plan.wrong:
            corrected = file.with_name(f"{file.stem}-需要修改.xlsx")
            corrected.write_bytes(corrected_file(rows, plan.errors))
            self.stdout.write(f"标好的表格：{corrected}")
        if dry_run or not (plan.new or plan.changed):
            return
        with together():
            done = take_in(plan, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), actor=person)
        self.stdout.write(f"已导入，编号 {done.pk}。撤销：manage.py import_sites --undo {done.pk}")

    def _tell(self, plan: Plan) -> None:
        for row in plan.wrong:
            self.stdout.write(f"第 {row.line} 行 {row.name}：{row.error}")
        for row in plan.changed:
            for change in row.changes:
                self.stdout.write(
                    f"第 {row.line} 行 {row.name}：{change['label']} {change['before'] or '（空）'} → {change['after']}"
                )
        for row in plan.rows:
            if row.warning:
                self.stdout.write(f"第 {row.line} 行 {row.name}：{row.warning}")
        self.stdout.write(
            f"新登记 {len(plan.new)}，更新 {len(plan.changed)}，没有变化 {plan.unchanged_count}，需要修改 {len(plan.wrong)}。"
        )

    def _undo(self, number: int, person: User | None) -> None:
        sheet_import = SheetImport.objects.filter(kind=IMPORT_KIND, pk=number).first()
        if sheet_import is None:
            raise CommandError(f"没有第 {number} 次地点导入。")
        with transaction.atomic():
            undone = undo_import(sheet_import, actor=person)
        self.stdout.write(f"已撤销：删除 {undone.removed}，恢复 {undone.restored}。")
        if undone.kept:
            self.stdout.write(f"后来有改动，没有撤销：{'、'.join(undone.kept)}。")
