"""Who may open which page: one row or more for every address of ours, held complete by test_matrix.py.

A new page needs a row here. `opens` names those of the cast who get in; every other signed-in person is answered with
"not found", and a visitor is sent to sign-in, unless the row says otherwise. `args` makes what the address names,
and where that is somebody's, it belongs to the person called `own`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.assessment import deep_forms
from tests.assessment.three_sixty import lists
from tests.cast import NAMES, Cast
from tests.growth.evidence_pieces import PDF, attested, make_coach, send, upload, verdict
from trellis.assessment.actions import answer, begin, finish, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import DEEP_SELF, SHORT_SELF
from trellis.assessment.keeping_apart import keep_apart
from trellis.assessment.models import Instrument, ReadinessMeeting, Response
from trellis.assessment.readiness_actions import close_answering, open_meeting
from trellis.core import clock
from trellis.framework.models import Edition, Framework
from trellis.framework.queries import main_attributes, main_edition, main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.actions import load_profiles
from trellis.growth.evidence_actions import Content
from trellis.growth.models import Evidence, RoleProfile
from trellis.growth.reading_actions import read_evidence_again

Outcome = int | str
SIGN_IN = "sign in"

EVERYONE = frozenset(NAMES)
# A suspended person's session counts for nothing: to every page they are a visitor.
VISITORS = frozenset({"anonymous", "suspended"})
SIGNED_IN = EVERYONE - VISITORS
NOBODY: frozenset[str] = frozenset()
OWN = frozenset({"own"})
# Who works or is organized with `own`: the same worksite or local.
NEAR = frozenset(
    ("own", "coached", "private", "colleague", "representative", "treasurer", "president", "former_president", "coach")
)
KEEPERS = frozenset({"steward"})
IN_LINCOLN = frozenset({"own", "coached", "private", "colleague", "representative", "former_president"})
OF_RIVERSIDE = frozenset({"president", "treasurer", "coach"})
IN_RIVERSIDE = IN_LINCOLN | OF_RIVERSIDE | {"state_staff", "steward"}
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


def _short_self() -> Instrument:
    return instrument_for(_edition(), SHORT_SELF, by=None)


def _response(cast: Cast, *, finished: bool) -> Response:
    person = cast.own
    response = begin(instrument_for(_edition(), SHORT_SELF, by=person), by=person)
    if finished:
        for theme in _tree().themes[:3]:
            answer(response, Point("theme", theme.id), value=3, answered_at=clock.now(), by=person)
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


def an_open_form(cast: Cast) -> dict[str, Any]:
    """A form of pages that goes on."""
    return {"uid": deep_forms.begun(cast.own)[0].uid}


def a_finished_form(cast: Cast) -> dict[str, Any]:
    """A form of pages that is finished."""
    return {"uid": deep_forms.finished(cast.own).uid}


def a_page_of_a_form(cast: Cast) -> dict[str, Any]:
    """A page of a form that goes on."""
    response, theme = deep_forms.begun(cast.own)
    return {"uid": response.uid, "page": theme.code}


def a_page_that_is_not_there(cast: Cast) -> dict[str, Any]:
    """A page that the form does not have."""
    return an_open_form(cast) | {"page": "XXX.1"}


def a_profile(cast: Cast) -> dict[str, Any]:
    """A role's profile."""
    load_profiles(_edition(), by=None)
    return {"uid": RoleProfile.objects.all()[0].uid}


def a_cell(cast: Cast) -> dict[str, Any]:
    """A cell of the main framework."""
    return {"code": _tree().themes[0].cells[0].code}


def evidence_sent(cast: Cast) -> dict[str, Any]:
    """Evidence that waits for the coach of the unit."""
    return {"uid": send(cast.own, to=cast.coach).uid}


def evidence_in_a_file(cast: Cast) -> dict[str, Any]:
    """Evidence that waits for the coach of the unit, and is a file."""
    content = Content(kind="file", part="took part", outcome="It is done.", upload=upload("minutes.pdf", PDF))
    return {"uid": send(cast.own, to=cast.coach, content=content).uid}


def evidence_attested(cast: Cast) -> dict[str, Any]:
    """Evidence that the coach of the unit has attested."""
    return {"uid": attested(cast.own, cast.coach).uid}


def _evidence_drawn(cast: Cast) -> Evidence:
    make_coach(cast, "colleague")
    make_coach(cast, "neighbour", "Millbrook")
    return attested(cast.own, cast.coach, drawn=True)


def evidence_drawn(cast: Cast) -> dict[str, Any]:
    """Evidence that the coach has attested and a colleague, a coach too, is to read again."""
    return {"uid": _evidence_drawn(cast).uid}


def evidence_in_dispute(cast: Cast) -> dict[str, Any]:
    """Evidence that the coach has attested and a colleague, a coach too, would send back."""
    piece = _evidence_drawn(cast)
    return {"uid": read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague).uid}


def a_list(cast: Cast) -> dict[str, Any]:
    """A 360 whose raters are being chosen."""
    return {"uid": lists.named(lists.started(cast.own, cast.coach), cast.own).uid}


def a_name_on_it(cast: Cast) -> dict[str, Any]:
    """Somebody on the list of a 360."""
    found = lists.named(lists.started(cast.own, cast.coach), cast.own)
    return {"uid": found.uid, "rater": found.raters.all()[0].uid}


def a_list_with_the_coach(cast: Cast) -> dict[str, Any]:
    """A list that waits for the coach of the unit."""
    return {"uid": lists.with_coach(cast.own, cast.coach).uid}


def an_open_three_sixty(cast: Cast) -> dict[str, Any]:
    """A 360 that takes answers."""
    return {"uid": lists.opened(cast.own, cast.coach).uid}


def a_page_of_it(cast: Cast) -> dict[str, Any]:
    """A page of questions, without what only a rater's browser holds."""
    return an_open_three_sixty(cast) | {"number": 1}


def a_link(cast: Cast) -> dict[str, Any]:
    """The link of a rater."""
    return {"link": lists.link_into(lists.opened(cast.own, cast.coach))}


def a_released_report(*, shared: bool) -> Callable[[Cast], dict[str, Any]]:
    """A report that six peers stand behind."""
    return lambda cast: {"uid": lists.released(cast.own, cast.coach, shared=shared).uid}


def somebody_kept_apart(cast: Cast) -> dict[str, Any]:
    """A colleague whom the person keeps apart from."""
    keep_apart(cast.colleague, by=cast.own)
    return {"uid": cast.colleague.uid}


def person(name: str) -> Callable[[Cast], dict[str, Any]]:
    """One of the cast."""
    return lambda cast: {"uid": cast.persons[name].uid}


def unit(name: str) -> Callable[[Cast], dict[str, Any]]:
    """A unit of the cast's association."""
    return lambda cast: {"uid": cast.unit(name).uid}


def unit_meeting(*, closed: bool = False, code: str = "") -> Callable[[Cast], dict[str, Any]]:
    """A readiness meeting of Riverside by its uid, and an attribute when one is named."""

    def args(cast: Cast) -> dict[str, Any]:
        tree = main_attributes()
        assert tree is not None
        meeting = open_meeting(cast.unit("Riverside"), tree, by=cast.president)
        if closed:
            close_answering(meeting, by=cast.president)
        return {"uid": meeting.uid} | ({"code": code} if code else {})

    return args


def a_code(**more: str) -> Callable[[Cast], dict[str, Any]]:
    """The code that joins an open readiness meeting."""

    def args(cast: Cast) -> dict[str, Any]:
        meeting = ReadinessMeeting.objects.get(uid=unit_meeting()(cast)["uid"])
        return {"code": meeting.code, **more}

    return args


def a_code_that_nobody_has(cast: Cast) -> dict[str, Any]:
    """A code of no meeting."""
    return {"code": "CCCCDDDD"}


def _public(args: Callable[[Cast], Mapping[str, Any]] = nothing, **more: Any) -> Row:
    return Row(EVERYONE, args=args, **more)


def _for_keepers(method: str = "get", **more: Any) -> Row:
    """Show nobody else that the page exists, not even by a way to sign in."""
    return Row(KEEPERS, method=method, visitor=404, **more)


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
    "assessment:form-door": (
        Row(SIGNED_IN, args=lambda cast: {"code": DEEP_SELF}),
        Row(SIGNED_IN, "post", lambda cast: {"code": DEEP_SELF}, {"theme": "ADV.1"}, yes=302),
        Row(NOBODY, args=lambda cast: {"code": SHORT_SELF}, of="no door"),
    ),
    "assessment:form-overview": (
        Row(OWN, args=an_open_form, of="going on"),
        Row(OWN, args=a_finished_form, of="finished"),
    ),
    "assessment:form-page": (
        Row(OWN, args=a_page_of_a_form),
        Row(OWN, "post", a_page_of_a_form, {"skip": "1"}, yes=302),
        Row(NOBODY, args=a_page_that_is_not_there, of="nothing"),
    ),
    "assessment:form-finish": (
        Row(OWN, "post", an_open_form, yes=302, of="going on"),
        Row(OWN, "post", a_finished_form, yes=302, of="finished"),
    ),
    "assessment:service-worker": (_public(),),
    # instruments on trial: for who keeps the framework
    "assessment:instruments": (_for_keepers(),),
    "assessment:instrument": (
        _for_keepers(args=lambda cast: {"code": _short_self().code}),
        Row(NOBODY, args=lambda cast: {"code": "no-such"}, visitor=404, of="nothing"),
    ),
    "assessment:instrument-refresh": (_for_keepers("post", args=lambda cast: {"uid": _short_self().uid}, yes=302),),
    # readiness: for every member to read; meeting is for who leads a unit or holds a term in it
    "assessment:readiness": (Row(SIGNED_IN),),
    "assessment:readiness-unit": (
        Row(IN_RIVERSIDE, args=unit("Riverside"), of="local"),
        Row(IN_RIVERSIDE, args=unit("Lincoln"), of="worksite"),
        Row(
            frozenset({"neighbour", "sibling_president", "state_staff", "steward"}),
            args=unit("Millbrook"),
            of="sibling",
        ),
        Row(NOBODY, args=unit("Alder"), of="state"),
    ),
    "assessment:open-meeting": (
        Row(OF_RIVERSIDE, "post", unit("Riverside"), yes=302, of="local"),
        Row(frozenset({"president", "representative"}), "post", unit("Lincoln"), yes=302, of="worksite"),
        Row(frozenset({"sibling_president"}), "post", unit("Millbrook"), yes=302, of="sibling"),
    ),
    "assessment:meeting": (
        Row(OF_RIVERSIDE, args=unit_meeting(), of="open"),
        Row(OF_RIVERSIDE, args=unit_meeting(closed=True), of="closed"),
    ),
    "assessment:meeting-live": (
        Row(OF_RIVERSIDE, args=unit_meeting(), of="open"),
        Row(OF_RIVERSIDE, args=unit_meeting(closed=True), yes=302, of="closed"),
    ),
    "assessment:close-meeting": (Row(OF_RIVERSIDE, "post", unit_meeting(), yes=302),),
    "assessment:meeting-attribute": (
        Row(OF_RIVERSIDE, args=unit_meeting(closed=True, code="SCB.1.1"), of="closed"),
        Row(OF_RIVERSIDE, args=unit_meeting(code="SCB.1.1"), yes=302, of="open"),
        Row(NOBODY, args=unit_meeting(closed=True, code="SCB.9.9"), of="nothing"),
        Row(
            OF_RIVERSIDE,
            "post",
            unit_meeting(closed=True, code="SCB.1.1"),
            {"status": "in-place"},
            yes=302,
            of="closed",
        ),
    ),
    # its phones: whoever has the code; without the phone's own cookie all leads to the welcome
    "assessment:join": (_public(), _public(method="post", yes=422)),
    "assessment:join-meeting": (
        _public(a_code()),
        _public(a_code(), method="post", yes=302),
        Row(NOBODY, args=a_code_that_nobody_has, visitor=404, of="nothing"),
    ),
    "assessment:join-group": (
        _public(a_code(group="SCB.1"), yes=302),
        _public(a_code(group="SCB.1"), method="post", yes=302),
        Row(NOBODY, args=a_code(group="SCB.9"), visitor=404, of="nothing"),
    ),
    "assessment:join-done": (_public(a_code(), yes=302),),
    # the 360: the rated person's until it is sent, then the coach's whom they chose
    "assessment:three-sixties": (Row(SIGNED_IN),),
    "assessment:three-sixty-start": (Row(SIGNED_IN), Row(SIGNED_IN, "post", yes=422)),
    "assessment:three-sixty": (
        Row(OWN, args=a_list, yes=302, of="choosing"),
        Row(OWN, args=a_list_with_the_coach, of="with the coach"),
        Row(OWN, args=an_open_three_sixty, of="open"),
        Row(OWN, args=a_released_report(shared=True), yes=302, of="closed"),
    ),
    "assessment:three-sixty-frame": (Row(OWN, args=a_list), Row(OWN, "post", a_list, yes=422)),
    "assessment:three-sixty-people": (Row(OWN, args=a_list), Row(NOBODY, args=a_list_with_the_coach, of="sent")),
    "assessment:three-sixty-add": (Row(OWN, "post", a_list, yes=422),),
    "assessment:three-sixty-add-address": (Row(OWN, "post", a_list, yes=422),),
    "assessment:three-sixty-remove": (Row(OWN, "post", a_name_on_it, yes=302),),
    "assessment:three-sixty-send": (Row(OWN, "post", a_list, yes=302),),
    "assessment:three-sixty-close": (
        Row(OWN, args=an_open_three_sixty),
        Row(OWN, "post", an_open_three_sixty, yes=302),
        Row(NOBODY, "post", a_list, of="choosing"),
    ),
    "assessment:three-sixty-cancel": (
        Row(OWN, args=a_list),
        Row(OWN, "post", an_open_three_sixty, yes=302),
        Row(NOBODY, "post", a_released_report(shared=False), of="closed"),
    ),
    "assessment:three-sixty-coach": (Row(frozenset({"coach"})),),
    "assessment:three-sixty-coach-one": (
        Row(frozenset({"coach"}), args=a_list_with_the_coach),
        Row(frozenset({"coach"}), "post", a_list_with_the_coach, {"return": "1", "note": "Ask more."}, yes=302),
        Row(NOBODY, args=an_open_three_sixty, of="open"),
    ),
    "assessment:apart": (Row(SIGNED_IN),),
    "assessment:apart-add": (Row(NEAR - {"colleague"}, "post", person("colleague"), yes=302),),
    "assessment:apart-remove": (Row(OWN, "post", somebody_kept_apart, yes=302),),
    # raters need no account, and one that they have makes no difference
    "assessment:answer": (
        _public(a_link),
        _public(a_link, method="post", yes=302),
        Row(NOBODY, args=lambda cast: {"link": "made.up:link"}, visitor=404, of="forged"),
    ),
    "assessment:answer-refuse": (_public(a_link), _public(a_link, method="post")),
    "assessment:answer-form": (
        Row(NOBODY, args=a_page_of_it, visitor=404),
        Row(NOBODY, "post", a_page_of_it, visitor=404),
    ),
    "assessment:answer-words": (
        Row(NOBODY, args=an_open_three_sixty, visitor=404),
        Row(NOBODY, "post", an_open_three_sixty, visitor=404),
    ),
    "assessment:answer-thanks": (Row(NOBODY, args=an_open_three_sixty, visitor=404),),
    "assessment:answer-forget": (Row(NOBODY, "post", an_open_three_sixty, visitor=404),),
    # growth: one's own, and what others share
    "growth:standing": (Row(SIGNED_IN),),
    # without answers there is nothing to print, so that it leads back to the page
    "growth:standing-pdf": (Row(OWN, args=after_answers, no=302),),
    "growth:focus": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"towards": "domain:ADV"}, yes=302)),
    "growth:theme": (Row(SIGNED_IN, args=a_theme), Row(NOBODY, args=lambda cast: {"code": "XXX.1"}, of="nothing")),
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
    # evidence: its owner's, and the coach's who was asked; a second reader has a page of their own
    "growth:evidence": (Row(SIGNED_IN),),
    "growth:evidence-choose": (Row(SIGNED_IN),),
    "growth:evidence-add": (
        Row(SIGNED_IN, args=a_cell),
        Row(SIGNED_IN, "post", a_cell, yes=422),
        Row(NOBODY, args=lambda cast: {"code": "XXX.1.L1"}, of="nothing"),
    ),
    "growth:evidence-one": (Row(OWN, args=evidence_sent, of="sent"), Row(OWN, args=evidence_attested, of="attested")),
    "growth:evidence-file": (Row(OWN | {"coach"}, args=evidence_in_a_file), Row(NOBODY, args=evidence_sent, of="link")),
    "growth:evidence-mend": (
        Row(OWN, args=evidence_sent),
        Row(OWN, "post", evidence_sent, yes=422),
        Row(NOBODY, "post", evidence_attested, of="attested"),
    ),
    "growth:evidence-renew": (
        Row(OWN, args=evidence_attested),
        Row(OWN, "post", evidence_attested, yes=422),
        Row(NOBODY, "post", evidence_sent, of="sent"),
    ),
    "growth:evidence-withdraw": (Row(OWN, args=evidence_sent), Row(OWN, "post", evidence_sent, yes=302)),
    "growth:evidence-queue": (Row(frozenset({"coach"})),),
    "growth:evidence-read": (
        Row(frozenset({"coach"}), args=evidence_sent, of="sent"),
        Row(frozenset({"coach"}), args=evidence_attested, of="attested"),
        Row(frozenset({"coach"}), args=evidence_drawn, of="drawn"),
        Row(frozenset({"coach", "colleague"}), args=evidence_in_dispute, of="in dispute"),
        Row(frozenset({"coach"}), "post", evidence_sent, yes=422, of="sent"),
    ),
    "growth:evidence-read-again": (
        Row(frozenset({"colleague"}), args=evidence_drawn, of="drawn"),
        Row(frozenset({"colleague"}), "post", evidence_drawn, yes=422, of="drawn"),
        Row(NOBODY, args=evidence_in_dispute, of="in dispute"),
    ),
    "growth:evidence-settle": (
        Row(frozenset({"coach", "colleague"}), "post", evidence_in_dispute, {"keep": "1"}, yes=302),
        Row(NOBODY, "post", evidence_drawn, {"keep": "1"}, of="drawn"),
    ),
    "growth:feedback": (
        Row(OWN, args=a_released_report(shared=False), of="kept"),
        Row(OWN | {"coach"}, args=a_released_report(shared=True), of="shared"),
        Row(NOBODY, args=an_open_three_sixty, of="open"),
    ),
    "growth:feedback-pdf": (
        Row(OWN, args=a_released_report(shared=False), of="kept"),
        Row(OWN | {"coach"}, args=a_released_report(shared=True), of="shared"),
    ),
    "growth:feedback-share": (Row(OWN, "post", a_released_report(shared=True), {"shared": "0"}, yes=302),),
    "growth:profiles": (Row(SIGNED_IN),),
    "growth:profile": (
        Row(SIGNED_IN, args=a_profile),
        Row(KEEPERS, "post", a_profile, {"ADV.1": "2"}, yes=302),
    ),
}

# Pages of other packages: these names belong to allauth, which has tests of its own for who may open them.
OTHERS = ("account_", "mfa_", "socialaccount_", "social/")
