#!/bin/sh
set -eu
$CC -Os -static -s -o "$OUT/pause" "$(dirname "$0")/pause.c"
