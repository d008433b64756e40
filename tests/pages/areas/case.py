"""The CASE provider: published frameworks for everybody, with an account or without."""

from tests.cast import Cast
from tests.pages.matrix import EVERYONE, NOBODY, Row, a_drafts_page
from trellis.exchange.case.operations import OPERATIONS
from trellis.exchange.case.shelf import by_identifier, shelf


def _first(collection: str, cast: Cast) -> dict[str, str]:
    volume = next(each for each in shelf().volumes if each.package.CFRubrics)
    definitions = volume.definitions
    things = {
        "CFItems": volume.items, "CFItemAssociations": volume.items, "CFAssociations": volume.associations,
        "CFRubrics": by_identifier(volume.package.CFRubrics), "CFLicenses": by_identifier(definitions.CFLicenses),
        "CFConcepts": by_identifier(definitions.CFConcepts), "CFSubjects": by_identifier(definitions.CFSubjects),
        "CFItemTypes": by_identifier(definitions.CFItemTypes),
        "CFAssociationGroupings": by_identifier(definitions.CFAssociationGroupings),
    }  # fmt: skip
    identifier = next(iter(things.get(collection, {volume.document.identifier: None})), "none")
    return {"version": "v1p1", "identifier": identifier}


def _row(collection: str) -> Row:
    # Trellis makes no groups of associations, so that there is none to be had.
    status = 404 if collection == "CFAssociationGroupings" else 200
    return Row(EVERYONE, args=lambda cast: _first(collection, cast), yes=status)


ROWS: dict[str, tuple[Row, ...]] = {
    "case:documents": (Row(EVERYONE, args=lambda cast: {"version": "v1p1"}),),
    "case:discovery": (Row(EVERYONE, args=lambda cast: {"version": "v1p1"}),),
    "case:nothing": (Row(EVERYONE, args=lambda cast: {"version": "v1p1", "rest": "nowhere"}, yes=404),),
    **{f"case:{operation.collection}": (_row(operation.collection),) for operation in OPERATIONS},
    # an edition as a file, for everybody
    "exchange:edition-file": (
        Row(EVERYONE, args=lambda cast: {"framework": "nea-lcf", "edition": "2020", "form": "moodle"}),
        Row(NOBODY, args=lambda cast: {**a_drafts_page(cast), "form": "moodle"}, visitor=404, of="of a draft"),
    ),
}
