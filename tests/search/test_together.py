"""Actions recorded together write the index once, at their end, and it equals what the database says."""

from __future__ import annotations

import pytest

from marketplace.history.actions import together
from marketplace.needs import actions as needs
from marketplace.signups.actions import sign_up
from search import receivers
from search.models import SearchSlot
from search.verify import Differences, differences
from tests.factories import a_bureau_clerk, a_keeper, a_need, a_site, a_volunteer

pytestmark = pytest.mark.django_db


def test_entries_are_written_once_for_what_happened_together(monkeypatch):
    written = []
    write = receivers.write_entries
    monkeypatch.setattr(receivers, "write_entries", lambda keys: (written.append(set(keys)), write(keys)))
    site, bureau = a_site(), a_bureau_clerk()
    need = a_need(status="submitted", site=site, windows=3, raised_by=a_keeper(site), risk_disclosure="山路较多。")
    with together():
        needs.verify_need(need, actor=bureau)
        needs.publish_need(need, actor=bureau)
        assert not SearchSlot.objects.exists()

    assert written == [{2 * need.pk}]
    assert SearchSlot.objects.count() == 3
    assert differences() == Differences()


def test_a_signup_among_them_is_counted():
    site, bureau, volunteer = a_site(), a_bureau_clerk(), a_volunteer()
    need = a_need(status="submitted", site=site, raised_by=a_keeper(site), risk_disclosure="山路较多。")
    with together():
        needs.verify_need(need, actor=bureau)
        needs.publish_need(need, actor=bureau)
        shift = need.shifts.get()
        sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)

    assert SearchSlot.objects.get().places_left == shift.places - 1
    assert differences() == Differences()
