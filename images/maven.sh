#!/usr/bin/env bash
# maven.sh lock: lists with its hash what Maven downloads into an empty repository to build the program, in .mvn/artifacts.sha256.
# maven.sh check [DIR]: holds the artifacts in Maven's repository, or in DIR, which `make sources` filled, against that list.
set -euo pipefail
cd "$(dirname "$0")/.."
list=.mvn/artifacts.sha256

lock() {
  local other
  fresh=$(mktemp -d)
  trap 'rm -rf "$fresh"' EXIT
  mvn -B -ntp -q package -DskipTests -Dmaven.repo.local="$fresh/repository"
  (cd "$fresh/repository" && find -- * -name '*.jar' -o -name '*.pom' -o -name 'quarkus-bom-*.properties' | LC_ALL=C sort | xargs sha256sum) >"$fresh/list"
  [ -f "$list" ] || touch "$list"
  other=$(LC_ALL=C join -j 2 "$list" "$fresh/list" | awk '$2 != $3 {print $1 ": locked as " $2 ", but is now " $3}')
  if [ -n "$other" ] && [ -z "${ACCEPT:-}" ]; then
    printf '%s\n' "$other" "The list stays as it was: find out who changed them, then accept it with: ACCEPT=1 images/maven.sh lock"
    exit 1
  fi
  LC_ALL=C comm -3 <(cut -c 67- "$list") <(cut -c 67- "$fresh/list") | sed "s/^\t/maven: new → /; t; s/^/maven: no longer used → /"
  mv "$fresh/list" "$list"
}

check() {
  local place=${1-} hashes=$PWD/$list remedy
  if [ -n "$place" ]; then
    remedy="bring it again, where there is a network, with: make sources DIR=$place"
    place+=/maven
  else
    place=${MAVEN_REPO:-$HOME/.m2/repository}
    remedy="remove what differs there, or name Maven's repository by MAVEN_REPO if it is elsewhere, and build again; if the change is meant, run: images/maven.sh lock"
  fi
  [ -d "$place" ] && (cd "$place" && sha256sum --quiet --check "$hashes") ||
    { echo "$place is not what $list says; $remedy" && exit 1; }
}

"$@"
