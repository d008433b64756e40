"""Fills an empty site with an association of a given size, and writes down what is to be measured there."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bench.association import Shape, plant
from bench.signing import session_of
from trellis.assessment.actions import begin, instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.framework.queries import edition_tree, main_edition
from trellis.growth.actions import load_profiles

NEAR = 48
FOUND = "measured.json"


class Command(BaseCommand):
    """`fill_association --persons N`: leaves `measured.json` in the data folder."""

    help = "Fill an empty site with an association of a given size (for the benchmark)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        edition = main_edition()
        if edition is None:
            raise LookupError("the framework comes first")
        instrument = instrument_for(edition, SHORT_SELF, by=None)
        load_profiles(edition, by=None)
        president, local = plant(Shape(persons=options["persons"], near=NEAR))
        response = begin(instrument, by=president)
        tree = edition_tree(edition)
        found = {
            "session": session_of(president),
            "team": f"/team/{local.uid}/",
            "response": f"/assess/{response.uid}/",
            "codes": list(tree.theme_by_code),
            "cell": f"/framework/{tree.framework_code}/{tree.code}/{tree.themes[0].cells[0].code}/",
        }
        (settings.TRELLIS_DATA / FOUND).write_text(json.dumps(found), encoding="utf-8")
