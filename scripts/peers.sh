#!/bin/sh
# Other bot frameworks and servers in a virtual environment of their own, for the tests that run their bots against
# the simulator and for the benchmarks. Costs nothing when they are there.
set -eu
cd "$(dirname "$0")/.."

directory=.build/peers
wanted="aiogram==3.31.0 python-telegram-bot==22.8 pyTelegramBotAPI==4.37.1 aiohttp"
stamp=$directory/installed

[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && exit 0

mkdir -p .build
[ -x $directory/bin/python ] || python3 -m venv $directory
# shellcheck disable=SC2086 # the list is meant to be split
$directory/bin/python -m pip install --quiet --disable-pip-version-check $wanted
printf '%s\n' "$wanted" >"$stamp"
