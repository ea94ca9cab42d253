"""The timeline: who, when, what, in which words."""

import pytest

from marketplace.history.actions import record
from marketplace.sites.actions import close_site, reopen_site
from marketplace.workflow.actions import take_step
from marketplace.workflow.queries import TimelineEntry, last_remark, story, timeline
from tests.factories import a_bureau_clerk, a_site

pytestmark = pytest.mark.django_db


def told(entries: list[TimelineEntry]) -> list[tuple]:
    return [(entry.verb, entry.actor, entry.role, entry.remark) for entry in entries]


def test_timeline_tells_steps_with_people_and_words():
    site, clerk = a_site(), a_bureau_clerk()
    close_site(site, actor=clerk, remark="屋顶漏水")
    take_step(site, "reopened", actor=None)

    assert told(timeline(site)) == [
        ("servicesite.closed", clerk, "bureau", "屋顶漏水"),
        ("servicesite.reopened", None, "", ""),
    ]


def test_timeline_keeps_to_its_record():
    site, other = a_site(), a_site()
    close_site(other, actor=a_bureau_clerk(), remark="别处的事")

    assert timeline(site) == []
    assert last_remark(site) == ""


@pytest.mark.parametrize("rounds", [1, 3])
def test_timeline_takes_three_queries_however_long(django_assert_num_queries, rounds):
    site = a_site()
    for _ in range(rounds):
        close_site(site, actor=a_bureau_clerk(), remark="修缮")
        reopen_site(site, actor=a_bureau_clerk(), remark="修好了")

    with django_assert_num_queries(3):
        assert len(timeline(site)) == 2 * rounds


def test_last_remark_is_the_newest():
    site, clerk = a_site(), a_bureau_clerk()
    close_site(site, actor=clerk, remark="屋顶漏水")
    reopen_site(site, actor=clerk, remark="修好了")
    take_step(site, "closed", actor=None)

    assert last_remark(site) == "修好了"


def test_story_is_told_newest_first_in_the_given_words():
    site, clerk = a_site(), a_bureau_clerk()
    close_site(site, actor=clerk, remark="屋顶漏水")
    take_step(site, "reopened", actor=None)
    record("site.pinned", site, actor=clerk)

    told = story(site, {"servicesite.closed": "关闭", "servicesite.reopened": "重新开放"})

    assert [(entry["what"], entry["who"], entry["why"]) for entry in told] == [
        ("重新开放", "系统", ""),
        ("关闭", clerk, "屋顶漏水"),
    ]
