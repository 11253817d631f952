#!/bin/sh
# Builds and runs the tests, those whose names match $1 where it is given. Says how far it is, shows what fails when it
# fails and once more at the end; everything that the tests print stands in .build/test.log.
set -eu
cd "$(dirname "$0")/.."

scripts/deps.sh test
scripts/peers.sh
swift build --explicit-target-dependency-import-check error --build-tests

log=.build/test.log
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# Hundreds of tests with servers of their own at once would only wait for each other.
{
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6 \
        swift test --explicit-target-dependency-import-check error --skip-build ${1:+--filter "$1"} 2>&1 || echo $? >"$state/code"
} | tee "$log" | awk -v failures="$state/failures" '
    # An argument of several lines goes on below the line that says its test has started.
    /^◇ / { noise = 1; failing = 0; next }
    # The other testing framework says that it has no tests.
    /^Test Suite |^\t Executed 0 tests/ { next }
    /^✔ Test run with / { print; next }
    /^✔ / {
        noise = failing = 0
        if (/^✔ Test / && ++passed % 100 == 0) { print passed " tests passed"; fflush() }
        next
    }
    /^✘/ { noise = 0; failing = 1 }
    /^↳/ && !failing { next }
    /^(✘|↳)/ { print; fflush(); print > failures; next }
    failing { print; fflush(); print > failures; next }
    /^error: |Fatal error|Crash|crash/ || !noise { print; fflush() }
'

[ -e "$state/code" ] || exit 0
if [ -s "$state/failures" ]; then
    printf '\nFAILED (everything stands in %s):\n' "$log"
    cat "$state/failures"
else
    printf '\nFAILED: the tests ended early; the last lines of %s:\n' "$log"
    tail -n 40 "$log"
fi
exit "$(cat "$state/code")"
