"""The `trellis` command: a thin front for Django's commands, with one clear line for a wrong setting."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

from trellis import __version__
from trellis.project.environment import SettingError

HELP = """trellis {version}: runs a leadership competency framework for an association of educators.

  trellis demo [--port N]        migrate, load the fictional association and serve it
  trellis serve [--port N]       serve this site (the real server, with static files)
  trellis migrate                make or bring up to date the database
  trellis load_framework         load the framework that comes with Trellis
  trellis load_roles             load the roles and what each lets its holder see
  trellis load_profiles          load the suggested targets of the roles, and ready plans
  trellis rotate_issuer_key      give the issuer of badges a new key; the old ones stay published
  trellis refresh_estimates [ED] work out anew how sure and fair the instruments are
  trellis load_demo              load the fictional association
  trellis import_framework FILE  read a framework document; shows a plan first
  trellis publish_framework CODE publish a draft edition
  trellis diff_framework A B     compare two editions
  trellis import_people FILE     read a list of members; shows a plan first
  trellis daily                  what is to be done once a day: reminders, closing what is past its date
  trellis verify                 check the database and the audit trail
  trellis help                   every command, Django's own too

Settings come from the environment; docs/settings.md lists them.
"""


def main() -> None:
    """Run one command; a wrong setting prints one line and ends with status 2."""
    if len(sys.argv) == 1 or sys.argv[1] in ("-h", "--help"):
        # Answered before settings and apps are loaded, so that help is there at once, whatever the settings are.
        sys.stdout.write(HELP.format(version=__version__))
        return
    # A collection at every 700 new objects is a tenth of a command's start, and finds next to nothing.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    try:
        execute_from_command_line(["trellis", *sys.argv[1:]])
    except SettingError as error:
        sys.stderr.write(f"trellis: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output (`| head`) has seen enough; point stdout away, so that closing it stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
