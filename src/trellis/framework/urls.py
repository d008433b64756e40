"""Addresses of framework: words of our own first, then frameworks, editions, and the codes within one."""

from django.urls import URLPattern, path, register_converter

from trellis.framework.codes import CellCode, DomainCode, ThemeCode
from trellis.framework.views.cell import cell
from trellis.framework.views.compare import compare_editions
from trellis.framework.views.domain import domain
from trellis.framework.views.draft import discard, publish_draft
from trellis.framework.views.edition import edition
from trellis.framework.views.import_plan import import_plan
from trellis.framework.views.imports import imports
from trellis.framework.views.index import index
from trellis.framework.views.printed import printed
from trellis.framework.views.search import search
from trellis.framework.views.theme import theme

register_converter(DomainCode, "domain_code")
register_converter(ThemeCode, "theme_code")
register_converter(CellCode, "cell_code")

app_name = "framework"
_EDITION = "<slug:framework>/<slug:edition>/"
urlpatterns: list[URLPattern] = [
    path("", index, name="index"),
    path("search/", search, name="search"),
    path("compare/", compare_editions, name="compare"),
    path("imports/", imports, name="imports"),
    path("imports/plan/", import_plan, name="import_plan"),
    path("imports/<uuid:uid>/publish/", publish_draft, name="publish_draft"),
    path("imports/<uuid:uid>/discard/", discard, name="discard_draft"),
    path(_EDITION, edition, name="edition"),
    path(f"{_EDITION}print/", printed, name="print"),
    path(f"{_EDITION}<domain_code:code>/", domain, name="domain"),
    path(f"{_EDITION}<theme_code:code>/", theme, name="theme"),
    path(f"{_EDITION}<cell_code:code>/", cell, name="cell"),
]
