// Command health is a page that says what this cluster runs.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

const address = ":2321"

//go:embed page.html
var source string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"named": func(caption string, items []workload) any {
		return struct {
			Caption string
			Items   []workload
		}{caption, items}
	},
	"state": func(ready string) string {
		switch ready {
		case "True":
			return "ready"
		case "False":
			return "not ready"
		default:
			return "unknown"
		}
	},
	"short": func(digest string) string {
		hex, _ := strings.CutPrefix(digest, "sha256:")
		return hex[:min(12, len(hex))]
	},
}).Parse(source))

func main() {
	log.SetFlags(0)
	cluster, err := inCluster()
	if err != nil {
		log.Fatalf("health: %v", err)
	}
	server := &http.Server{Addr: address, Handler: handler(cluster.read), ReadHeaderTimeout: 10 * time.Second}
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	go func() {
		<-stopping.Done()
		_ = server.Shutdown(context.Background())
	}()
	log.Printf("listening on %s", address)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatalf("health: cannot listen on %s: %v", address, err)
	}
}

func handler(read func(context.Context) status) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /status.json", func(w http.ResponseWriter, r *http.Request) {
		found := read(r.Context())
		body, _ := json.MarshalIndent(found, "", "  ")
		answer(w, found, "application/json", append(body, '\n'))
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		found := read(r.Context())
		var body bytes.Buffer
		if err := page.Execute(&body, found); err != nil {
			log.Printf("page: %v", err)
			http.Error(w, "the page cannot be made; the log says why", http.StatusInternalServerError)
			return
		}
		answer(w, found, "text/html; charset=utf-8", body.Bytes())
	})
	return mux
}

// answer says 503 beside what is known when some of it could not be read.
func answer(w http.ResponseWriter, found status, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if len(found.Errors) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(body)
}
