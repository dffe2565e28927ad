"""The product's own settings, for the suite: a secret for tests only, data in a folder that goes away."""

import atexit
import os
import shutil
import tempfile

from tests.shell import WITHIN, forgotten

for name in forgotten():
    del os.environ[name]
os.environ[WITHIN] = "1"
os.environ["LANGUAGE"] = "nl"  # a command speaks the language of its terminal; the suite reads Dutch
os.environ.setdefault("BUURTBALANS_SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 4)
if "BUURTBALANS_DATA" not in os.environ:
    os.environ["BUURTBALANS_DATA"] = tempfile.mkdtemp(prefix="buurtbalans-test-")
    atexit.register(shutil.rmtree, os.environ["BUURTBALANS_DATA"], ignore_errors=True)

from buurtbalans.site.settings import *  # noqa: E402  the environment must be clean first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
INSTALLED_APPS = [*INSTALLED_APPS, "buurtbalans.site.demo"]  # most tests of pages look at its town
EXTRA_URLS = ["buurtbalans.site.demo.urls"]
MIDDLEWARE = ["tests.one_line.OneLine", *MIDDLEWARE]
