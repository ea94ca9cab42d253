"""Devices in words."""

import pytest

from marketplace.accounts.devices import say_device

ANDROID = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{ANDROID} MicroMessenger/8.0.56", "微信 · 安卓手机"),
        (ANDROID, "Chrome · 安卓手机"),
        (ANDROID.replace("Linux; Android 14", "Phone; OpenHarmony 5.0") + " HuaweiBrowser/5.0", "华为浏览器 · 鸿蒙"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows 电脑"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.6; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox · 苹果电脑"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome · Linux 电脑"),
        ("curl/8.5", "不认识的浏览器"),
        ("", "不认识的浏览器"),
    ],
)
def test_say_device_names_the_app_before_its_engine(user_agent, words):
    assert say_device(user_agent) == words
