#!/usr/bin/env bash
# The linters, quickest first; each says "ok" in one line, or shows what it found. All run, so that one go shows all faults.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
# Two of them read the settings: these must be the defaults, and must not leave a data folder behind.
unset TRELLIS_MODE DATABASE_URL
TRELLIS_DATA=$(mktemp -d)
export TRELLIS_DATA
trap 'rm -rf "$TRELLIS_DATA"' EXIT
failed=()

check() {
  local name=$1 output started=$SECONDS
  shift
  if output=$("$@" 2>&1); then
    printf 'ok      %-16s %3d s\n' "$name" $((SECONDS - started))
  else
    printf '%s\nFAILED  %-16s %3d s\n' "$output" "$name" $((SECONDS - started))
    failed+=("$name")
  fi
}

check "ruff format" "$bin/ruff" format --check --quiet --output-format concise
check "ruff check" "$bin/ruff" check --quiet --output-format concise
check "import direction" "$bin/lint-imports" --no-cache
check "django check" "$bin/trellis" check
check "migrations" "$bin/trellis" makemigrations --check --dry-run
check "mypy" "$bin/mypy" --no-error-summary

if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed: ${failed[*]}"
  exit 1
fi
echo "All linters are content."
