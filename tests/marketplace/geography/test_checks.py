import pytest

from marketplace.geography.checks import check_geocoders


@pytest.mark.parametrize("names", [[], ["gazetteer"]])
def test_check_geocoders_offline_ones_need_nothing(settings, names):
    settings.GEOCODERS = names
    assert check_geocoders() == []


def test_check_geocoders_unknown_name(settings):
    settings.GEOCODERS = ["gazetteer", "baidu"]
    (error,) = check_geocoders()
    assert (error.id, error.msg) == ("geography.E001", "GEOCODERS 中的 baidu 不存在。")
    assert error.hint == "可用：gazetteer、amap、tianditu。"


@pytest.mark.parametrize(("name", "key"), [("amap", "AMAP_KEY"), ("tianditu", "TIANDITU_KEY")])
def test_check_geocoders_network_ones_need_their_key(settings, name, key):
    settings.GEOCODERS = [name]
    setattr(settings, key, "")
    (error,) = check_geocoders()
    assert (error.id, error.hint) == ("geography.E002", f"请设置 {key}。")
    setattr(settings, key, "k")
    assert check_geocoders() == []
