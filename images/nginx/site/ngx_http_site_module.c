/*
 * ETags and listings for files whose times say nothing, since all files of an image have the same one. Both come from an
 * index that is made with the image, is mapped into memory and searched where it lies, so that it costs no start and is
 * shared by all processes of a node. Each of its lines is
 *
 *     PATH \t SIZE \t TAG \t TAG_OF_THE_PACKED_FILE \n
 *
 * sorted by the bytes of PATH, the file's absolute path; the last one is empty where there is no PATH.gz.
 *
 *     site_index /etc/nginx/content.index;    # where it is; nothing happens without it
 *     site_listing on;                        # folders without index.html are listed, but for what begins with a dot
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include <sys/mman.h>

#define PIECE  16384
#define MOST_ROWS  5000


typedef struct {
    u_char     *start;
    u_char     *end;
} index_t;

typedef struct {
    ngx_str_t   path;
    ngx_str_t   size;
    ngx_str_t   tag;
    ngx_str_t   packed_tag;
} entry_t;

typedef struct {
    ngx_flag_t  listing;
} location_t;

/* The page that a listing becomes. */
typedef struct {
    ngx_pool_t   *pool;
    ngx_chain_t  *first;
    ngx_chain_t  *last;
    off_t         size;
} page_t;


static char *read_index(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static void *create_main_conf(ngx_conf_t *cf);
static void *create_loc_conf(ngx_conf_t *cf);
static char *merge_loc_conf(ngx_conf_t *cf, void *parent, void *child);
static ngx_int_t init(ngx_conf_t *cf);


static ngx_command_t commands[] = {

    { ngx_string("site_index"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      read_index,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("site_listing"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(location_t, listing),
      NULL },

      ngx_null_command
};


static ngx_http_module_t context = {
    NULL, init,
    create_main_conf, NULL,
    NULL, NULL,
    create_loc_conf, merge_loc_conf
};


ngx_module_t ngx_http_site_module = {
    NGX_MODULE_V1,
    &context, commands, NGX_HTTP_MODULE,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NGX_MODULE_V1_PADDING
};


static ngx_http_output_header_filter_pt  next_header_filter;


static char *
read_index(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_str_t        *name = (ngx_str_t *) cf->args->elts + 1;
    index_t          *index = conf;
    struct stat       info;
    ngx_fd_t          fd;
    void             *start;

    fd = ngx_open_file(name->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);
    if (fd == NGX_INVALID_FILE) {
        return ngx_errno == NGX_ENOENT ? NGX_CONF_OK : "cannot be read";
    }

    if (fstat(fd, &info) != 0) {
        ngx_close_file(fd);
        return "cannot be read";
    }

    start = info.st_size ? mmap(NULL, info.st_size, PROT_READ, MAP_SHARED, fd, 0) : NULL;
    ngx_close_file(fd);

    if (start == MAP_FAILED) {
        return "cannot be mapped";
    }

    index->start = start;
    index->end = index->start + info.st_size;

    if (info.st_size && index->end[-1] != LF) {
        return "ends in the middle of a line";
    }

    return NGX_CONF_OK;
}


static u_char *
line_end(index_t *index, u_char *line)
{
    return ngx_strlchr(line, index->end, LF);
}


/* The next field of a line, which ends at a tab or with the line. */
static ngx_str_t
field(u_char **p, u_char *end)
{
    ngx_str_t   text;
    u_char     *tab = ngx_strlchr(*p, end, '\t');

    text.data = *p;
    text.len = (tab ? tab : end) - *p;
    *p = tab ? tab + 1 : end;

    return text;
}


static entry_t
entry(index_t *index, u_char *line)
{
    u_char   *p = line;
    u_char   *end = line_end(index, line);
    entry_t   e;

    e.path = field(&p, end);
    e.size = field(&p, end);
    e.tag = field(&p, end);
    e.packed_tag = field(&p, end);

    return e;
}


/* The first line of which the path is not before this one. */
static u_char *
find(index_t *index, ngx_str_t *path)
{
    entry_t   e;
    u_char   *low = index->start;
    u_char   *high = index->end;
    u_char   *line;

    while (low < high) {
        line = low + (high - low) / 2;
        while (line > low && line[-1] != LF) {
            line--;
        }

        e = entry(index, line);

        if (ngx_memn2cmp(e.path.data, path->data, e.path.len, path->len) < 0) {
            low = line_end(index, line) + 1;
        } else {
            high = line;
        }
    }

    return low;
}


static ngx_flag_t
begins_with(ngx_str_t *text, ngx_str_t *start)
{
    return text->len >= start->len && ngx_memcmp(text->data, start->data, start->len) == 0;
}


/* Whether there is a line of this path. */
static ngx_flag_t
find_file(index_t *index, ngx_str_t *path, entry_t *e)
{
    u_char  *line = find(index, path);

    if (line == index->end) {
        return 0;
    }

    *e = entry(index, line);
    return e->path.len == path->len && begins_with(&e->path, path);
}


static ngx_int_t
file_path(ngx_http_request_t *r, ngx_str_t *path)
{
    size_t   root;
    u_char  *last = ngx_http_map_uri_to_path(r, path, &root, 0);

    if (last == NULL) {
        return NGX_ERROR;
    }

    path->len = last - path->data;
    return NGX_OK;
}


static ngx_int_t
set_etag(ngx_http_request_t *r, ngx_str_t *tag)
{
    ngx_table_elt_t  *header = ngx_list_push(&r->headers_out.headers);

    if (header == NULL) {
        return NGX_ERROR;
    }

    header->hash = 1;
#if (nginx_version >= 1023000)
    header->next = NULL;
#endif
    ngx_str_set(&header->key, "ETag");
    header->value.len = tag->len + 2;
    header->value.data = ngx_pnalloc(r->pool, header->value.len);
    if (header->value.data == NULL) {
        header->hash = 0;
        return NGX_ERROR;
    }

    ngx_sprintf(header->value.data, "\"%V\"", tag);
    r->headers_out.etag = header;
    return NGX_OK;
}


/* Of what nginx answers itself, only a file has a time. */
static ngx_flag_t
is_file(ngx_http_request_t *r)
{
    return r->headers_out.status == NGX_HTTP_OK && r->upstream == NULL && r->headers_out.last_modified_time != -1;
}


static ngx_int_t
header_filter(ngx_http_request_t *r)
{
    index_t    *index = ngx_http_get_module_main_conf(r, ngx_http_site_module);
    ngx_str_t   path;
    ngx_str_t  *tag;
    entry_t     e;

    if (!is_file(r) || r->headers_out.etag != NULL || index->start == NULL) {
        return next_header_filter(r);
    }

    if (file_path(r, &path) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!find_file(index, &path, &e)) {
        return next_header_filter(r);
    }

    tag = r->headers_out.content_encoding ? &e.packed_tag : &e.tag;

    if (tag->len && set_etag(r, tag) != NGX_OK) {
        return NGX_ERROR;
    }

    return next_header_filter(r);
}


static ngx_int_t
append(page_t *page, u_char *text, size_t length)
{
    ngx_chain_t  *link;
    ngx_buf_t    *b;

    while (length) {
        if (page->last == NULL || page->last->buf->last == page->last->buf->end) {
            link = ngx_alloc_chain_link(page->pool);
            if (link == NULL || (link->buf = ngx_create_temp_buf(page->pool, PIECE)) == NULL) {
                return NGX_ERROR;
            }

            link->next = NULL;
            *(page->last ? &page->last->next : &page->first) = link;
            page->last = link;
        }

        b = page->last->buf;
        size_t part = ngx_min(length, (size_t) (b->end - b->last));
        b->last = ngx_cpymem(b->last, text, part);
        page->size += part;
        text += part;
        length -= part;
    }

    return NGX_OK;
}

#define APPEND(page, text)  append(page, (u_char *) text, sizeof(text) - 1)


static ngx_int_t
append_text(page_t *page, ngx_str_t *text)
{
    size_t   length = text->len + ngx_escape_html(NULL, text->data, text->len);
    u_char  *escaped = ngx_pnalloc(page->pool, length);

    if (escaped == NULL) {
        return NGX_ERROR;
    }

    ngx_escape_html(escaped, text->data, text->len);
    return append(page, escaped, length);
}


static ngx_int_t
append_reference(page_t *page, ngx_str_t *name)
{
    size_t   length = name->len + 2 * ngx_escape_uri(NULL, name->data, name->len, NGX_ESCAPE_URI_COMPONENT);
    u_char  *escaped = ngx_pnalloc(page->pool, length);

    if (escaped == NULL) {
        return NGX_ERROR;
    }

    ngx_escape_uri(escaped, name->data, name->len, NGX_ESCAPE_URI_COMPONENT);
    return append(page, escaped, length);
}


static ngx_int_t
append_size(page_t *page, ngx_str_t *digits)
{
    static const char   *units[] = { "KiB", "MiB", "GiB" };
    u_char               text[NGX_OFF_T_LEN + sizeof(" KiB") + 2];
    u_char              *end;
    off_t                size = ngx_atoof(digits->data, digits->len);
    ngx_uint_t           unit = 0;

    if (size < 1024) {
        end = ngx_sprintf(text, "%O B", size);

    } else {
        for (size = size * 10 / 1024; size >= 10240 && unit < 2; unit++) {
            size /= 1024;
        }
        end = ngx_sprintf(text, "%O.%O %s", size / 10, size % 10, units[unit]);
    }

    return append(page, text, end - text);
}


static ngx_int_t
append_row(page_t *page, ngx_str_t *name, ngx_str_t *size)
{
    if (APPEND(page, "<tr><td><a href=\"") != NGX_OK
        || append_reference(page, name) != NGX_OK
        || (size == NULL && APPEND(page, "/") != NGX_OK)
        || APPEND(page, "\">") != NGX_OK
        || append_text(page, name) != NGX_OK
        || (size == NULL && APPEND(page, "/") != NGX_OK)
        || APPEND(page, "</a><td>") != NGX_OK
        || (size != NULL && append_size(page, size) != NGX_OK))
    {
        return NGX_ERROR;
    }

    return APPEND(page, "\n");
}


/* What is not before anything in a folder, of which the path ends at the slash: the byte after a slash is a zero. */
static ngx_int_t
past(ngx_str_t *after, ngx_str_t *path, u_char *slash, ngx_pool_t *pool)
{
    after->len = slash - path->data + 1;
    after->data = ngx_pnalloc(pool, after->len);
    if (after->data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(after->data, path->data, after->len);
    after->data[after->len - 1] = '0';
    return NGX_OK;
}


/* One row for each file of a folder, and one for each folder in it, whose files follow one another. */
static ngx_int_t
append_rows(page_t *page, index_t *index, u_char *line, ngx_str_t *folder)
{
    entry_t     e;
    ngx_str_t   name;
    ngx_str_t   after;
    ngx_uint_t  rows = 0;
    u_char     *slash;

    while (line < index->end) {
        e = entry(index, line);
        if (!begins_with(&e.path, folder)) {
            break;
        }

        if (rows++ == MOST_ROWS) {
            return APPEND(page, "<tr><td>and more, which are too many to list\n");
        }

        name.data = e.path.data + folder->len;
        name.len = e.path.len - folder->len;

        slash = ngx_strlchr(name.data, name.data + name.len, '/');
        if (slash) {
            name.len = slash - name.data;
            if (past(&after, &e.path, slash, page->pool) != NGX_OK) {
                return NGX_ERROR;
            }
            line = find(index, &after);

        } else {
            line = line_end(index, line) + 1;
        }

        if (name.data[0] != '.' && append_row(page, &name, slash ? NULL : &e.size) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
append_page(page_t *page, ngx_http_request_t *r, index_t *index, u_char *line, ngx_str_t *folder)
{
    if (APPEND(page, "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>") != NGX_OK
        || append_text(page, &r->uri) != NGX_OK
        || APPEND(page, "</title>\n<style>:root { color-scheme: light dark; font-family: sans-serif }"
                        " td { padding-right: 2em }</style>\n<h1>") != NGX_OK
        || append_text(page, &r->uri) != NGX_OK
        || APPEND(page, "</h1>\n<table>\n") != NGX_OK
        || (r->uri.len > 1 && APPEND(page, "<tr><td><a href=\"../\">../</a>\n") != NGX_OK)
        || append_rows(page, index, line, folder) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return APPEND(page, "</table>\n");
}


static ngx_flag_t
has_page(index_t *index, ngx_str_t *folder, ngx_pool_t *pool)
{
    ngx_str_t  page;
    entry_t    e;

    page.len = folder->len + sizeof("index.html") - 1;
    page.data = ngx_pnalloc(pool, page.len);
    if (page.data == NULL) {
        return 0;
    }

    ngx_sprintf(page.data, "%Vindex.html", folder);
    return find_file(index, &page, &e);
}


static ngx_int_t
send_page(ngx_http_request_t *r, page_t *page)
{
    ngx_int_t  rc;

    r->headers_out.status = NGX_HTTP_OK;
    r->headers_out.content_length_n = page->size;
    ngx_str_set(&r->headers_out.content_type, "text/html");
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;

    rc = ngx_http_send_header(r);
    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    page->last->buf->last_buf = r == r->main;
    page->last->buf->last_in_chain = 1;

    return ngx_http_output_filter(r, page->first);
}


static ngx_int_t
list(ngx_http_request_t *r)
{
    index_t     *index = ngx_http_get_module_main_conf(r, ngx_http_site_module);
    location_t  *location = ngx_http_get_module_loc_conf(r, ngx_http_site_module);
    page_t       page;
    ngx_str_t    folder;
    entry_t      e;
    u_char      *line;

    if (!location->listing || index->start == NULL || !(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))
        || r->uri.data[r->uri.len - 1] != '/')
    {
        return NGX_DECLINED;
    }

    if (file_path(r, &folder) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    line = find(index, &folder);
    if (line == index->end || has_page(index, &folder, r->pool)) {
        return NGX_DECLINED;
    }

    e = entry(index, line);
    if (!begins_with(&e.path, &folder)) {
        return NGX_DECLINED;
    }

    ngx_memzero(&page, sizeof(page_t));
    page.pool = r->pool;
    if (append_page(&page, r, index, line, &folder) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_discard_request_body(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return send_page(r, &page);
}


static void *
create_main_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(index_t));
}


static void *
create_loc_conf(ngx_conf_t *cf)
{
    location_t  *conf = ngx_palloc(cf->pool, sizeof(location_t));

    if (conf != NULL) {
        conf->listing = NGX_CONF_UNSET;
    }

    return conf;
}


static char *
merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    location_t  *above = parent;
    location_t  *conf = child;

    ngx_conf_merge_value(conf->listing, above->listing, 0);
    return NGX_CONF_OK;
}


static ngx_int_t
init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t  *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
    ngx_http_handler_pt        *handler = ngx_array_push(&core->phases[NGX_HTTP_CONTENT_PHASE].handlers);

    if (handler == NULL) {
        return NGX_ERROR;
    }

    *handler = list;

    next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = header_filter;
    return NGX_OK;
}
