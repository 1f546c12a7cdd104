#!/bin/sh
# The static libseccomp that runc needs, made by hand: its configure script would ask for gperf, whose output the source already has.
set -eu
mkdir -p "$OUT/include" "$OUT/lib"
cd "$SRC_LIBSECCOMP/src"
: > configure.h
for source in *.c; do
  [ "$source" = arch-syscall-dump.c ] && continue
  $CC -c -O2 -fPIC -DHAVE_LINUX_SECCOMP_H -I. -I../include "$source" -o "${source%.c}.o"
done
$AR rcs "$OUT/lib/libseccomp.a" ./*.o
cp ../include/seccomp.h ../include/seccomp-syscalls.h "$OUT/include/"
# Three architectures that libseccomp knows from 2.6 on; the Go binding wants their names (the kernel's audit numbers) to differ.
cat >> "$OUT/include/seccomp.h" <<'END'
#ifndef SCMP_ARCH_M68K
#define SCMP_ARCH_M68K 0x00000004U
#define SCMP_ARCH_SH 0x4000002aU
#define SCMP_ARCH_SHEB 0x0000002aU
#endif
END
