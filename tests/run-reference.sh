#!/usr/bin/env bash
# Our measures beside R's own packages, our badges before verifiers of others, our sign-in with an issuer of others.
# Installs R and Node from Debian if they are missing (root), and what is of others from npm into folders that go away.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive

missing() { # PACKAGE...: install from Debian
  command -v apt-get >/dev/null || { echo "Install these first: $*"; exit 1; }
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

Rscript -e 'for (p in c("psych", "lme4", "MASS")) library(p, character.only = TRUE)' >/dev/null 2>&1 ||
  missing r-base-core r-cran-psych r-cran-lme4 r-cran-mass
PYTHONPATH=. nice .venv/bin/python tests/reference/compare.py "$@"

command -v npm >/dev/null || missing nodejs npm
verifiers=$(mktemp -d)
issuer=$(mktemp -d)
trap 'rm -rf "$verifiers" "$issuer"' EXIT
cp tests/reference/sign_in/{package.json,package-lock.json,issuer.mjs} "$issuer"
(cd "$issuer" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
OUTSIDE_ISSUER=$issuer nice .venv/bin/pytest -q tests/reference/sign_in/flow.py
cp tests/reference/badges/{package.json,package-lock.json,verify.mjs} "$verifiers"
(cd "$verifiers" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
unset DATABASE_URL
PYTHONPATH=src:. nice .venv/bin/python tests/reference/badges/outside.py "$verifiers"
# A member's whole way in a real browser, and these verifiers look at the badge at its end.
[ -n "$(.venv/bin/python -c 'from tests.chromium import find; print(find() or "")')" ] ||
  { echo "No Chromium: the journey's badge was not shown to them (apt install chromium)"; exit 1; }
OUTSIDE_VERIFIERS=$verifiers nice .venv/bin/pytest -q tests/browser/test_journey.py
