"""What waits for a person in growth, counted for the home page: all kinds in one query, once for each request."""

from collections import Counter
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import CharField, QuerySet, Value
from django.http import HttpRequest

from trellis.core.viewer import viewer_of
from trellis.growth.access import own_evidence
from trellis.growth.mentor_access import asks_to_answer, own_suggestions
from trellis.growth.models import EvidenceStatus
from trellis.people.models import Person

RETURNED, ASKS, SUGGESTIONS = "returned", "asks", "suggestions"
# By the request itself, so that nothing outlives it.
_kinds: WeakKeyDictionary[HttpRequest, dict[str, QuerySet[Any]]] = WeakKeyDictionary()
_counted: WeakKeyDictionary[HttpRequest, Counter[str]] = WeakKeyDictionary()


def rows_waiting(request: HttpRequest) -> dict[str, QuerySet[Any]]:
    """Return the rows of each kind; put together once for a request, because that alone takes milliseconds."""
    if request not in _kinds:
        viewer = viewer_of(request, Person)
        _kinds[request] = {
            RETURNED: own_evidence(viewer).filter(status=EvidenceStatus.RETURNED),
            ASKS: asks_to_answer(viewer),
            SUGGESTIONS: own_suggestions(viewer),
        }
    return _kinds[request]


def waiting_for(request: HttpRequest) -> Counter[str]:
    """Return how much of each kind waits for the viewer; at most one query for a request."""
    if request not in _counted:
        kinds = rows_waiting(request)
        # Rows of different kinds in one query, of which nothing is read but the kind.
        first, *others = (
            rows.order_by().values_list(Value(kind, output_field=CharField()), flat=True)
            for kind, rows in kinds.items()
        )
        _counted[request] = Counter(first.union(*others, all=True))
    return _counted[request]
