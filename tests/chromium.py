"""Tests marked `browser` drive a Chromium that is on this machine; none is ever downloaded."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium: TRELLIS_CHROMIUM where that is set, or else the first one in the PATH."""
    named = os.environ.get("TRELLIS_CHROMIUM")
    if named is not None:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip where there is no Chromium; in CI that is a failure, or nobody would notice."""
    if item.get_closest_marker("browser") is None or find() is not None:
        return
    if os.environ.get("CI"):
        pytest.fail("there is no Chromium on this machine, and CI needs one", pytrace=False)
    pytest.skip("no Chromium on this machine")
