"""A paper for a skill: handed in by the person, decided by staff of the area, read by those two alone."""

from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.volunteers.actions import accept_evidence, hand_in_evidence, refuse_evidence, take_evidence_back
from marketplace.volunteers.models import SkillEvidence
from marketplace.volunteers.queries import evidence_to_check
from marketplace.workflow.refusals import Refused
from tests.factories import (
    ZHONGSHAN,
    a_bureau_clerk,
    a_county_clerk,
    a_skill,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
STEPS = {
    "accepted": lambda paper, actor: accept_evidence(paper, actor=actor),
    "refused": lambda paper, actor: refuse_evidence(paper, actor=actor, remark="看不清"),
}
ALLOWED = {("submitted", "accepted"), ("submitted", "refused"), ("accepted", "refused")}
ROLES = {
    "township": a_township_clerk,
    "county": a_county_clerk,
    "bureau": a_bureau_clerk,
    "village": a_village_worker,
    "elsewhere": lambda: a_county_clerk(ZHONGSHAN),
    "nobody": a_user,
}


def a_picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (20, 20), "white").save(content, "PNG")
    return SimpleUploadedFile("card.png", content.getvalue(), content_type="image/png")


@pytest.fixture
def paper() -> SkillEvidence:
    volunteer = a_volunteer()
    return hand_in_evidence(volunteer, actor=volunteer.user, skill=a_skill("first_aid"), upload=a_picture())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", ["submitted", "accepted", "refused"])
def test_every_status_and_step_and_role(paper, status, step, role):
    SkillEvidence.objects.filter(pk=paper.pk).update(status=status)
    may = (status, step) in ALLOWED and role in ("township", "county", "bureau")
    with suppress(Refused):
        STEPS[step](paper, ROLES[role]())

    assert SkillEvidence.objects.get(pk=paper.pk).status == (step if may else status)


def test_nobody_decides_on_their_own_paper():
    clerk = a_county_clerk()
    own = hand_in_evidence(a_volunteer(user=clerk), actor=clerk, skill=a_skill("driving"), upload=a_picture())

    with pytest.raises(Refused, match="请同事办理"):
        accept_evidence(own, actor=clerk)
    assert list(evidence_to_check(clerk)) == []


def test_a_paper_that_is_over_is_not_accepted(paper):
    with pytest.raises(Refused, match="已经过期"):
        accept_evidence(paper, actor=a_county_clerk(), valid_until=TODAY - timedelta(days=1))
    assert accept_evidence(paper, actor=a_county_clerk(), valid_until=TODAY).valid_until == TODAY


def test_a_refusal_without_words_is_none(paper):
    with pytest.raises(Refused, match="请写明原因"):
        refuse_evidence(paper, actor=a_county_clerk(), remark=" ")


def test_the_person_is_told_how_it_ended(paper):
    refuse_evidence(paper, actor=a_county_clerk(), remark="照片看不清，请重新拍")

    told = Message.objects.get(recipient=paper.volunteer.user)
    assert (told.subject, told.body) == ("急救的证明：未通过核对", "照片看不清，请重新拍")


def test_only_the_person_hands_in_and_takes_back(paper):
    with pytest.raises(Refused, match="自己的资料"):
        hand_in_evidence(paper.volunteer, actor=a_user(), skill=a_skill("driving"), upload=a_picture())
    with pytest.raises(Refused, match="自己的资料"):
        take_evidence_back(paper, actor=a_county_clerk())

    take_evidence_back(paper, actor=paper.volunteer.user)
    assert not SkillEvidence.objects.exists()


def test_own_page_takes_a_paper_and_shows_it(client):
    volunteer = a_volunteer()
    client.force_login(volunteer.user)

    sent = {"skill": a_skill("first_aid").pk, "upload": a_picture()}
    page = client.post(reverse("skill_papers"), sent, follow=True)

    assert "待核对" in page.content.decode()
    assert SkillEvidence.objects.get().volunteer == volunteer


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"MZ\x90\x00"])
def test_own_page_refuses_what_is_no_paper(client, content):
    client.force_login(a_volunteer().user)

    sent = {"skill": a_skill("first_aid").pk, "upload": SimpleUploadedFile("a.png", content, "image/png")}
    page = client.post(reverse("skill_papers"), sent)

    assert page.status_code == 200
    assert not SkillEvidence.objects.exists()


def test_a_skill_that_takes_no_paper_is_not_offered(client):
    client.force_login(a_volunteer().user)

    client.post(reverse("skill_papers"), {"skill": a_skill("homework").pk, "upload": a_picture()})

    assert not SkillEvidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("own", 200), ("township", 200), ("elsewhere", 404), ("volunteer", 404), ("village", 403)],
)
def test_the_paper_is_read_by_its_owner_and_staff_of_the_area(client, paper, who, status):
    readers = {**ROLES, "own": lambda: paper.volunteer.user, "volunteer": lambda: a_volunteer().user}
    client.force_login(readers[who]())

    answer = client.get(reverse("skill_paper", args=[paper.pk]))
    if answer.streaming:
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")

    assert answer.status_code == status
    assert Event.objects.filter(verb="document.read").count() == (status == 200)


def test_staff_accept_on_the_page(client, paper):
    client.force_login(a_township_clerk())

    client.post(reverse("paper_check", args=[paper.pk]), {"answer": "accept", "valid_until": "2030-01-01"})

    kept = SkillEvidence.objects.get(pk=paper.pk)
    assert (kept.status, str(kept.valid_until)) == ("accepted", "2030-01-01")


def test_staff_elsewhere_find_nothing(client, paper):
    client.force_login(a_county_clerk(ZHONGSHAN))

    assert client.get(reverse("paper_check", args=[paper.pk])).status_code == 404
    assert "急救" not in client.get(reverse("papers_to_check")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_takes_the_same_queries_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        volunteer = a_volunteer()
        SkillEvidence.objects.create(volunteer=volunteer, skill=a_skill("first_aid"))
    client.force_login(a_township_clerk())

    with django_assert_num_queries(5):
        client.get(reverse("papers_to_check"))
