"""Papers for skills, and a declaration that waits: what staff of the demo have to look at."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from marketplace.volunteers.actions import accept_evidence, declare_kinship, hand_in_evidence
from marketplace.volunteers.models import Skill

from .papers import demo_paper
from .people import Cast


def hand_in_papers(cast: Cast) -> None:
    """One paper waits at the township, one was accepted, one declaration is to be recorded."""
    first_aid, driving = (Skill.objects.get(code=code) for code in ("first_aid", "driving"))
    hand_in_evidence(cast.leader, actor=cast.leader.user, skill=first_aid, upload=demo_paper())
    shown = hand_in_evidence(cast.volunteer, actor=cast.volunteer.user, skill=driving, upload=demo_paper())
    accept_evidence(shown, actor=cast.bureau, valid_until=timezone.localdate() + timedelta(days=700))
    declare_kinship(cast.untouched[0], actor=cast.untouched[0].user, relatives=[("sibling", "demo@example.org")])
