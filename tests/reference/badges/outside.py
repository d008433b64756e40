"""Shows our badges to verifiers of others (npm): good, revoked, expired, changed, forged. One wrong answer fails it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.test.utils import override_settings, setup_test_environment

SITE = "https://trellis.example.org"


def main(folder: Path) -> int:
    """Make the cases on a database of their own, and let the verifiers that are installed in a folder look at them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_framework", verbosity=0)
    call_command("load_roles", verbosity=0)
    with override_settings(TRELLIS_URL=SITE):
        from tests.reference.badges.cases import cases_and_web

        given = json.dumps(cases_and_web(SITE))
    return subprocess.run(["node", str(folder / "verify.mjs")], input=given, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
