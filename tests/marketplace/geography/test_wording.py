import pytest
from django.utils import translation

from marketplace.geography.wording import say_distance


@pytest.mark.parametrize(
    ("kilometres", "chinese", "english"),
    [
        (0, "10 米", "10 m"),
        (0.844, "840 米", "840 m"),
        (0.999, "1.0 公里", "1.0 km"),
        (6.24, "6.2 公里", "6.2 km"),
        (20, "20.0 公里", "20.0 km"),
        (104.4, "104 公里", "104 km"),
    ],
)
def test_distance_is_as_precise_as_it_is_useful(kilometres: float, chinese: str, english: str) -> None:
    assert say_distance(kilometres) == chinese
    with translation.override("en"):
        assert say_distance(kilometres) == english
