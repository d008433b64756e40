"""`python -m bench.insight`: makes a folder that goes away, and measures questions about groups in it."""

import argparse
import os
import secrets
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    """Run everything; the status is 0 even when a goal is missed, because this informs."""
    parser = argparse.ArgumentParser(prog="python -m bench.insight", description=__doc__)
    parser.add_argument("--ratings", type=int, default=100_000_000, help="about how many (100,000,000)")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="3,000,000 ratings, three repetitions")
    options = parser.parse_args()
    ratings, repetitions = (3_000_000, 3) if options.quick else (options.ratings, options.repetitions)
    with tempfile.TemporaryDirectory(prefix="trellis-bench-insight-") as folder:
        for name in [name for name in os.environ if name.startswith("TRELLIS_") or name == "DATABASE_URL"]:
            del os.environ[name]
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "TRELLIS_DATA": str(Path(folder) / "site"),
            "TRELLIS_SECRET_KEY": secrets.token_urlsafe(60),
        }
        django.setup()
        try:
            call_command("measure_insight", ratings=ratings, repetitions=repetitions)
        except KeyboardInterrupt:
            sys.exit("stopped")


if __name__ == "__main__":
    main()
