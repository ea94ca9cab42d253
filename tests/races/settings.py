"""The demo's settings for the servers of these tests: sessions that the test made are theirs, and nobody is told to wait."""

from marketplace.settings.demo import *  # noqa: F403
from marketplace.settings.test import SEALING_KEY as TEST_SEALING_KEY
from marketplace.settings.test import SECRET_KEY as TEST_SECRET_KEY

SECRET_KEY = TEST_SECRET_KEY
SEALING_KEY = TEST_SEALING_KEY
SIGNUPS_PER_PERSON = 1_000_000
