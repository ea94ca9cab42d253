"""Keeping, changing, moving and forgetting an identity."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.privacy.actions import come_of_age, forget_identity, keep_identity, look_up
from marketplace.privacy.enums import IdType, Whose
from marketplace.privacy.models import Identity
from marketplace.privacy.persons import adult_day
from marketplace.privacy.queries import known_names, masked_person
from marketplace.privacy.sealed import Person, open_sealed
from marketplace.workflow.refusals import Refused
from tests.factories import CITY, PANZHOU, a_bureau_clerk, a_county_clerk, a_user, an_area

from .people import a_person, an_identity, id_number

pytestmark = pytest.mark.django_db

TWICE = "这个证件号码现在不能登记。请照着证件再看一遍；号码没有写错的话，请拨打 12345，由工作人员核对。"


def person_in(identity: Identity) -> Person:
    identity.refresh_from_db()
    return open_sealed(identity.person_sealed, identity.pk)


def test_an_identity_is_sealed_hashed_and_told_of_without_the_person():
    clerk = a_bureau_clerk()
    identity = an_identity(a_person(phone="139 8580-1234"), actor=clerk)
    assert person_in(identity) == a_person(born_on=date(1990, 5, 17))
    assert (identity.adult_on, identity.is_minor) == (date(2008, 5, 17), False)
    event = Event.objects.get(verb="identity.kept")
    assert (event.actor_id, event.area_code, event.details) == (clerk.pk, identity.area.code, {"whose": "beneficiary"})


def test_changing_an_identity_replaces_what_was_kept():
    identity = an_identity()
    changed = keep_identity(
        a_person(name="彭阿英"), whose=Whose.BENEFICIARY, area=an_area(), actor=None, identity=identity
    )
    assert (changed.pk, person_in(identity).name, known_names("彭阿依和彭阿英")) == (identity.pk, "彭阿英", {"彭阿英"})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"id_number": id_number()[:-1] + "0"}, "证件号码有一位不对，请照着证件再看一遍。"),
        ({"id_number": ""}, "证件号码是 18 位，最后一位可以是 X，请照着证件再看一遍。"),
        ({"born_on": date(1990, 5, 18)}, "出生日期和证件号码里的不一致，请照着证件再看一遍。"),
        (
            {"id_type": IdType.NONE, "id_number": "", "born_on": date(2999, 1, 1)},
            "出生日期不能晚于今天。",
        ),
    ],
)
def test_what_can_not_be_is_not_kept(values, sentence):
    with pytest.raises(Refused) as refusal:
        an_identity(replace(a_person(), **values))
    assert (refusal.value.sentence, Identity.objects.count()) == (sentence, 0)


def test_a_number_that_is_kept_already_is_refused_without_saying_so():
    an_identity()
    with pytest.raises(Refused) as refusal:
        an_identity(a_person(name="别人"))
    assert (refusal.value.sentence, Identity.objects.count()) == (TWICE, 1)


def test_the_same_number_may_be_a_volunteers_and_a_guardians():
    an_identity(whose=Whose.VOLUNTEER)
    an_identity(whose=Whose.GUARDIAN)
    assert Identity.objects.count() == 2


def test_the_database_too_holds_a_number_once():
    first, second = an_identity(), an_identity(a_person(serial=9))
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.filter(pk=second.pk).update(id_number_hash=first.id_number_hash)


@pytest.mark.parametrize(
    ("born", "adult_on"),
    [
        (date(2008, 11, 24), date(2026, 11, 24)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2002, 2, 28), date(2020, 2, 28)),
    ],
)
def test_somebody_is_of_age_on_a_birthday_never_before_it(born, adult_on):
    assert adult_day(born) == adult_on


@pytest.mark.parametrize(
    ("whose", "told", "is_minor"),
    [
        (Whose.BENEFICIARY, None, True),
        (Whose.BENEFICIARY, False, False),
        (Whose.GUARDIAN, None, False),
        (Whose.VOLUNTEER, True, True),
    ],
)
def test_without_a_birth_date_a_beneficiary_counts_as_under_age_unless_told(whose, told, is_minor):
    nobody = Person(name="无名")
    assert an_identity(nobody, whose=whose, is_minor=told).is_minor == is_minor


def test_a_known_birth_date_is_stronger_than_what_is_told():
    assert an_identity(is_minor=True).is_minor is False


def test_the_clock_notes_who_came_of_age():
    with time_machine.travel("2026-11-23 12:00+08:00"):
        identity = an_identity(a_person(date(2008, 11, 24)))
        assert (identity.is_minor, come_of_age(timezone.localdate())) == (True, 0)
    assert come_of_age(date(2026, 11, 24)) == 1
    identity.refresh_from_db()
    assert (identity.is_minor, come_of_age(date(2026, 11, 25))) == (False, 0)
    assert Event.objects.filter(verb="identity.came_of_age").count() == 1


def test_a_forgotten_identity_holds_nothing_and_frees_its_number():
    user = a_user()
    identity = an_identity(whose=Whose.VOLUNTEER, user=user)
    forget_identity(identity, actor=user)
    assert person_in(identity) == Person(name="")
    assert (identity.name_hash, identity.id_number_hash, identity.phone_hash) == ("", "", "")
    assert (identity.user, identity.adult_on, known_names("彭阿依")) == (None, None, set())
    an_identity(whose=Whose.VOLUNTEER, user=user)


def test_forgetting_twice_is_told_once():
    identity = an_identity()
    forget_identity(identity, actor=None)
    forget_identity(identity, actor=None)
    assert Event.objects.filter(verb="identity.forgotten").count() == 1


def test_a_forgotten_identity_can_not_be_filled_again():
    identity = an_identity()
    forget_identity(identity, actor=None)
    with pytest.raises(Refused):
        keep_identity(a_person(), whose=Whose.BENEFICIARY, area=an_area(), actor=None, identity=identity)


@pytest.mark.parametrize(
    "value", ["彭阿依", " 彭 阿依 ", id_number(), id_number().lower(), "13985801234", "139 8580 1234"]
)
def test_staff_find_somebody_by_the_whole_value(value):
    identity = an_identity()
    assert look_up(value, actor=a_county_clerk()) == [identity]
    assert Event.objects.filter(verb="identity.found", subject_id=identity.pk).count() == 1


@pytest.mark.parametrize("value", ["彭阿", "彭", "520203", "1398580", "13985801235", "''", "%"])
def test_a_part_of_a_value_finds_nobody(value):
    an_identity()
    assert look_up(value, actor=a_bureau_clerk()) == []


def test_staff_of_another_county_find_nobody():
    an_identity()
    assert look_up("彭阿依", actor=a_county_clerk(PANZHOU)) == []
    assert look_up("彭阿依", actor=a_user()) == []
    assert len(look_up("彭阿依", actor=a_bureau_clerk(CITY))) == 1


def test_a_list_shows_masks():
    assert masked_person(an_identity()) == {
        "name": "彭**",
        "id_number": f"520203********{id_number()[-4:]}",
        "phone": "139****1234",
    }


def test_no_hash_is_the_plain_hash_of_the_number():
    """Eleven digits can be tried out in a minute: the hash needs the key."""
    import hashlib

    identity = an_identity()
    plain = [hashlib.sha256(text.encode()).hexdigest() for text in ("彭阿依", id_number(), "13985801234")]
    assert {identity.name_hash, identity.id_number_hash, identity.phone_hash}.isdisjoint(plain)
