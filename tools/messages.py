"""Takes the strings of src/trellis into each language's catalogue and compiles it; needs gettext, as no user does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

SOURCES = Path(__file__).resolve().parent.parent / "src" / "trellis"


class Command(makemessages.Command):
    """Django's own, without guesses: a new string stands there untranslated and not with the words of a like one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    msgattrib_options = ["--no-obsolete", "--no-wrap"]


def main() -> int:
    """Update every catalogue; returns 1 when gettext is missing or a string is without its translation."""
    if shutil.which("msgfmt") is None:
        sys.stderr.write("gettext is missing; on Debian: apt-get install gettext\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    django.setup()
    os.chdir(SOURCES)
    untranslated = False
    for language in (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE):
        call_command(Command(), locale=[language], no_obsolete=True, no_wrap=True, add_location="file", verbosity=0)
        catalogue = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        compiled = catalogue.with_suffix(".mo")
        subprocess.run(["msgfmt", "--check-format", "-o", compiled, catalogue], check=True)  # noqa: S603, S607
        missing = subprocess.run(  # noqa: S603
            ["msgattrib", "--untranslated", "--no-wrap", catalogue],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        sys.stdout.write(missing or f"{language}: every string has its translation\n")
        untranslated |= bool(missing)
    return int(untranslated)


if __name__ == "__main__":
    sys.exit(main())
