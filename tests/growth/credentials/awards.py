"""What the tests of credentials stand on: a programme that one of the cast has completed, or not."""

import datetime as dt
from typing import Any

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.learning.models import Cohort, CohortMember, Programme, ProgrammeCell
from trellis.people.models import Person


def place_in_cohort(cast: Cast, person: Person, **more: Any) -> CohortMember:
    """A place in a cohort of a programme of the state; completed today unless it is said otherwise."""
    programme, made = Programme.objects.get_or_create(
        unit=cast.unit("Alder"), title="Emerging leaders", defaults={"description": "Eight evenings and a project."}
    )
    tree = main_tree()
    assert tree is not None
    theme = tree.theme_by_code["ORG.5"]
    if made:
        ProgrammeCell.objects.create(
            programme=programme,
            theme_uid=theme.uid,
            theme_code=theme.code,
            cell_uid=theme.cell(1).uid,
            cell_code=theme.cell(1).code,
            level=1,
        )
    today = clock.today()
    cohort = Cohort.objects.create(
        programme=programme,
        title="Fall",
        starts_on=today - dt.timedelta(days=90),
        ends_on=today,
        sessions_planned=6,
        attend_least=5,
    )
    return CohortMember.objects.create(cohort=cohort, person=person, **{"completed_on": today, **more})
