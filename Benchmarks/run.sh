#!/bin/sh
# Runs all benchmarks; README.md says what they need. OPA names the folder opa_bindings of the unpacked OPA wheel;
# without it Rego is not compared.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lintel=${LINTEL:-$here/../.build/release/lintel}

python3 "$here/check.py" --lintel "$lintel"
if command -v wrk >/dev/null; then
  python3 "$here/serve/serve.py" --lintel "$lintel" load reload rotate hostile drain
else
  echo "wrk is not installed: the webhook is not loaded." >&2
fi
if command -v chromedriver >/dev/null; then
  python3 "$here/../Tests/Browser/playground_speed.py" "$lintel"
else
  echo "chromedriver is not installed: typing in the playground is not timed." >&2
fi
if [ -z "${OPA:-}" ]; then
  echo "OPA is not set: the comparison with OPA and regorus is left out." >&2
  exit 0
fi
make -C "$here/.." rego-bench
bin=$(swift build -c release --package-path "$here" --show-bin-path)
python3 "$here/compare.py" --lintel "$bin/rego-bench" --opa "$OPA"
