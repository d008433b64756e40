"""Addresses of badges; those without a slash at the end stand in signed documents, and never change."""

from django.urls import path

from trellis.exchange.badges.views.achievement import achievement, achievement_png, achievement_svg
from trellis.exchange.badges.views.check import check
from trellis.exchange.badges.views.credential import (
    credential,
    credential_json,
    credential_jwt,
    credential_png,
    credential_svg,
)
from trellis.exchange.badges.views.issuer import did, issuer, status
from trellis.exchange.badges.views.own import ask, ask_for_programme, own, revoke
from trellis.exchange.badges.views.programme import programme, programme_png, programme_svg
from trellis.exchange.badges.views.take_back import take_back
from trellis.exchange.badges.views.wallet import transcript, transcript_pdf, wallet

_CELL = "badges/achievements/<slug:framework>/<slug:edition>/<str:code>"
_CREDENTIAL = "badges/credentials/<uuid:uid>"

app_name = "badges"
urlpatterns = [
    path(".well-known/did.json", did, name="did"),
    path("badges/issuer", issuer, name="issuer"),
    path("badges/status/<int:number>", status, name="status"),
    path("badges/achievements/programs/<uuid:uid>", programme, name="programme"),
    path("badges/achievements/programs/<uuid:uid>.png", programme_png, name="programme-png"),
    path("badges/achievements/programs/<uuid:uid>.svg", programme_svg, name="programme-svg"),
    path(f"{_CELL}.png", achievement_png, name="achievement-png"),
    path(f"{_CELL}.svg", achievement_svg, name="achievement-svg"),
    path(_CELL, achievement, name="achievement"),
    path(_CREDENTIAL, credential, name="credential"),
    path(f"{_CREDENTIAL}.json", credential_json, name="credential-json"),
    path(f"{_CREDENTIAL}.jwt", credential_jwt, name="credential-jwt"),
    path(f"{_CREDENTIAL}.png", credential_png, name="credential-png"),
    path(f"{_CREDENTIAL}.svg", credential_svg, name="credential-svg"),
    path("badges/", wallet, name="wallet"),
    path("badges/ready/<uuid:uid>/", ask, name="ask"),
    path("badges/ready/program/<uuid:uid>/", ask_for_programme, name="ask-programme"),
    path("badges/mine/<uuid:uid>/", own, name="own"),
    path("badges/mine/<uuid:uid>/revoke/", revoke, name="revoke"),
    path("badges/transcript/<int:part>/", transcript, name="transcript"),
    path("badges/transcript.pdf", transcript_pdf, name="transcript-pdf"),
    path("badges/verify/", check, name="check"),
    path("badges/take-back/", take_back, name="take-back"),
]
