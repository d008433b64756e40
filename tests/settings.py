"""Settings of the tests: the project's own, on a folder that goes away, with quick passwords and plain static files."""

import atexit
import os
import shutil
import tempfile

from trellis.project.environment import VARIABLES

_FOLDER = tempfile.mkdtemp(prefix="trellis-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
# Before the settings are read: a developer's own must not reach the tests, except which database to use.
for _variable in VARIABLES:
    if _variable.name != "DATABASE_URL":
        os.environ.pop(_variable.name, None)
os.environ["TRELLIS_DATA"] = _FOLDER

from trellis.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT.mkdir()  # noqa: F405  (WhiteNoise warns when its folder is missing)
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # In memory, one for each worker; without this the test runner makes up a file name of our engine's path.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
