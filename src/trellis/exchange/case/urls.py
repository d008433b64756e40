"""Addresses of the CASE provider, below `/ims/case/`: the permanent 1.1, and 1.0 for older readers."""

from django.urls import re_path

from trellis.exchange.case.discovery import DISCOVERY
from trellis.exchange.case.operations import OPERATIONS
from trellis.exchange.case.views import description, documents, nothing, thing

app_name = "case"
urlpatterns = [
    re_path(r"^(?P<version>v1p[01])/CFDocuments/?$", documents, name="documents"),
    *(
        re_path(
            rf"^(?P<version>v1p[01])/{operation.collection}/(?P<identifier>(?s:.+))\Z",
            thing,
            {"collection": operation.collection},
            name=operation.collection,
        )
        for operation in OPERATIONS
    ),
    re_path(rf"^(?P<version>v1p1)/{DISCOVERY}$", description, name="discovery"),
    # Whatever else may stand there, line breaks too.
    re_path(r"^(?P<version>v1p[01])/(?P<rest>(?s:.*))\Z", nothing, name="nothing"),
]
