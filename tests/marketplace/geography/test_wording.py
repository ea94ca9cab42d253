import pytest

from marketplace.geography.wording import say_distance


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0, "不到 0.1 公里"),
        (0.049, "不到 0.1 公里"),
        (0.05, "0.1 公里"),
        (0.94, "0.9 公里"),
        (6.2, "6.2 公里"),
        (6.25, "6.2 公里"),
        (6.26, "6.3 公里"),
        (20, "20.0 公里"),
    ],
)
def test_say_distance_shows_one_decimal(km, said):
    assert say_distance(km) == said
