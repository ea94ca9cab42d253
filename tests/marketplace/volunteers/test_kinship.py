"""Relatives: declared without telling who is known here, counting once staff recorded them."""

from contextlib import suppress

import pytest
from django.urls import reverse

from marketplace.accounts.actions import create_account
from marketplace.matching.queries import people_facts
from marketplace.volunteers.actions import declare_kinship, find_new_relatives, record_kinship
from marketplace.volunteers.models import Kinship, KinshipDeclaration
from marketplace.workflow.refusals import Refused
from tests.factories import ZHONGSHAN, a_bureau_clerk, a_county_clerk, a_township_clerk, a_user, a_volunteer

pytestmark = pytest.mark.django_db

NUMBER = "13800138000"


def rows(*relatives: tuple[str, str], **more: str) -> dict[str, str]:
    """The form as a browser sends it."""
    sent = {"relatives-TOTAL_FORMS": "4", "relatives-INITIAL_FORMS": "0", **more}
    for number, (relation, contact) in enumerate(relatives):
        sent |= {f"relatives-{number}-relation": relation, f"relatives-{number}-contact": contact}
    return sent


def declared(*relatives: tuple[str, str]) -> KinshipDeclaration:
    volunteer = a_volunteer()
    return declare_kinship(volunteer, actor=volunteer.user, relatives=relatives)


@pytest.mark.parametrize("contact", ["Sister@Example.org ", "sister@example.org", "138 0013 8000", "+8613800138000"])
def test_recording_finds_the_account_behind_a_contact_however_it_is_written(contact):
    sister = a_volunteer(user=create_account(display_name="姐姐", email="sister@example.org", phone=NUMBER))
    declaration = declared(("sibling", contact))
    assert Kinship.objects.get().other is None

    record_kinship(declaration, actor=a_township_clerk())

    assert Kinship.objects.get().other == sister


def test_of_a_contact_only_the_hash_is_kept():
    declared(("sibling", NUMBER))

    assert NUMBER not in str(Kinship.objects.values().get())


def test_who_becomes_a_volunteer_later_is_found_later():
    record_kinship(declared(("spouse", "later@example.org")), actor=a_township_clerk())
    assert find_new_relatives() == 0

    later = a_volunteer(user=a_user("后来", email="later@example.org"))

    assert find_new_relatives() == 1
    assert Kinship.objects.get().other == later


def test_what_nobody_recorded_is_not_looked_up():
    a_volunteer(user=a_user("丈夫", email="man@example.org"))
    declared(("spouse", "man@example.org"))

    assert find_new_relatives() == 0


def test_a_new_declaration_waits_again():
    declaration = record_kinship(declared(), actor=a_township_clerk())
    volunteer = declaration.volunteer
    assert people_facts([volunteer])[volunteer.pk].has_declared_kin

    declare_kinship(volunteer, actor=volunteer.user)

    assert not people_facts([volunteer])[volunteer.pk].has_declared_kin


@pytest.mark.parametrize(
    ("who", "allowed"),
    [(a_township_clerk, True), (a_bureau_clerk, True), (lambda: a_county_clerk(ZHONGSHAN), False), (a_user, False)],
)
def test_staff_of_the_area_record(who, allowed):
    declaration = declared()
    with suppress(Refused):
        record_kinship(declaration, actor=who())
    declaration.refresh_from_db()
    assert (declaration.recorded_on is not None) == allowed


def test_nobody_records_their_own():
    clerk = a_township_clerk()
    own = declare_kinship(a_volunteer(user=clerk), actor=clerk)

    with pytest.raises(Refused, match="请同事办理"):
        record_kinship(own, actor=clerk)


def test_the_page_answers_the_same_for_known_and_unknown_contacts(client):
    a_volunteer(user=a_user("丈夫", email="man@example.org"))
    client.force_login(a_volunteer().user)
    pages = [
        client.post(reverse("kinship"), rows(("spouse", contact)), follow=True).content.decode()
        for contact in ("man@example.org", "nobody@example.org")
    ]

    assert [page.count("已收到，由工作人员登记。") for page in pages] == [1, 1]
    assert "丈夫" not in "".join(pages)


@pytest.mark.parametrize(
    "sent",
    [rows(), rows(("spouse", "")), rows(("", "a@example.org")), rows(("spouse", "a@example.org"), has_none="on")],
)
def test_the_page_wants_one_or_the_other(client, sent):
    client.force_login(a_volunteer().user)

    assert client.post(reverse("kinship"), sent).status_code == 200
    assert not KinshipDeclaration.objects.exists()


def test_the_page_takes_that_there_are_none(client):
    client.force_login(a_volunteer().user)

    assert client.post(reverse("kinship"), rows(has_none="on")).status_code == 302
    assert KinshipDeclaration.objects.get().kinships.count() == 0


def test_staff_record_on_the_page(client):
    declaration = declared(("spouse", "a@example.org"))
    client.force_login(a_township_clerk())

    assert "声明了 1 位亲属：夫妻" in client.get(reverse("declarations")).content.decode()
    client.post(reverse("declaration_record", args=[declaration.pk]))

    declaration.refresh_from_db()
    assert declaration.recorded_on is not None


def test_staff_elsewhere_find_nothing(client):
    client.force_login(a_county_clerk(ZHONGSHAN))

    assert client.post(reverse("declaration_record", args=[declared().pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        declared(("spouse", "a@example.org"))
    client.force_login(a_township_clerk())

    with django_assert_num_queries(6):
        client.get(reverse("declarations"))
