#!/usr/bin/env bash
# The suite without the browser tests, on the PostgreSQL server that DATABASE_URL names; the role needs CREATEDB.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${DATABASE_URL:-}" in
  postgres://* | postgresql://*) ;;
  *)
    echo "Set DATABASE_URL to a PostgreSQL server, such as postgres://user:password@127.0.0.1:5432/trellis" >&2
    exit 2
    ;;
esac
unset PYTHONDONTWRITEBYTECODE # as in run.sh
.venv/bin/pytest -n 2 --ignore=tests/browser
