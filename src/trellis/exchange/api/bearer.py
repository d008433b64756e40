"""Who calls: a token in the Authorization header, and whether it allows what is asked."""

from django.http import HttpRequest
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from trellis.exchange.api.token_access import token_of
from trellis.exchange.models import ApiToken
from trellis.exchange.tokens import note_use


class Bearer(HttpBearer):
    """Lets in who shows a token that allows a scope; the person behind it becomes `request.user`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token, None when it is not a good one; raises AuthorizationError when it does not allow this."""
        found = token_of(request)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise AuthorizationError(message=f"This token does not allow {self.scope!r}.")
        note_use(found)
        request.user = found.person
        return found
