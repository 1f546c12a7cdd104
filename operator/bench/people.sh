#!/usr/bin/env bash
# Times what people wait for, three times each, and compares the median with its goal. `make bench BENCH=people` calls it.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target
log=target/bench.log

# median SECONDS...: the middle one
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

# run COMMAND: what it prints is shown when it fails
run() { bash -c "$1" >"$log" 2>&1 || { printf '%s failed:\n%s\n' "$1" "$(tail -n 5 "$log")" >&2; exit 1; }; }

# measure NAME GOAL BEFORE COMMAND: runs BEFORE untimed and COMMAND timed, three times
measure() {
  local name=$1 goal=$2 before=$3 command=$4 times=() start
  for _ in 1 2 3; do
    run "$before"
    start=$EPOCHREALTIME
    run "$command"
    times+=("$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f", b - a}')")
  done
  awk -v name="$name" -v goal="$goal" -v value="$(median "${times[@]}")" \
    'BEGIN {
      verdict = value <= goal ? "PASS" : "MISS"
      printf "%-62s %12s %14s   %s\n", name, "≤ " goal " s", value " s", verdict
      printf "%s\t≤ %s s\t%s s\t%s\n", name, goal, value, verdict >> "target/bench.tsv"
    }'
}

measure 'make images, nothing changed' 5 true 'make images'
measure 'make up, from nothing, all built' 30 'make down' 'make up'
measure 'make up, already up' 5 true 'make up'
measure 'make run, the second' 60 'make run' 'make run'
measure 'ashlar --help' 0.5 true 'operator/ashlar --help'
measure 'ashlar status' 0.5 true 'operator/ashlar status'
