#!/bin/sh
# Installs what is missing of Debian's packages: `deps.sh build` for the program, `deps.sh test` for its tests too.
# Asks dpkg alone when nothing is missing, so the second time costs nothing.
set -eu

build="libcurl4-openssl-dev libgd-dev libmicrohttpd-dev libsqlite3-dev libssl-dev libyaml-dev zlib1g-dev pkg-config tzdata ca-certificates"
test="chromium chromium-driver fonts-dejavu-core fonts-noto-color-emoji nghttp2-server openssl python3 python3-venv wrk"

case "${1:-build}" in
    build) wanted=$build ;;
    test) wanted="$build $test" ;;
    *) echo "usage: $0 build|test" >&2; exit 64 ;;
esac

command -v swift >/dev/null || { echo "Swift 6.3 is missing: see https://www.swift.org/install/linux/" >&2; exit 69; }
command -v dpkg-query >/dev/null || {
    echo "These packages are needed, by the names Debian gives them: $wanted" >&2
    exit 69
}

missing=""
for package in $wanted; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] ||
        missing="$missing $package"
done
[ -n "$missing" ] || exit 0

root=""
[ "$(id -u)" = 0 ] || root=sudo
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq >&2
# shellcheck disable=SC2086 # the list is meant to be split
$root apt-get install -y -qq --no-install-recommends $missing >&2
