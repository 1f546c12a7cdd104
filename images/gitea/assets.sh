#!/bin/sh
# Gitea's web assets, made by its own vite, and what else the program reads below its static root.
set -eu
root=$OUT/usr/share/gitea
mkdir -p "$root/modules/migration"
cd "$MODULE"
node node_modules/vite/bin/vite.js build
cp -r options public templates "$root/"
cp -r modules/migration/schemas "$root/modules/migration/"
