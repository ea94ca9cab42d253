"""Making a program's page, and taking it down with the program."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape, linebreaks

from marketplace.programs.models import Program

from .models import CharityProjectPage, ProjectIndexPage


@transaction.atomic
def open_project_page(program: Program) -> CharityProjectPage | None:
    """A live page with the words that were approved; one already there is shown as its editors left it."""
    if page := CharityProjectPage.objects.filter(program=program).first():
        page.live = True
        page.save()
        return page
    index = ProjectIndexPage.objects.first()
    if index is None:
        return None
    now = timezone.now()
    page = CharityProjectPage(
        program=program,
        title=program.title,
        slug=f"program-{program.pk}",
        intro=program.summary.split("\n")[0][:200],
        body=[("story", linebreaks(escape(program.summary))), ("live_shifts", {"heading": "现在就能帮"})],
        first_published_at=now,
        last_published_at=now,
        show_in_menus=False,
    )
    return index.add_child(instance=page)


def close_project_page(program: Program) -> None:
    """The program won't run: its page is no longer shown, and stays with its editors."""
    CharityProjectPage.objects.filter(program=program).update(live=False, has_unpublished_changes=True)
