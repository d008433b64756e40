"""Every page that people see: the first in tests/browser/pages.py, and one module here for each later part."""

import pkgutil
from importlib import import_module

from tests.browser.pages import PAGES as FIRST
from tests.browser.pages import Listed


def _all() -> tuple[Listed, ...]:
    found = [import_module(f"{__name__}.{each.name}").PAGES for each in pkgutil.iter_modules(__path__)]
    return (*FIRST, *(page for pages in found for page in pages))


PAGES = _all()
