#!/bin/sh
# nginx with pcre2 and zlib in one static file, from Debian's sources with Debian's patches to nginx, and our module for websites.
set -eu
library=$PWD/library
mkdir -p "$library/include" "$library/lib" "$OUT/etc/nginx"

archive() { # name, compiler flags and sources: a static library of them
  name=$1 && shift
  mkdir -p "$name.objects"
  (cd "$name.objects" && $CC -c -O2 -w "$@" && $AR rcs "$library/lib/lib$name.a" ./*.o)
}

z=$SRC_ZLIB
cp "$z/zlib.h" "$z/zconf.h" "$library/include/"
archive z -DHAVE_UNISTD_H -D_LARGEFILE64_SOURCE=1 -I"$z" "$z"/adler32.c "$z"/crc32.c "$z"/deflate.c "$z"/inffast.c "$z"/inflate.c \
  "$z"/inftrees.c "$z"/trees.c "$z"/zutil.c

p=$SRC_PCRE2/src
for header in config pcre2; do cp "$p/$header.h.generic" "$p/$header.h"; done
cp "$p/pcre2_chartables.c.dist" "$p/pcre2_chartables.c"
cp "$p/pcre2.h" "$library/include/"
for part in auto_possess chartables compile config context convert dfa_match error extuni find_bracket jit_compile maketables match match_data \
  newline ord2utf pattern_info script_run serialize string_utils study substitute substring tables ucd valid_utf xclass; do
  set -- "$@" "$p/pcre2_$part.c"
done
archive pcre2-8 -DHAVE_CONFIG_H -DPCRE2_CODE_UNIT_WIDTH=8 -DSUPPORT_UNICODE -I"$p" "$@"

cd "$SRC_NGINX"
./configure --with-cc="$TRY_CC" --with-cc-opt="-O2 -g0 -w -I$library/include" --with-ld-opt="-static -s -L$library/lib" --crossbuild=Linux::$MACHINE \
  --prefix=/ --sbin-path=/nginx --conf-path=/etc/nginx/nginx.conf --pid-path=/tmp/nginx.pid --lock-path=/tmp/nginx.lock \
  --http-log-path=/dev/stdout --error-log-path=stderr --http-client-body-temp-path=/tmp/body --http-proxy-temp-path=/tmp/proxy \
  --http-fastcgi-temp-path=/tmp/fastcgi --with-threads --with-http_gzip_static_module --with-http_realip_module --add-module="$OLDPWD/site" \
  --without-http_uwsgi_module --without-http_scgi_module --without-http_grpc_module \
  --without-http_memcached_module --without-http_ssi_module --without-http_mirror_module --without-http_userid_module \
  --without-http_empty_gif_module --without-http_browser_module --without-http_geo_module --without-http_split_clients_module
# What `nginx -V` prints would carry the folders of this build.
sed -i 's/^#define NGX_CONFIGURE .*/#define NGX_CONFIGURE ""/' objs/ngx_auto_config.h
make -f objs/Makefile -j2 CC="$CC" binary
cp objs/nginx "$OUT/nginx"
cp conf/mime.types "$OUT/etc/nginx/mime.types"
