#!/bin/sh
# POST /v1/decide whole (validation, features, models, policy, durable record) beside a bare Kestrel POST /score on the same
# machine, in turns; then its latency at 2,000 requests a second. Usage: bench/serve.sh [ROUNDS] [SECONDS] [DESIGN]. Needs wrk.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
peer="$here/../../shared/bench/kestrel"
rounds=${1:-3}; seconds=${2:-5}; design=${3:-$here/../systems/fraud/design.yaml}; work=$(mktemp -d)
trap 'kill $pid 2>/dev/null || :; rm -rf "$work"' EXIT
pid=
dotnet build "$here/Lintel.Bench" -c Release --nologo -v q "-clp:ErrorsOnly;NoSummary" >&2
cp -r "$peer" "$work/kestrel"
dotnet build "$work/kestrel" -c Release --nologo -v q -o "$work/peer" "-clp:ErrorsOnly;NoSummary" >&2
ours="$here/../artifacts/bin/Lintel.Bench/release/Lintel.Bench"
export DOTNET_gcServer=0

wait_for() { n=0; until curl -sf "$1" >/dev/null 2>&1; do n=$((n + 1)); 
  kill -0 $pid 2>/dev/null && [ $n -lt 240 ] || { echo "$1 does not answer" >&2; cat "$work/err" >&2; exit 1; }; sleep 0.25; done; }
measure() { wrk -t1 -c64 -d3s -s "$2" "$1" >/dev/null; wrk -t1 -c64 "-d${seconds}s" --latency -s "$2" "$1" > "$work/out"
  grep -q "Non-2xx" "$work/out" && { cat "$work/out" >&2; exit 1; }
  awk '/Requests\/sec/ { r = $2 } /99%/ { p = $2 } END { print r, p }' "$work/out"; }

i=0
while [ $i -lt "$rounds" ]; do
  i=$((i + 1))
  dotnet "$work/peer/kestrel.dll" & pid=$!
  wait_for http://127.0.0.1:18080/json
  bare=$(measure http://127.0.0.1:18080/score "$peer/score.lua")
  kill $pid; wait $pid 2>/dev/null || :
  mkfifo "$work/in$i"; "$ours" serve "$design" 18090 < "$work/in$i" 2>"$work/err" & pid=$!
  exec 9> "$work/in$i"
  wait_for http://127.0.0.1:18090/health/ready
  whole=$(measure http://127.0.0.1:18090/v1/decide "$here/decide.lua")
  echo "$bare $whole" | awk '{ printf "bare %8.0f/s p99 %s   decide %8.0f/s p99 %s   ratio %.2f\n", $1, $2, $3, $4, $3 / $1 }'
  if [ $i -eq "$rounds" ]; then "$ours" pace http://127.0.0.1:18090 2000 10; fi
  exec 9>&-; wait $pid 2>/dev/null || :
done
pid=
