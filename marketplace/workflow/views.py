"""What the pages of all records with steps share."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest

from .forms import words_for
from .steps import Step


def take_posted_step(request: HttpRequest, record: models.Model, slug: str, steps: Mapping[str, Step]) -> None:
    """The step of this name, with the words the person wrote, and the sentence that it was done.

    Raises Http404 where the table has no such step, Refused where it may not be taken.
    """
    if (chosen := steps.get(slug)) is None:
        raise Http404
    chosen.take(record, actor=request.user, words=words_for(chosen, request.POST))
    messages.success(request, chosen.done)
