#!/bin/sh
# nginx with pcre2 and zlib in one static file, from Debian's sources with Debian's patches to nginx.
set -eu
library=$PWD/library
mkdir -p "$library/include" "$library/lib"

archive() { # name, compiler flags and sources: a static library of them
  name=$1
  shift
  mkdir -p "$name.objects"
  (cd "$name.objects" && $CC -c -O2 -w "$@" && $AR rcs "$library/lib/lib$name.a" ./*.o)
}

z=$SRC_ZLIB
cp "$z/zlib.h" "$z/zconf.h" "$library/include/"
archive z -DHAVE_UNISTD_H -D_LARGEFILE64_SOURCE=1 -I"$z" "$z"/adler32.c "$z"/crc32.c "$z"/deflate.c "$z"/inffast.c "$z"/inflate.c \
  "$z"/inftrees.c "$z"/trees.c "$z"/zutil.c

p=$SRC_PCRE2/src
cp "$p/config.h.generic" "$p/config.h"
cp "$p/pcre2.h.generic" "$p/pcre2.h"
cp "$p/pcre2_chartables.c.dist" "$p/pcre2_chartables.c"
cp "$p/pcre2.h" "$library/include/"
archive pcre2-8 -DHAVE_CONFIG_H -DPCRE2_CODE_UNIT_WIDTH=8 -DSUPPORT_UNICODE -I"$p" "$p"/pcre2_auto_possess.c "$p"/pcre2_chartables.c \
   "$p"/pcre2_compile.c "$p"/pcre2_config.c "$p"/pcre2_context.c "$p"/pcre2_convert.c "$p"/pcre2_dfa_match.c \
  "$p"/pcre2_error.c "$p"/pcre2_extuni.c "$p"/pcre2_find_bracket.c "$p"/pcre2_jit_compile.c "$p"/pcre2_maketables.c "$p"/pcre2_match.c "$p"/pcre2_match_data.c \
  "$p"/pcre2_newline.c "$p"/pcre2_ord2utf.c "$p"/pcre2_pattern_info.c "$p"/pcre2_script_run.c "$p"/pcre2_serialize.c \
  "$p"/pcre2_string_utils.c "$p"/pcre2_study.c "$p"/pcre2_substitute.c "$p"/pcre2_substring.c "$p"/pcre2_tables.c "$p"/pcre2_ucd.c \
  "$p"/pcre2_valid_utf.c "$p"/pcre2_xclass.c

cd "$SRC_NGINX"
./configure --with-cc="$TRY_CC" --with-cc-opt="-O2 -g0 -w -I$library/include" --with-ld-opt="-static -s -L$library/lib" --crossbuild=Linux::$MACHINE \
  --prefix=/ --sbin-path=/nginx --conf-path=/etc/nginx/nginx.conf --pid-path=/tmp/nginx.pid --lock-path=/tmp/nginx.lock \
  --http-log-path=/dev/stdout --error-log-path=stderr \
  --http-client-body-temp-path=/tmp/body --http-proxy-temp-path=/tmp/proxy --http-fastcgi-temp-path=/tmp/fastcgi \
  --with-threads --with-http_gzip_static_module --with-http_realip_module \
  --without-http_uwsgi_module --without-http_scgi_module --without-http_grpc_module \
  --without-http_memcached_module --without-http_ssi_module --without-http_mirror_module --without-http_userid_module \
  --without-http_empty_gif_module --without-http_browser_module --without-http_geo_module --without-http_split_clients_module
# What `nginx -V` prints would carry the folders of this build.
sed -i 's/^#define NGX_CONFIGURE .*/#define NGX_CONFIGURE ""/' objs/ngx_auto_config.h
make -f objs/Makefile -j2 CC="$CC" binary
mkdir -p "$OUT/etc/nginx"
cp objs/nginx "$OUT/nginx"
cp conf/mime.types "$OUT/etc/nginx/mime.types"
