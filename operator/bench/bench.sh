#!/usr/bin/env bash
# Measures what has a goal: all of it, or the parts that are named. Prints one table and keeps it in target/bench.tsv.
#   people                                   what people wait for
#   thousand, converge, drift, start, pods   what the operator costs (dev.ashlar.operator.bench says how), beside its twin in Go
#   gateway                                  pages by it, by plain Caddy and by nginx itself
#   ours                                     the operator alone, for a profiler:
#                                            BENCH_OPTIONS=-Doperator.options=-XX:StartFlightRecording:filename=/tmp/ours.jfr
# Smaller: BENCH_OPTIONS='-Dsites=100 -Drounds=1'.
set -euo pipefail
cd "$(dirname "$0")/../.."
parts=${1:-people thousand converge drift start pods gateway}
mkdir -p target/bench
rm -f target/bench.tsv

case " $parts " in *" people "*) operator/bench/people.sh ;; esac
parts=${parts//people/}
[ -n "${parts// /}" ] || exit 0

(cd operator/bench/twin && PATH="$PATH:/usr/local/go/bin" CGO_ENABLED=0 go build -trimpath -o ../../../target/bench/twin .)
# shellcheck disable=SC2086 # options and parts are words
"$JAVA_HOME/bin/java" ${BENCH_OPTIONS:-} -XX:+UseSerialGC -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
  -cp "operator/target/test-classes:operator/target/classes:$(cat operator/target/bench.classpath)" \
  dev.ashlar.operator.bench.OperatorBench target/bench.tsv $parts
