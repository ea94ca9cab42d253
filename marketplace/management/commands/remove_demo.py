"""manage.py remove_demo: everything that is 演示数据 goes; reference data and real rows stay as they are."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from marketplace.accounts.demo import DEMO_DOMAIN
from marketplace.accounts.models import User
from marketplace.documents.models import Document, SheetImportRow
from marketplace.management.removal import Removal
from marketplace.needs.models import Need, NeedPrivate
from marketplace.organizations.models import Organization
from marketplace.privacy.models import Consent, Identity
from marketplace.programs.models import Program
from marketplace.safeguarding.models import Complaint, MandatoryReport
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import GuardianInvitation, Volunteer, VolunteerGroup
from marketplace.workflow.models import Remark

MARKED = (ServiceSite, Organization, Need, Program, Volunteer, VolunteerGroup, SignUp, Identity)
# Tables that name their subject without a foreign key.
ABOUT = (Remark, Complaint)


class Command(BaseCommand):
    help = "删除全部演示数据（标有 is_demo 的记录、演示账号和依附于它们的一切）；真实数据和参考数据不动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只看会删除什么")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        with transaction.atomic():
            removal = collected()
            if not dry_run:
                carry_out(removal)
        counts = removal.counts()
        for name, count in sorted(counts.items()):
            self.stdout.write(f"{name} {count}")
        said = "会删除" if dry_run else "已删除"
        self.stdout.write(f"{said} {sum(counts.values())} 行演示数据。历史记录不含个人信息，按规定保留。")


def collected() -> Removal:
    """All that is marked, the accounts of the demo, and what rests on either."""
    removal = Removal()
    for model in MARKED:
        removal.add(model._default_manager.filter(is_demo=True))
    volunteers = removal.going[Volunteer]
    removal.add(User.objects.filter(email__endswith=DEMO_DOMAIN))
    removal.add(User.objects.filter(volunteer__in=volunteers))
    # A report is never deleted; one about a place that never was is none.
    removal.add(MandatoryReport.objects.filter(site__in=removal.going[ServiceSite]))
    _add_shifts_without_a_parent(removal)
    _add_identities(removal)
    removal.add(Document.objects.filter(uploaded_by__in=removal.going[User]))
    _add_what_is_about_them(removal)
    return removal


def _add_shifts_without_a_parent(removal: Removal) -> None:
    """A shift stays while its need or its program does."""
    needs, programs = removal.going[Need], removal.going[Program]
    left = Shift.objects.exclude(need=None).exclude(need__in=needs) | Shift.objects.exclude(program=None).exclude(
        program__in=programs
    )
    removal.add(Shift.objects.exclude(pk__in=left.values("pk")))


def _add_identities(removal: Removal) -> None:
    meant = NeedPrivate.objects.filter(pk__in=removal.going[NeedPrivate]).values("identity")
    guardians = GuardianInvitation.objects.filter(pk__in=removal.going[GuardianInvitation]).values("guardian")
    agreed = Consent.objects.filter(pk__in=removal.going[Consent]).values("guardian")
    removal.add(Identity.objects.filter(pk__in=meant))
    removal.add(Identity.objects.filter(pk__in=agreed))
    removal.add(Identity.objects.filter(pk__in=guardians))
    removal.add(Identity.objects.filter(user__in=removal.going[User]))


def _add_what_is_about_them(removal: Removal) -> None:
    for model, keys in list(removal.going.items()):
        for about in ABOUT:
            removal.add(about._default_manager.filter(subject_type=model._meta.model_name, subject_id__in=keys))
    for kind, subject in (("sites", ServiceSite), ("needs", Need)):
        removal.add(SheetImportRow.objects.filter(sheet_import__kind=kind, subject_id__in=removal.going[subject]))


def carry_out(removal: Removal) -> None:
    """Pages first, because they stand in a tree of their own; then the rows, the counts and the index."""
    call_command("remove_project_pages", programs=sorted(removal.going[Program]), verbosity=0)
    touched = SignUp.objects.filter(pk__in=removal.going[SignUp]).exclude(shift__in=removal.going[Shift])
    shifts = set(touched.values_list("shift", flat=True))
    files = [document.file for document in Document.objects.filter(pk__in=removal.going[Document])]
    removal.carry_out()
    for shift in Shift.objects.filter(pk__in=shifts):
        Shift.objects.filter(pk=shift.pk).update(places_taken=shift.signups.holding().count())
    call_command("search_rebuild", verbosity=0)
    transaction.on_commit(lambda: _delete(files))


def _delete(files: list[Any]) -> None:
    for file in files:
        file.storage.delete(file.name)
