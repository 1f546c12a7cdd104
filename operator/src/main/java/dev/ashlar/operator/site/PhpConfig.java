package dev.ashlar.operator.site;

import java.util.ArrayList;
import java.util.List;

/**
 * What nginx is told of PHP: only a file of the content that ends in .php is run, wherever it is, and none is ever sent. Of the locations
 * that fit, a regular expression wins over a prefix, the first over the later ones, and a prefix with ^~ over all of them.
 *
 * <p>The client's address and whether it came by https is taken from whoever connects, since only the gateway and the site itself may, and the
 * gateway drops what a client says of them.
 */
final class PhpConfig {
    private static final String PAGE = ".php";

    private PhpConfig() {}

    /** What holds in the whole server. */
    static String server(String address) {
        return """
                client_max_body_size 32m;
                set_real_ip_from 0.0.0.0/0;
                set_real_ip_from ::/0;
                real_ip_header X-Forwarded-For;
                set $php_https "";
                set $php_port 80;
                if ($http_x_forwarded_proto = https) { set $php_https on; set $php_port 443; }
                if ($http_host ~ ":([0-9]+)$") { set $php_port $1; }
                location ~ /\\.(?!well-known(/|$)) { return 404; }
                location ~* \\.php$ {
                  try_files $uri =404;
                  add_header Last-Modified $upstream_http_last_modified always;
                  fastcgi_pass %s;
                  fastcgi_connect_timeout 3s;
                  fastcgi_max_temp_file_size 0;
                  fastcgi_param GATEWAY_INTERFACE CGI/1.1;
                  fastcgi_param SERVER_SOFTWARE nginx;
                  fastcgi_param SERVER_PROTOCOL $server_protocol;
                  fastcgi_param SERVER_NAME $host;
                  fastcgi_param SERVER_PORT $php_port;
                  fastcgi_param HTTPS $php_https if_not_empty;
                  fastcgi_param REMOTE_ADDR $remote_addr;
                  fastcgi_param REQUEST_METHOD $request_method;
                  fastcgi_param REQUEST_URI $request_uri;
                  fastcgi_param QUERY_STRING $query_string;
                  fastcgi_param CONTENT_TYPE $content_type;
                  fastcgi_param CONTENT_LENGTH $content_length;
                  fastcgi_param DOCUMENT_ROOT /content;
                  fastcgi_param DOCUMENT_URI $document_uri;
                  fastcgi_param SCRIPT_NAME $fastcgi_script_name;
                  fastcgi_param SCRIPT_FILENAME /content$fastcgi_script_name;
                  fastcgi_param REDIRECT_STATUS 200;
                  fastcgi_param HTTP_PROXY "";
                }
                """.formatted(address);
    }

    /** Its files have times of their own and no line in the image's index. */
    static List<String> upload() {
        return List.of(
                "location ~* (/\\.|\\.php$) { return 404; }",
                "etag on;",
                "if_modified_since exact;",
                "gzip_static off;",
                "add_header Cache-Control $cache_control always;");
    }

    /** @param listed whether folders are listed, which comes before any index but index.html */
    static List<String> folder(boolean listed) {
        List<String> directives = new ArrayList<>();
        if (listed) {
            directives.add("if (-f $request_filename/index.php) { rewrite ^(.*)/$ $1/index.php last; }");
        }
        directives.add("index index.php index.html;");
        return directives;
    }

    /** An error page is asked for by GET, so that it is none for a form; a folder without an index has only that. */
    static List<String> fallback(String page) {
        return List.of("try_files $uri $uri/ %s$is_args$args;".formatted(page), "error_page 403 = %s;".formatted(page));
    }

    static boolean isPage(String path) {
        return path.endsWith(PAGE);
    }
}
