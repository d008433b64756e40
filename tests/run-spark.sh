#!/usr/bin/env bash
# The questions about groups on Apache Spark: a master and two workers on loopback, beside DuckDB, to the last cell.
# Needs Java 17 or newer; installs Java from Debian if it is missing (root). Spark itself is half a gigabyte, and so lives
# in an environment of its own that stays: .venv-spark.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v java >/dev/null; then
  command -v apt-get >/dev/null || { echo "Install Java 17 first"; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi
venv=.venv-spark
if ! cmp -s requirements/spark.txt "$venv/.installed"; then
  echo "Installing the packages and Apache Spark into $venv (half a gigabyte) ..."
  [ -x "$venv/bin/python" ] || bash tools/make-venv.sh "${PYTHON:-python3}" "$venv"
  "$venv/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/spark.txt
  cp requirements/spark.txt "$venv/.installed"
fi
unset DATABASE_URL
PYTHONPATH=src:. SPARK_LOCAL_IP=127.0.0.1 nice "$venv/bin/python" -m tests.spark.compare
