"""What the tests of the assessment's pages share: a member in their browser, and what they have begun."""

import pytest
from django.test import Client

from tests.assessment.answers import instrument_of
from tests.cast import Cast
from trellis.assessment.actions import begin
from trellis.assessment.models import Response
from trellis.assessment.sequence import themes_in_order
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode


@pytest.fixture
def member(cast: Cast, client: Client) -> Client:
    """The browser of the member called `own`."""
    client.force_login(cast.persons["own"])
    return client


@pytest.fixture
def going(cast: Cast, framework: Edition) -> Response:
    """The self-assessment that the member has begun."""
    return begin(instrument_of(framework), by=cast.own)


@pytest.fixture
def themes(going: Response, tree: EditionTree) -> list[ThemeNode]:
    """All themes in the order in which the member is asked."""
    return themes_in_order(tree, going.domain_order)
