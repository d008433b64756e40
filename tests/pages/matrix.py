"""Who may open which page: one row or more for every address of ours, held complete by test_matrix.py.

A new page needs a row here. `opens` names those of the cast who get in; every other signed-in person is answered with
"not found", and a visitor is sent to sign-in, unless the row says otherwise. `args` makes what the address names,
and where that is somebody's, it belongs to the person called `own`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import NAMES, Cast
from trellis.assessment.actions import answer, begin, finish, instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Response
from trellis.core import clock
from trellis.framework.models import Edition, Framework
from trellis.framework.queries import main_edition, main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.actions import add_to_plan, load_profiles
from trellis.growth.models import Goal, RoleProfile

Outcome = int | str
SIGN_IN = "sign in"

EVERYONE = frozenset(NAMES)
# A suspended person's session counts for nothing: to every page they are a visitor.
VISITORS = frozenset({"anonymous", "suspended"})
SIGNED_IN = EVERYONE - VISITORS
NOBODY: frozenset[str] = frozenset()
OWN = frozenset({"own"})
KEEPERS = frozenset({"steward"})
LEADERS = frozenset({"president", "sibling_president", "other_state_president"})


def nothing(cast: Cast) -> dict[str, Any]:
    """For an address that names nothing."""
    return {}


@dataclass(frozen=True)
class Row:
    """What becomes of a request by each of the cast: a status, or being sent to sign-in."""

    opens: frozenset[str]
    method: str = "get"
    args: Callable[[Cast], Mapping[str, Any]] = nothing
    data: Mapping[str, str] = field(default_factory=dict)
    yes: int = 200
    no: int = 404
    visitor: Outcome = SIGN_IN
    of: str = ""

    def expected(self, name: str) -> Outcome:
        """Return what this one of the cast gets."""
        if name in self.opens:
            return self.yes
        return self.visitor if name in VISITORS else self.no


def _tree() -> EditionTree:
    tree = main_tree()
    assert tree is not None
    return tree


def _edition() -> Edition:
    edition = main_edition()
    assert edition is not None
    return edition


def a_theme(cast: Cast) -> dict[str, Any]:
    """The first theme of the main framework."""
    return {"code": _tree().themes[0].code}


def in_edition(code: str) -> Callable[[Cast], dict[str, Any]]:
    """A place in the edition that comes with Trellis."""
    return lambda cast: {"framework": "nea-lcf", "edition": "2020"} | ({"code": code} if code else {})


def an_edition_that_is_not_there(cast: Cast) -> dict[str, Any]:
    """Codes that lead nowhere."""
    return {"framework": "nea-lcf", "edition": "1999"}


def _draft() -> Edition:
    return Edition.objects.create(framework=Framework.objects.get(code="nea-lcf"), code="draft", name="A draft")


def a_draft(cast: Cast) -> dict[str, Any]:
    """A draft by its uid."""
    return {"uid": _draft().uid}


def a_drafts_page(cast: Cast) -> dict[str, Any]:
    """A draft by its codes."""
    _draft()
    return {"framework": "nea-lcf", "edition": "draft"}


def the_published(cast: Cast) -> dict[str, Any]:
    """A published edition, where only a draft will do."""
    return {"uid": _edition().uid}


def _response(cast: Cast, *, finished: bool) -> Response:
    person = cast.own
    response = begin(instrument_for(_edition(), SHORT_SELF, by=person), by=person)
    if finished:
        for theme in _tree().themes[:3]:
            answer(response, theme.id, half_steps=3, answered_at=clock.now(), by=person)
        finish(response, by=person)
    return response


def open_response(cast: Cast) -> dict[str, Any]:
    """A self-assessment that goes on."""
    return {"uid": _response(cast, finished=False).uid}


def finished_response(cast: Cast) -> dict[str, Any]:
    """A self-assessment that is finished."""
    return {"uid": _response(cast, finished=True).uid}


def after_answers(cast: Cast) -> dict[str, Any]:
    """For an address that names nothing, but needs answers."""
    _response(cast, finished=True)
    return {}


def a_step_of_it(cast: Cast) -> dict[str, Any]:
    """A theme of a self-assessment that goes on."""
    return open_response(cast) | a_theme(cast)


def a_theme_that_is_not_there(cast: Cast) -> dict[str, Any]:
    """A theme that the self-assessment does not have."""
    return open_response(cast) | {"code": "XXX.1"}


def _goal(cast: Cast) -> Goal:
    return add_to_plan(_tree().themes[0], _tree(), target=1, reason="", by=cast.own)


def a_goal(cast: Cast) -> dict[str, Any]:
    """A goal of a plan."""
    return {"uid": _goal(cast).uid}


def a_step_of_the_plan(cast: Cast) -> dict[str, Any]:
    """A step of a plan."""
    return {"uid": _goal(cast).steps.all()[0].uid}


def a_profile(cast: Cast) -> dict[str, Any]:
    """A role's profile."""
    load_profiles(_edition(), by=None)
    return {"uid": RoleProfile.objects.all()[0].uid}


def person(name: str) -> Callable[[Cast], dict[str, Any]]:
    """One of the cast."""
    return lambda cast: {"uid": cast.persons[name].uid}


def unit(name: str) -> Callable[[Cast], dict[str, Any]]:
    """A unit of the cast's association."""
    return lambda cast: {"uid": cast.unit(name).uid}


def _public(args: Callable[[Cast], Mapping[str, Any]] = nothing, **more: Any) -> Row:
    return Row(EVERYONE, args=args, **more)


def _for_keepers(method: str = "get", **more: Any) -> Row:
    """Show nobody else that the page exists, not even by a way to sign in."""
    return Row(KEEPERS, method=method, visitor=404, **more)


_TODAY = dt.date(2026, 1, 1).isoformat()

MATRIX: dict[str, tuple[Row, ...]] = {
    # the shell
    "home": (_public(),),
    "gallery": (_public(),),
    # the framework: published words are everybody's, drafts and imports are the keepers'
    "framework:index": (_public(),),
    "framework:search": (_public(),),
    "framework:compare": (_public(),),
    "framework:edition": (
        _public(in_edition("")),
        Row(KEEPERS, args=a_drafts_page, visitor=404, of="draft"),
        Row(NOBODY, args=an_edition_that_is_not_there, visitor=404, of="nothing"),
    ),
    "framework:print": (_public(in_edition("")), Row(KEEPERS, args=a_drafts_page, visitor=404, of="draft")),
    "framework:domain": (_public(in_edition("ADV")), Row(NOBODY, args=in_edition("XXX"), visitor=404, of="nothing")),
    "framework:theme": (
        _public(in_edition("ADV.1")),
        Row(NOBODY, args=in_edition("ADV.99"), visitor=404, of="nothing"),
    ),
    "framework:cell": (
        _public(in_edition("ADV.1.L2")),
        Row(NOBODY, args=in_edition("ADV.1.L9"), visitor=404, of="nothing"),
    ),
    "framework:imports": (_for_keepers(), _for_keepers("post")),
    # without an uploaded document both lead back to the upload
    "framework:import_plan": (_for_keepers(yes=302), _for_keepers("post", yes=302)),
    "framework:publish_draft": (
        _for_keepers(args=a_draft),
        _for_keepers("post", args=a_draft, yes=302),
        Row(NOBODY, "post", the_published, visitor=404, of="published"),
    ),
    "framework:discard_draft": (
        _for_keepers(args=a_draft),
        _for_keepers("post", args=a_draft, yes=302),
        Row(NOBODY, "post", the_published, visitor=404, of="published"),
    ),
    # people: each their own
    "people:sharing": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"sharing": "me"}, yes=302)),
    "people:settings": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"language": "es"}, yes=302)),
    "people:demo": (Row(NOBODY, "post", lambda cast: {"key": "nobody"}, visitor=404, of="nobody"),),
    "people:sign_out": (Row(SIGNED_IN, visitor=302), Row(SIGNED_IN, "post", yes=302, visitor=302)),
    # assessment: nobody but oneself, whatever one shares
    "assessment:start": (Row(SIGNED_IN), Row(SIGNED_IN, "post", yes=302)),
    "assessment:overview": (
        Row(OWN, args=open_response, of="going on"),
        Row(OWN, args=finished_response, of="finished"),
    ),
    "assessment:finish": (
        Row(OWN, "post", open_response, yes=302, of="going on"),
        Row(OWN, "post", finished_response, yes=302, of="finished"),
    ),
    "assessment:step": (
        Row(OWN, args=a_step_of_it),
        Row(OWN, "post", a_step_of_it, {"step": "1"}, yes=302),
        Row(NOBODY, args=a_theme_that_is_not_there, of="nothing"),
    ),
    "assessment:service-worker": (_public(),),
    # growth: one's own, and what others share
    "growth:standing": (Row(SIGNED_IN),),
    # without answers there is nothing to print, so that it leads back to the page
    "growth:standing-pdf": (Row(OWN, args=after_answers, no=302),),
    "growth:focus": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"towards": "domain:ADV"}, yes=302)),
    "growth:theme": (Row(SIGNED_IN, args=a_theme), Row(NOBODY, args=lambda cast: {"code": "XXX.1"}, of="nothing")),
    "growth:plan": (Row(SIGNED_IN),),
    "growth:add-goal": (
        Row(SIGNED_IN, "post", a_theme, yes=302),
        Row(NOBODY, "post", lambda cast: {"code": "XXX.1"}, of="nothing"),
    ),
    "growth:remove-goal": (Row(OWN, "post", a_goal, yes=302),),
    "growth:add-step": (Row(OWN, "post", a_goal, {"text": "Ask a colleague"}, yes=302),),
    "growth:step": (
        Row(OWN, "post", a_step_of_the_plan, {"done": "1"}, yes=302, of="tick"),
        Row(OWN, "post", a_step_of_the_plan, {"due_on": _TODAY}, yes=302, of="date"),
    ),
    "growth:teams": (Row(LEADERS),),
    "growth:team": (
        Row(frozenset({"president"}), args=unit("Riverside"), of="local"),
        Row(frozenset({"president"}), args=unit("Lincoln"), of="worksite"),
        Row(NOBODY, args=unit("Alder"), of="state"),
        Row(frozenset({"other_state_president"}), args=unit("Harrow"), of="other state"),
    ),
    "growth:shared": (Row(SIGNED_IN),),
    "growth:shared-file": (
        Row(frozenset({"president"}), args=person("own"), of="shared with leaders"),
        Row(frozenset({"coach"}), args=person("coached"), of="shared with a coach"),
        Row(NOBODY, args=person("private"), of="kept private"),
        Row(frozenset({"sibling_president"}), args=person("neighbour"), of="another local"),
        Row(NOBODY, args=person("gone"), of="no longer a member"),
        Row(NOBODY, args=person("suspended"), of="suspended"),
    ),
    "growth:profiles": (Row(SIGNED_IN),),
    "growth:profile": (
        Row(SIGNED_IN, args=a_profile),
        Row(KEEPERS, "post", a_profile, {"ADV.1": "2"}, yes=302),
    ),
}

# Pages of other packages: these names belong to allauth, which has tests of its own for who may open them.
OTHERS = ("account_", "mfa_")
