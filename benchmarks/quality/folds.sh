#!/bin/sh
# Trains the adapters that judge what the bundled one was trained on. Each leaves out what it judges:
#
#   benchmarks/quality/folds.sh BENCH OUT      BENCH holds the benchmarks, OUT takes the adapters; about an hour on two cores
#
# and then   MATCHER_ADAPTER=OUT/fold matcher evaluate ...   as docs/scoring.md tells.
set -eu
bench=$1
out=$2

statements() { for year in "$@"; do printf -- '--statements %s/la2050-priorities-%s ' "$bench" "$year"; done; }
rankings() { for fund in "$@"; do printf -- '--rankings %s/catalyst-f%s ' "$bench" "$fund"; done; }
# words that split are meant to: each is one argument
train() {
    # shellcheck disable=SC2086
    matcher train --notices "$bench/nsf-awards-to-notices" --held-out 0.5 \
        --leave-out PowerMyLearning --leave-out "Level Up" --texts "$bench/neh-awards-to-assistance-listings" "$@"
}

# judges LA2050 2014 and 2015, and the NSF notices that the bundled adapter was trained on
train $(statements 2018 2019) $(rankings 4 5 6) --fold second --out "$out/without-2014-2015"
# judges LA2050 2018
train $(statements 2014 2015 2019) $(rankings 4 5 6) --fold second --out "$out/without-2018"
# the low-rank matrices of the bundled adapter never saw Catalyst, so only the projection is fitted anew
train $(statements 2014 2015 2018) $(rankings 5 6) --start-from bundled --out "$out/without-catalyst-f4"
train $(statements 2014 2015 2018) $(rankings 4 6) --start-from bundled --out "$out/without-catalyst-f5"
train $(statements 2014 2015 2018) $(rankings 4 5) --start-from bundled --out "$out/without-catalyst-f6"
