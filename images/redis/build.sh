#!/bin/sh
# redis-server and redis-cli, each one static file, from Debian's sources with Debian's patches; with musl's allocator, without TLS.
set -eu
cd "$SRC_REDIS/src"
# What asks git and the clock for a version would find those of this machine.
printf '#!/bin/sh\n' >mkreleasehdr.sh
printf '#define REDIS_%s "%s"\n' GIT_SHA1 00000000 GIT_DIRTY 0 BUILD_ID 0 >release.h
make -j"$JOBS" redis-server redis-cli CC="$CC" AR="$AR" RANLIB="$RANLIB" MALLOC=libc USE_SYSTEMD=no BUILD_TLS=no PYTHON= \
  OPTIMIZATION=-O2 DEBUG= WARN=-w CFLAGS=-w LDFLAGS='-static -s'
cp redis-server redis-cli "$OUT"
