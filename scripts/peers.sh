#!/bin/sh
# Other bot frameworks and servers in a virtual environment of their own, for the tests that run their bots against
# the simulator and for the benchmarks. Costs nothing when they are there.
set -eu
cd "$(dirname "$0")/.."

directory=.build/peers
wanted="aiogram==3.31.0 python-telegram-bot==22.8 pyTelegramBotAPI==4.37.1 aiohttp"
# What their own suites need, and the releases that carry them.
testing="pytest==8.4.2 pytest-asyncio==0.21.2 flaky==3.8.1 beautifulsoup4 pytz"
suites="python-telegram-bot==22.8 pyTelegramBotAPI==4.37.1"
stamp=$directory/installed

[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted $testing $suites" ] && exit 0

mkdir -p .build
[ -x $directory/bin/python ] || python3 -m venv $directory
# shellcheck disable=SC2086 # the list is meant to be split
$directory/bin/python -m pip install --quiet --disable-pip-version-check $wanted $testing
rm -rf $directory/suites
mkdir -p $directory/suites
# shellcheck disable=SC2086
$directory/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest $directory/suites $suites
for archive in "$directory"/suites/*.tar.gz; do tar -xzf "$archive" -C $directory/suites; done
printf '%s\n' "$wanted $testing $suites" >"$stamp"
