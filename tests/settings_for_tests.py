"""The project's settings with a quick password hash, over an empty data folder of their own."""

import atexit
import os
import shutil
import tempfile

# Whatever a test does outside its test database must not reach anybody's data.
os.environ["GOVMEDIA_HOME"] = tempfile.mkdtemp(prefix="govmedia-tests-")
atexit.register(shutil.rmtree, os.environ["GOVMEDIA_HOME"], ignore_errors=True)

from govmedia.config.settings import *  # noqa: E402, F403
from govmedia.config.settings import STORAGES_PLAIN  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES_PLAIN
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
