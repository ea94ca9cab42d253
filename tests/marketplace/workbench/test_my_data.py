"""A person's rights over their own data: a copy, corrections, consents, and the way out."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.actions import close_account, create_account, set_phone
from marketplace.accounts.models import PhoneIdentity, RoleAssignment, User
from marketplace.documents.actions import keep_document
from marketplace.documents.models import Document
from marketplace.history.models import Event
from marketplace.messaging.actions import tell
from marketplace.messaging.models import Message
from marketplace.privacy.actions import keep_own_identity
from marketplace.privacy.enums import Purpose
from marketplace.privacy.models import Consent, Identity
from marketplace.privacy.queries import identity_of, own_person
from marketplace.signups.models import SignUp
from marketplace.volunteers.models import Clearance, SkillEvidence, Volunteer
from marketplace.workbench.actions import KEPT, held_about, make_copy
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PASSWORD,
    SHUICHENG,
    a_county_clerk,
    a_group,
    a_keeper,
    a_shift,
    a_signup,
    a_skill,
    a_user,
    a_volunteer,
    an_area,
    an_organization,
)
from tests.marketplace.documents.hostile import picture
from tests.marketplace.privacy.people import a_person, id_number

pytestmark = pytest.mark.django_db

# Tables that name a person as the one who did something for others: told by the history of those records.
DONE_FOR_OTHERS = {
    "need",
    "organization",
    "rating",
    "creditflag",
    "program",
    "document",
    "sheetimport",
    "mandatoryreport",
    "remark",
    "clearance",
    "skillevidence",
    "restriction",
    "kinshipdeclaration",
    "signup",
    "consent",
    "identityopening",
    "complaint",
    "roleassignment",
}
IN_WORDS_OF_THEIR_OWN = {"phoneidentity", "identity", "datarequest"}


def fill(user, **values) -> dict[str, str]:
    return {
        "name": "彭阿依",
        "id_type": "resident",
        "id_number": id_number(),
        "born_on": "",
        "phone": "139 8580 1234",
        "address": "",
        "agreed": "on",
    } | values


@pytest.fixture
def volunteer(client) -> Volunteer:
    one = a_volunteer(skills=("homework",), cleared=True)
    client.force_login(one.user)
    return one


# The own identity


def test_a_volunteer_tells_who_they_are_once_with_a_consent(client, volunteer):
    response = client.post(reverse("own_identity"), fill(volunteer.user))
    assert response["Location"] == reverse("my_data")
    assert own_person(volunteer.user) == a_person(born_on=date(1990, 5, 17), address="", notes="")
    assert Consent.objects.get().purpose == Purpose.IDENTITY


def test_without_the_separate_consent_nothing_is_kept(client, volunteer):
    response = client.post(reverse("own_identity"), fill(volunteer.user, agreed=""))
    assert list(response.context["form"].errors) == ["agreed"]
    assert Identity.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"id_number": id_number()[:-1] + "0"}, "id_number"),
        ({"born_on": "1990-05-18"}, "id_number"),
        ({"born_on": "May"}, "born_on"),
        ({"phone": "12345"}, "phone"),
        ({"id_type": "foreign_permit", "id_number": "ABC123456789012"}, "born_on"),
        ({"id_type": "passport"}, "id_type"),
        ({"id_number": id_number(timezone.localdate() - timedelta(days=13 * 365))}, "born_on"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client, volunteer, values, field):
    response = client.post(reverse("own_identity"), fill(volunteer.user, **values))
    assert (list(response.context["form"].errors), Identity.objects.count()) == ([field], 0)


def test_a_number_that_is_taken_is_refused_without_saying_so(client, volunteer):
    keep_own_identity(a_person(), user=a_user(), area=an_area())
    response = client.post(reverse("own_identity"), fill(volunteer.user))
    sentence = response.context["form"].errors["id_number"][0]
    assert sentence.startswith("这个证件号码现在不能登记。")
    assert "已" not in sentence


def test_the_form_comes_back_filled_and_corrects(client, volunteer):
    keep_own_identity(a_person(), user=volunteer.user, area=an_area())
    page = client.get(reverse("own_identity")).content.decode()
    assert ("彭阿依" in page, 'name="agreed"' in page) == (True, False)
    client.post(reverse("own_identity"), fill(volunteer.user, name="彭阿英"))
    assert (own_person(volunteer.user).name, Identity.objects.count()) == ("彭阿英", 1)


def test_whoever_is_no_volunteer_first_becomes_one(client):
    client.force_login(a_user())
    assert client.get(reverse("own_identity"))["Location"] == reverse("profile")


@pytest.mark.parametrize(("years", "age_group"), [(17, "youth"), (19, "adult")])
def test_the_birth_date_decides_the_age_group(client, years, age_group):
    one = a_volunteer(age_group="adult" if years < 18 else "youth")
    client.force_login(one.user)
    born = timezone.localdate() - timedelta(days=years * 366)
    client.post(reverse("own_identity"), fill(one.user, id_number=id_number(born)))
    one.refresh_from_db()
    assert one.age_group == age_group


# The page


def test_the_page_shows_masks_and_every_right(client, volunteer):
    keep_own_identity(a_person(), user=volunteer.user, area=an_area())
    page = client.get(reverse("my_data")).content.decode()
    assert {text for text in ("彭阿依", id_number(), "13985801234") if text in page} == set()
    for name in ("my_data_copy", "own_identity", "ask_correction", "close_account"):
        assert reverse(name) in page
    assert reverse("withdraw_consent", args=[Consent.objects.get().pk]) in page


def test_the_page_opens_for_everybody_with_an_account(client):
    for user in (a_user(), a_county_clerk(), a_keeper()):
        client.force_login(user)
        assert client.get(reverse("my_data")).status_code == 200


def test_taking_back_a_consent_does_what_it_said(client, volunteer):
    keep_own_identity(a_person(), user=volunteer.user, area=an_area())
    client.post(reverse("withdraw_consent", args=[Consent.objects.get().pk]))
    assert identity_of(volunteer.user) is None
    assert "已撤回" in client.get(reverse("my_data")).content.decode()


def test_a_strangers_consent_is_not_there(client, volunteer):
    keep_own_identity(a_person(), user=a_user(), area=an_area())
    assert client.post(reverse("withdraw_consent", args=[Consent.objects.get().pk])).status_code == 404


def test_an_agreement_given_at_the_door_is_kept():
    user = create_account(display_name="小吴", email="a@example.com", agreed=True)
    assert [(one.purpose, one.subject) for one in Consent.objects.all()] == [(Purpose.ACCOUNT, user)]
    create_account(display_name="小李", email="b@example.com")
    assert Consent.objects.count() == 1


# The copy


def copy_of(response) -> dict:
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert package.namelist() == ["data.json", "README.txt"]
        return json.loads(package.read("data.json"))


def test_the_copy_holds_everything_in_plain_for_its_person(client, volunteer):
    keep_own_identity(a_person(), user=volunteer.user, area=an_area())
    set_phone(volunteer.user, "13800138000")
    tell(volunteer.user, "您好", body="欢迎")
    a_signup(volunteer=volunteer)
    response = client.post(reverse("my_data_copy"))
    data = copy_of(response)
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/zip",
        'attachment; filename="duijie-my-data.zip"',
    )
    assert (data["account"]["phone"], data["identity"]["name"]) == ("13800138000", "彭阿依")
    assert [len(data[name]) for name in ("volunteer", "signup", "message", "consent")] == [1, 1, 1, 1]
    assert {row["result"] for row in data["clearance"]} == {"clear"}


def test_the_copy_holds_nothing_of_anybody_else(client, volunteer):
    other = a_volunteer("别人")
    keep_own_identity(a_person(name="岑小波"), user=other.user, area=an_area())
    tell(other.user, "别人的消息")
    text = json.dumps(held_about(volunteer.user), default=str, ensure_ascii=False)
    assert {word for word in ("岑小波", "别人", other.user.email) if word in text} == set()


def test_the_copy_is_an_event_without_content(volunteer):
    make_copy(volunteer.user)
    assert Event.objects.get(verb="user.copied").details == {}


def test_every_table_that_names_a_person_is_in_the_copy():
    """A table added later fails here until it is copied, or said to tell of others."""
    people = {User, Volunteer}
    naming = {
        str(model._meta.model_name)
        for model in apps.get_app_config("marketplace").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False) and field.related_model in people and not model._meta.auto_created
    }
    copied = {str(kept.model._meta.model_name) for kept in KEPT}
    assert naming - copied - IN_WORDS_OF_THEIR_OWN - DONE_FOR_OTHERS == {"volunteergroup"}


def test_the_sixth_copy_of_a_day_waits(client, volunteer, settings):
    settings.EXPORTS_PER_PERSON = 5
    answers = [client.post(reverse("my_data_copy")).status_code for _turn in range(5)]
    refused = client.post(reverse("my_data_copy"))
    assert (answers, refused.status_code, int(refused["Retry-After"]) > 0) == ([200] * 5, 429, True)


def test_the_copy_is_never_an_address(client, volunteer):
    assert client.get(reverse("my_data_copy")).status_code in (403, 405)


# The way out


def leave(client, password: str = PASSWORD):
    return client.post(reverse("close_account"), {"password": password})


def test_the_page_says_what_goes_and_what_stays(client, volunteer):
    page = client.get(reverse("close_account")).content.decode()
    assert ("马上删除" in page, "留下什么，为什么" in page) == (True, True)


def test_leaving_takes_the_password(client, volunteer):
    assert leave(client, "wrong").context["form"].errors["password"] == ["密码不对。"]
    assert User.objects.get(pk=volunteer.user_id).is_active


def test_leaving_takes_everything_that_identifies(client, volunteer, django_capture_on_commit_callbacks):
    user = volunteer.user
    keep_own_identity(a_person(), user=user, area=an_area())
    set_phone(user, "13800138000")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    tell(user, "您好")
    paper = keep_document(SimpleUploadedFile("a", picture()), title="教师资格证", actor=user)
    SkillEvidence.objects.create(volunteer=volunteer, skill=a_skill(), document=paper)
    coming, past = a_signup(volunteer=volunteer), a_signup(volunteer=volunteer, status="attended")
    with django_capture_on_commit_callbacks(execute=True):
        assert leave(client).status_code == 200
    user = User.objects.get(pk=user.pk)
    assert (user.display_name, user.email, user.is_active, user.has_usable_password()) == ("已注销", None, False, False)
    for model in (PhoneIdentity, EmailAddress, Message, Document, SkillEvidence):
        assert not model.objects.exists()
    assert not RoleAssignment.objects.in_force(timezone.localdate()).filter(user=user).exists()
    assert identity_of(user) is None
    assert {one.pk: one.status for one in SignUp.objects.all()} == {coming.pk: "withdrawn", past.pk: "attended"}
    assert Clearance.objects.filter(volunteer=volunteer).exists()
    assert Event.objects.filter(actor_id=user.pk).exists()


def test_whoever_left_is_signed_out_and_stays_out(client, volunteer):
    email = volunteer.user.email
    leave(client)
    assert client.get(reverse("desk")).status_code == 302
    assert not Client().login(email=email, password=PASSWORD)


def test_other_devices_are_signed_out_too(client, volunteer):
    phone = Client()
    phone.force_login(volunteer.user)
    assert phone.get(reverse("desk")).status_code == 200
    leave(client)
    assert phone.get(reverse("desk")).status_code == 302


def test_the_place_goes_to_the_next(client, volunteer):
    shift = a_shift(places=1)
    a_signup(shift=shift, volunteer=volunteer)
    waiting = a_signup(shift=shift, volunteer=a_volunteer("候补"), status="waitlisted")
    leave(client)
    waiting = SignUp.objects.get(pk=waiting.pk)
    assert waiting.status == "confirmed"


def test_a_number_can_be_told_again_after_leaving(client, volunteer):
    keep_own_identity(a_person(), user=volunteer.user, area=an_area())
    leave(client)
    keep_own_identity(a_person(), user=a_user(), area=an_area())


def test_whoever_leads_a_team_hands_it_over_first(client, volunteer):
    group = a_group(leader=volunteer)
    response = leave(client)
    volunteer.user.refresh_from_db()
    assert (response.status_code >= 300, volunteer.user.is_active, group.name != "") == (True, True, True)
    with pytest.raises(Refused) as refusal:
        close_account(volunteer.user, actor=volunteer.user)
    assert refusal.value.sentence == f"您还是「{group}」的负责人，请先把团队交给别人，再注销。"


def test_whoever_stands_for_others_is_let_go_by_them_first():
    member = a_user()
    an_organization(member=member, area=SHUICHENG)
    for user in (member, a_county_clerk(), a_keeper()):
        with pytest.raises(Refused):
            close_account(user, actor=user)
        assert User.objects.get(pk=user.pk).is_active


def test_nobody_closes_somebody_elses_account():
    with pytest.raises(Refused) as refusal:
        close_account(a_user(), actor=a_county_clerk())
    assert refusal.value.sentence == "账号由本人注销。"


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_costs_the_same_for_one_and_for_many(client, volunteer, rows, django_assert_max_num_queries):
    for _turn in range(rows):
        Consent.objects.create(subject=volunteer.user, purpose="minor_service", version="1", given_at=timezone.now())
    with django_assert_max_num_queries(18):
        client.get(reverse("my_data"))
