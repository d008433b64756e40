#!/usr/bin/env bash
# Our measures beside R's own packages, on public and simulated data. Installs R from Debian if it is missing (root).
set -euo pipefail
cd "$(dirname "$0")/.."
if ! Rscript -e 'for (p in c("psych", "lme4", "MASS")) library(p, character.only = TRUE)' >/dev/null 2>&1; then
  command -v apt-get >/dev/null || { echo "Install R with its packages psych, lme4 and MASS first."; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends r-base-core r-cran-psych r-cran-lme4 r-cran-mass >/dev/null
fi
PYTHONPATH=. nice .venv/bin/python tests/reference/compare.py "$@"
