package main

import (
	"net/http"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"
)

// logTo has Caddy write its line of this request, once it is answered, to the access log of that name. The lines of all
// other requests go to a logger without a name, which no log of the configuration includes.
func logTo(r *http.Request, log, site string) {
	caddyhttp.SetVar(r.Context(), caddyhttp.AccessLoggerNameVarKey, []any{log})
	if line, ok := r.Context().Value(caddyhttp.ExtraLogFieldsCtxKey).(*caddyhttp.ExtraLogFields); ok {
		line.Add(zap.String("site", site))
		line.Add(zap.String("user_agent", r.UserAgent()))
		line.Add(zap.String("referer", r.Referer()))
	}
}
