"""`python -m bench`: makes a folder that goes away, sets Trellis up on it, and measures."""

import argparse
import os
import secrets
import sys
import tempfile

import django
from django.core.management import call_command

from bench.parts import PARTS


def main() -> None:
    """Run the parts that are asked for; the status is 0 even when a goal is missed, because this informs."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Trellis beside a floor, in one run.")
    parser.add_argument(
        "--quick", action="store_true", help="fewer repetitions, at most 32,000 persons: about a minute"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trellis-bench-") as folder:
        # A setting of the caller's shell must not reach the run; what has been compiled is kept, as where Trellis runs.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for name in [name for name in os.environ if name.startswith("TRELLIS_") or name == "DATABASE_URL"]:
            del os.environ[name]
        # One key for every database of the run, so that sign-ins made here are good on each server.
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "TRELLIS_DATA": os.path.join(folder, "demo"),
            "TRELLIS_SECRET_KEY": secrets.token_urlsafe(60),
        }
        django.setup()
        try:
            call_command("measure", quick=options.quick, only=options.only)
        except KeyboardInterrupt:
            sys.exit("stopped")


if __name__ == "__main__":
    main()
