#!/usr/bin/env bash
# The whole proof: linters and types, the suite and then the browser tests, each on two workers.
# Everything runs even when something failed before; the last lines say what did.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Bytecode is kept: each of hundreds of processes would compile all of Trellis and of its tests anew.
unset PYTHONDONTWRITEBYTECODE
unset DATABASE_URL # SQLite, whatever the caller's shell says; run-postgres.sh is for the other
failed=()

part() {
  local name=$1
  shift
  printf '\n== %s ==\n' "$name"
  "$@" 2>&1 | tee "$work/log" || failed+=("$name")
  printf '%-9s %s\n' "$name:" "$(tail -n 1 "$work/log")" >>"$work/summary"
}

part linters bash tests/lint.sh
part tests "$bin/pytest" -n 2 --ignore=tests/browser
part browser "$bin/pytest" -n 2 tests/browser

printf '\n== in short, after %d s ==\n' "$SECONDS"
cat "$work/summary"
if [ ${#failed[@]} -eq 0 ]; then echo "Everything passed."; else echo "FAILED: ${failed[*]}"; fi
if [ -z "$("$bin/python" -c 'from tests.chromium import find; print(find() or "")')" ]; then
  echo "!! BROWSER TESTS WERE SKIPPED: no Chromium on this machine (apt install chromium) !!"
fi
[ ${#failed[@]} -eq 0 ]
