#!/bin/sh
# Time from starting `lintel serve` to its first answered decision, three times. Usage: bench/first.sh WORKSPACE [SYSTEM]
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
for round in 1 2 3; do
  start=$(date +%s%N)
  "$here/../artifacts/bin/Lintel.Cli/release/lintel" serve "${2:-fraud}" --workspace "$1" --port 8095 >/dev/null 2>&1 & pid=$!
  until curl -sf -o /dev/null http://127.0.0.1:8095/v1/decide \
    -d "{\"id\":\"first-$start\",\"card\":\"1\",\"terminal\":\"1\",\"amount\":50}" 2>/dev/null; do sleep 0.02; done
  echo "first decision after $((($(date +%s%N) - start) / 1000000)) ms"
  kill $pid; wait $pid 2>/dev/null || :
done
