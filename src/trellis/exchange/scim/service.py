"""What the SCIM service offers, as its discovery documents say it, and how it answers one request of a directory."""

import logging
from functools import cache

from scim2_models import (
    AuthenticationScheme,
    ChangePassword,
    ETag,
    External,
    Filter,
    Patch,
    Reference,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    UnauthorizedException,
)
from scim2_models import Bulk as BulkLimits
from scim2_models.exceptions import SCIMException
from scim2_server.applications.base import BaseApplication
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService

from trellis.exchange.models import DirectoryToken
from trellis.exchange.scim.resource import User
from trellis.exchange.scim.storage import DirectoryStorage

_log = logging.getLogger(__name__)
_MOST_ON_A_PAGE = 200
_READS = frozenset({"GET", "HEAD"})


@cache
def service() -> ScimService:
    """Return the service: users, with PATCH, filters, sorting and ETags; no bulk requests, and no passwords."""
    config = ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=BulkLimits(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=_MOST_ON_A_PAGE),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Token of a directory",
                description="Made on the page Directories",
                spec_uri=Reference[External]("https://datatracker.ietf.org/doc/html/rfc6750"),
                primary=True,
            )
        ],
    )
    # Directories send more than we keep, which is dropped; and Microsoft Entra bends the rules of PATCH.
    policy = ScimPolicy(
        unknown=ScimPolicy.Unknown.ignore,
        remove_value_as_filter=ScimPolicy.RemoveValue.apply,
        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
    )
    return ScimService(ScimProvider(models=[User], config=config, policy=policy))


class DirectoryApplication(BaseApplication):
    """Answers requests of whoever shows this token; without a good one only what the service offers."""

    def __init__(self, token: DirectoryToken | None) -> None:
        super().__init__(service().provider, service())
        self._token = token

    def serve(self, request: ScimRequest) -> ScimResponse:
        """Return the answer to a request, whatever becomes of it."""
        try:
            response = self._served(request)
        except Exception as error:
            response = self.handle_exception(request, error)
        return self.finalize_response(request, response)

    def handle_exception(self, request: ScimRequest, exception: Exception) -> ScimResponse:
        """Turn a failure into its answer; a refusal is not logged, for it may hold what was asked."""
        if not isinstance(exception, SCIMException):
            _log.error("a SCIM request failed", exc_info=exception)
        return self.service.error_response(exception)

    def _served(self, request: ScimRequest) -> ScimResponse:
        if self._token is not None:
            reads = request.method in _READS or request.path.rstrip("/").endswith(".search")
            return ScimHandler(self.service, DirectoryStorage(self._token, writes=not reads)).handle(request)
        if self.needs_auth(request):
            raise UnauthorizedException(detail="Show the token of a directory, after the word Bearer")
        with self.provider:
            return self.service.service_provider_config(request.url, request.query)
