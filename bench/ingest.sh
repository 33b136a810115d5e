#!/bin/sh
# POST /v1/events in batches of 100 payments, each acknowledged once it is on disk, the client on the same machine.
# Usage: bench/ingest.sh [SECONDS] [CONNECTIONS] [DESIGN].
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
seconds=${1:-5}; connections=${2:-16}; design=${3:-$here/../systems/fraud/design.yaml}; work=$(mktemp -d)
pid=
trap 'kill $pid 2>/dev/null || :; rm -rf "$work"' EXIT
dotnet build "$here/Lintel.Bench" -c Release --nologo -v q "-clp:ErrorsOnly;NoSummary" >&2
ours="$here/../artifacts/bin/Lintel.Bench/release/Lintel.Bench"
export DOTNET_gcServer=0
mkfifo "$work/in"; "$ours" serve "$design" 18091 < "$work/in" 2>"$work/err" & pid=$!
exec 9> "$work/in"
n=0
until curl -sf http://127.0.0.1:18091/health/ready >/dev/null 2>&1; do
  n=$((n + 1)); kill -0 $pid 2>/dev/null && [ $n -lt 240 ] || { cat "$work/err" >&2; exit 1; }; sleep 0.25
done
for form in lines array; do "$ours" ingest http://127.0.0.1:18091 "$seconds" "$connections" 100 $form; done
exec 9>&-; wait $pid 2>/dev/null || :
pid=
