"""The product's own settings, for the suite: a secret for tests only, data in a folder that goes away."""

import os
import tempfile

os.environ.setdefault("BUURTBALANS_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("BUURTBALANS_DATA", tempfile.mkdtemp(prefix="buurtbalans-test-"))

from buurtbalans.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
