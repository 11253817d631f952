#!/bin/sh
# Formatting, and rules that no compiler checks. Prints what to change; says nothing when all is well.
set -eu
cd "$(dirname "$0")/.."

swift format lint --strict --recursive --parallel Package.swift Sources Tests Examples Fuzz $([ -d Plugins ] && echo Plugins)

failed=0
refuse() { # refuse WHAT PATTERN [PATHSPEC…]: no tracked Swift line may match
    what=$1 pattern=$2
    shift 2
    if found=$(git grep -nE "$pattern" -- "$@"); then
        printf '%s\n%s\n\n' "$what" "$found" >&2
        failed=1
    fi
}

refuse "Foundation brings megabytes that nothing here needs; import FoundationEssentials." \
    '^(public |package |internal )?import (Foundation|FoundationNetworking|FoundationXML)$' 'Sources/*.swift'
refuse "try! and as! end the process for everybody." '(try!|as!) ' 'Sources/*.swift'
# A long sleep stands for work that is to be cancelled; a short one for hope.
refuse "A test that sleeps is slow or wrong; wait for the signal." \
    '(usleep\(|Task\.sleep\((nanoseconds|for: \.(milli|micro)seconds|for: \.seconds\([0-9]\)))' 'Tests/*.swift'
refuse "Unfinished work belongs into an issue." '(^|[^A-Za-z])(TODO|FIXME|XXX)([^A-Za-z]|$)' 'Sources/*.swift' 'Tests/*.swift'

exit $failed
