"""The Chromium that browser tests drive: the machine's own, never downloaded."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_chromium() -> str | None:
    """The path of a Chromium: $CHROMIUM where set, else the first found on PATH."""
    if asked := os.environ.get("CHROMIUM"):
        return shutil.which(asked)
    return next((found for name in (*NAMES, MAC) if (found := shutil.which(name))), None)
