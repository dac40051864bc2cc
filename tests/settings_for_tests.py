"""The project's settings with a quick password hash; nothing else differs."""

from govmedia.config.settings import *  # noqa: F403
from govmedia.config.settings import STORAGES_PLAIN

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES_PLAIN
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
