#!/usr/bin/env bash
# Make the virtual environment, also on a Debian that lacks the python3-venv package (no ensurepip).
set -euo pipefail
python="$1" venv="$2"
if "$python" -c 'import ensurepip' 2>/dev/null; then
  "$python" -m venv "$venv"
else
  # Debian splits ensurepip off; the wheel beside this file is pip itself, and a wheel can be run without being installed.
  "$python" -m venv --without-pip "$venv"
  wheel=$(ls tools/pip-*.whl)
  "$venv/bin/python" "$wheel/pip" --disable-pip-version-check --quiet install --no-index "$wheel"
fi
