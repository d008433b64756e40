"""Addresses of badges; those without a slash at the end stand in signed documents, and never change."""

from django.urls import path

from trellis.exchange.badges.views.achievement import achievement
from trellis.exchange.badges.views.credential import credential, credential_json, credential_jwt
from trellis.exchange.badges.views.issuer import did, issuer, status

app_name = "badges"
urlpatterns = [
    path(".well-known/did.json", did, name="did"),
    path("badges/issuer", issuer, name="issuer"),
    path("badges/status/<int:number>", status, name="status"),
    path("badges/achievements/<slug:framework>/<slug:edition>/<str:code>", achievement, name="achievement"),
    path("badges/credentials/<uuid:uid>", credential, name="credential"),
    path("badges/credentials/<uuid:uid>.json", credential_json, name="credential-json"),
    path("badges/credentials/<uuid:uid>.jwt", credential_jwt, name="credential-jwt"),
]
