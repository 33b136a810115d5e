# What ./lintel, ./test and .ci/run share: look for what is missing, install it, build. Sourced with $here at the
# repository's root. Everything that is said goes to standard error, so that --json stays clean; with nothing to do
# nothing is said.

stamp="$here/.build/stamp"
export OMP_WAIT_POLICY=passive          # libgomp's spinning threads make two slower than one; read when it loads
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf 'lintel: %s\n' "$*" >&2; }
fail() { say "$*"; exit 2; }

# The apphost looks in the usual places only; an SDK elsewhere (~/.dotnet) is found through PATH.
if [ -z "${DOTNET_ROOT:-}" ] && [ ! -e /etc/dotnet/install_location ] && [ ! -d /usr/share/dotnet ] && [ ! -d /usr/lib/dotnet ]
then
  dotnet=$(command -v dotnet || true)
  [ -z "$dotnet" ] || { DOTNET_ROOT=$(dirname -- "$(readlink -f -- "$dotnet")"); export DOTNET_ROOT; }
fi

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 ||
    fail "needs the .NET 10 SDK, and there is no dotnet in PATH. Install it from https://dotnet.microsoft.com/download/dotnet/10.0"
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    fail "needs the .NET 10 SDK; dotnet has: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')(none of them is 10.x). Install it from https://dotnet.microsoft.com/download/dotnet/10.0"
}

# apt_install PACKAGE WHY: as root it installs; otherwise it says what to install, and returns 1.
apt_install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "$2 is missing. Install the Debian package $1:  sudo apt-get install -y $1"
    return 1
  fi
  say "installing $1 ($2)"
  mkdir -p "$here/.build"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1" >"$here/.build/apt.log" 2>&1 ||
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1"; } \
      >"$here/.build/apt.log" 2>&1 ||
    { tail -n 5 "$here/.build/apt.log" >&2; say "apt-get could not install $1 (whole text: .build/apt.log)"; return 1; }
}

have_library() {
  for folder in /usr/lib/*-linux-gnu /lib/*-linux-gnu /usr/local/lib /usr/lib64 /usr/lib; do
    [ ! -e "$folder/$1" ] || return 0
  done
  ldconfig -p 2>/dev/null | grep -qF "$1 "
}

# XGBoost fits the boosted trees; serving does not need it.
need_xgboost() {
  [ -z "${LINTEL_NATIVE_XGBOOST:-}" ] || return 0
  have_library libxgboost.so.0 || apt_install libxgboost0 "XGBoost, which fits boosted trees," || exit 2
}

# DuckDB reads and writes CSV and Parquet; the npm package carries the official library, pinned by native/package-lock.json.
need_duckdb() {
  [ -z "${LINTEL_NATIVE_DUCKDB:-}" ] || return 0
  [ ! -e "$here/native/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so" ] || return 0
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
    fail "the pinned DuckDB is built for Linux on x86-64, this is $(uname -s) on $(uname -m); set LINTEL_NATIVE_DUCKDB to a libduckdb 1.5.6"
  command -v npm >/dev/null 2>&1 ||
    fail "needs npm (Node 20) to fetch the pinned DuckDB. Install the Debian packages nodejs and npm:  sudo apt-get install -y nodejs npm"
  say "fetching the pinned DuckDB (npm ci in native/)"
  mkdir -p "$here/.build"
  (cd "$here/native" && npm ci --ignore-scripts --no-audit --no-fund) >"$here/.build/npm.log" 2>&1 ||
    { tail -n 8 "$here/.build/npm.log" >&2; fail "npm ci failed in native/ (whole text: .build/npm.log)"; }
}

# The browser test drives it; without it that test is skipped and says so.
want_chromium() {
  command -v chromium >/dev/null 2>&1 || apt_install chromium "Chromium, for the browser test," || true
}

# Whether something that goes into the program changed since the last build.
is_stale() {
  [ ! -f "$stamp" ] || [ ! -x "$here/artifacts/bin/Lintel.Cli/release/lintel" ] || [ -n "$(find "$here/src" \
    "$here/Directory.Build.props" "$here/Directory.Packages.props" "$here/.editorconfig" \
    -newer "$stamp" -print -quit)" ]
}

# build TARGET: a project or the solution, in Release, restored from the lock files; only its errors are shown.
# Descriptor 9 is the caller's lock: the compiler's servers live on and must not inherit it.
build() {
  need_dotnet
  mkdir -p "$here/.build"; new="$stamp.$$"; : >"$new"        # before the build: an edit made during it counts as newer
  if dotnet build "$1" -c Release --nologo -v q -p:RestoreLockedMode=true >"$here/.build/build.log" 2>&1 9>&-
  then mv -f "$new" "$stamp"
  else
    rm -f "$new"
    grep -E "(error|MSB[0-9]+)" "$here/.build/build.log" | sort -u | head -n 20 >&2
    say "the build failed (whole text: .build/build.log)"
    return 1
  fi
}
