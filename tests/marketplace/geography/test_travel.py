import pytest

from marketplace.geography.travel import say_minutes, straight_line_minutes, travel_minutes

KNOWN = {("520201", "520204"): 35}


@pytest.mark.parametrize(
    ("km", "minutes"),
    [(0, 1), (0.1, 1), (0.42, 2), (5, 12), (5.01, 13), (6.2, 15), (6.25, 15), (10, 24), (20.0, 48), (45.8, 110)],
)
def test_straight_line_minutes_are_rounded_up(km, minutes):
    assert straight_line_minutes(km) == minutes


def test_straight_line_minutes_ignore_the_dust_of_floating_point():
    exact = [straight_line_minutes(tenth / 2) for tenth in range(10, 400, 10)]
    assert exact == [tenth * 12 // 10 for tenth in range(10, 400, 10)]


def test_travel_minutes_are_estimated_where_nothing_is_known():
    assert travel_minutes(10, ("520203", "520281"), KNOWN) == 24


def test_travel_minutes_known_ones_replace_the_estimate():
    assert travel_minutes(10, ("520201", "520204"), KNOWN) == 35


def test_travel_minutes_known_ones_count_on_the_way_back():
    assert travel_minutes(10, ("520204", "520201"), KNOWN) == 35


def test_travel_minutes_the_way_there_wins_over_the_way_back():
    both = {("a", "b"): 20, ("b", "a"): 30}
    assert (travel_minutes(1, ("a", "b"), both), travel_minutes(1, ("b", "a"), both)) == (20, 30)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "约 1 分钟"),
        (15, "约 15 分钟"),
        (59, "约 59 分钟"),
        (60, "约 1 小时"),
        (65, "约 1 小时 5 分钟"),
        (110, "约 1 小时 50 分钟"),
        (120, "约 2 小时"),
    ],
)
def test_say_minutes_always_says_about(minutes, said):
    assert say_minutes(minutes) == said
