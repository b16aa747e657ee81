# Shared by tests/run and examples/quickstart: packages, configuration, build. Sourced with `set -euo pipefail`, and from
# then on in the top folder of the source.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# quietly COMMAND…: its output only if it fails.
quietly() {
    local output
    output=$("$@" 2>&1) || {
        local code=$?
        printf '%s\n' "$output" "$1 failed" >&2
        exit $code
    }
}

# need SECTION…: installs the packages of packages.debian's sections that are not there yet.
need() {
    command -v apt-get >/dev/null || return 0 # not Debian: CMake says what is missing
    local wanted missing sudo=
    wanted=$(awk -v sections=" $* " '
        { sub(/#.*/, "") }
        /^\[/ { on = index(sections, " " substr($1, 2, length($1) - 2) " ") }
        on && !/^\[/ && NF { print $1 }' packages.debian)
    missing=$(comm -23 <(sort <<<"$wanted") <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort))
    [ -n "$missing" ] || return 0
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "installing" $missing
    quietly $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update
    quietly $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
}

# build OPTION-OF-CMAKE… -- OPTION-OF-NINJA…: configures build/ and builds in it.
build() {
    local configure=()
    while [ "$1" != -- ]; do
        configure+=("$1")
        shift
    done
    shift
    quietly cmake --preset default "${configure[@]}"
    [ -t 1 ] || set -- --quiet "$@"
    ninja -C build -j "${JOBS:-$(nproc)}" "$@"
}
