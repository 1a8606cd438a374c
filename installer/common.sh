# Shared by installer/demo and installer/test; source it from either. Needs bash.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build"

# say WORDS: tells the person what goes on, on standard error, so that standard output stays for results.
say() { printf '%s\n' "$*" >&2; }

# telling LOG: keeps what it reads in LOG, and shows its last line every 20 s, also when no other came: a silent minute
# looks like a hang.
telling() {
    local part begun="" line="" last=$SECONDS status
    while :; do
        status=0
        IFS= read -r -t 20 part || status=$?
        begun+=$part
        if [ $status -eq 0 ]; then
            line=$begun begun=""
            printf '%s\n' "$line" >>"$1"
        elif [ $status -le 128 ]; then
            return 0
        fi
        [ $((SECONDS - last)) -ge 20 ] || continue
        last=$SECONDS
        say "  ${line:0:100}"
    done
}

# fail SENTENCE: the end. misused SENTENCE: the same, when what was typed is wrong.
fail() { say "ringbook: $*"; exit 1; }
misused() { say "ringbook: $*; see $0 --help"; exit 2; }

wanted_packages() { grep -v '^#' "$root/installer/packages-debian.txt"; }

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1=="ii"{print $2}')
    wanted_packages | grep -vxF "$installed" || true
}

# Installs what is missing from the distribution; says what it does, and does nothing (and needs no network) when all is there.
install_missing() {
    command -v dpkg-query >/dev/null || fail "this script installs packages on Debian 12 and its kin; elsewhere install what installer/packages-debian.txt names and build with CMake"
    local missing sudo=""
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing and only root can install them: $(tr '\n' ' ' <<<"$missing")"
        sudo=sudo
    fi
    say "Installing $(wc -l <<<"$missing") packages (about a minute with a quick mirror) …"
    local log="${TMPDIR:-/tmp}/ringbook-packages.$$.log"
    # An old package list is good enough most of the time; a failed refresh is only told when the installation fails too.
    $sudo apt-get update -qq >"$log" 2>&1 || true
    # shellcheck disable=SC2086
    if ! $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing 2>&1 | telling "$log"; then
        tail -n 15 "$log" >&2
        fail "the packages could not be installed; the end of $log is above"
    fi
    rm -f "$log"
}

# is_configuration WORD
is_configuration() { [[ $1 =~ ^(release|debug|asan)$ ]]; }

# build_failed LOG: says why, as far as a log can.
build_failed() {
    ! grep -q 'No space left on device' "$1" || fail "there is no room left on the disk of $build"
    ! grep -qE 'Killed signal|cannot allocate memory|out of memory' "$1" ||
        fail "this machine has too little memory to build; close other programs, then try again"
    ! grep 'unknown target' "$1" >&2 || misused "there is nothing of this name to build"
    grep -A12 -m3 'FAILED:' "$1" >&2 || tail -n 30 "$1" >&2
    fail "the build failed; all of it is in $1"
}

# build_all CONFIGURATION [TARGET …]: into build/<configuration>. Quick when nothing changed.
build_all() {
    local configuration=$1 options=()
    shift
    case $configuration in
        release) options=(-DCMAKE_BUILD_TYPE=Release) ;;
        debug) options=(-DCMAKE_BUILD_TYPE=Debug) ;;
        asan) options=(-DCMAKE_BUILD_TYPE=Debug -DRINGBOOK_SANITIZE=ON) ;;
    esac
    local log="$build/$configuration/build.log"
    { mkdir -p "$build/$configuration" && : >>"$log"; } 2>/dev/null ||
        fail "the folder $build/$configuration cannot be written to; use a checkout of your own, on a disk with room"
    # A checkout that was copied or moved would build the one that it was.
    local cache="$build/$configuration/CMakeCache.txt"
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        rm -rf "${build:?}/$configuration"
        mkdir -p "$build/$configuration"
    fi
    if [ ! -f "$build/$configuration/build.ninja" ]; then
        cmake -S "$root" -B "$build/$configuration" -G Ninja "${options[@]}" >"$log" 2>&1 ||
            { tail -n 30 "$log" >&2; fail "CMake could not set up the build; the end of $log is above"; }
    fi
    say "Building ($configuration; the first time takes some minutes) …"
    : >"$log"
    ninja -C "$build/$configuration" "$@" 2>&1 | telling "$log" || build_failed "$log"
}
