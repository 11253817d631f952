#!/bin/sh
# libFuzzer over the parsers: fuzz.sh SECONDS [TARGET…]. What it finds is kept below Fuzz/Corpus, and then fails
# `make test` until it is mended; the growing corpus of a run stays in .build/fuzz-corpus.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
shift

QUARTET_FUZZER=$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a
[ -f "$QUARTET_FUZZER" ] || { echo "there is no libFuzzer at $QUARTET_FUZZER" >&2; exit 69; }
export QUARTET_FUZZER
# The tests reach into the modules, so these must be open in a release build too.
swift build -c release --scratch-path .build/fuzz --product fuzz -Xswiftc -enable-testing
program=.build/fuzz/release/fuzz
export SWIFT_BACKTRACE=enable=no

failed=
for target in ${*:-$($program)}; do
    mkdir -p ".build/fuzz-corpus/$target"
    echo "== $target"
    FUZZ_TARGET=$target "$program" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="Fuzz/Corpus/$target/" ".build/fuzz-corpus/$target" "Fuzz/Corpus/$target" ||
        failed="$failed $target"
done
[ -z "$failed" ] || { echo "faults found in:$failed; the inputs are below Fuzz/Corpus" >&2; exit 1; }
