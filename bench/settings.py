"""Settings of the measured site: the project's own, with the floor beside its pages and nothing taken away."""

from trellis.project.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench", "bench.floor"]  # noqa: F405
ROOT_URLCONF = "bench.floor.urls"
