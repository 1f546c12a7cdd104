package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/caddyserver/caddy/v2"
	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	"github.com/caddyserver/certmagic"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.uber.org/zap"
)

const (
	key      = "config.json.gz"
	largest  = 64 << 20         // bytes of a configuration
	patience = 3 * time.Second  // before the last good configuration is loaded instead of the Secret's
	grace    = 20 * time.Second // for requests under way when the process is to end
)

func init() {
	flags := flag.NewFlagSet("gateway", flag.ExitOnError)
	flags.String("secret", "gateway", "name of the Secret that holds the configuration")
	flags.String("namespace", "", "namespace of the Secret; the pod's when empty")
	flags.String("last", "/data/gateway/config.json", "file that keeps the last good configuration, for a start without the API server")
	flags.String("report", "gateway", "name of the ConfigMap in the same namespace that the status is written to")
	flags.String("status", ":8081", "address of /healthz, /status and /metrics")
	caddycmd.RegisterCommand(caddycmd.Command{
		Name:  "gateway",
		Usage: "[--secret <name>] [--namespace <name>] [--last <file>] [--status <address>]",
		Short: "Runs the configuration of a Secret and follows its changes",
		Long:  "Runs what a Secret holds under " + key + " (Caddy's JSON, and all Sites), and each later one that Caddy accepts.",
		Flags: flags,
		Func:  runGateway,
	})
}

func log() *zap.SugaredLogger { return caddy.Log().Named("gateway").Sugar() }

func runGateway(flags caddycmd.Flags) (int, error) {
	source, err := secretOfPod(flags.String("namespace"), flags.String("secret"))
	if err != nil {
		return caddy.ExitCodeFailedStartup, err
	}
	listener, err := net.Listen("tcp", flags.String("status"))
	if err != nil {
		return caddy.ExitCodeFailedStartup, fmt.Errorf("cannot listen for --status: %w; end what holds the port", err)
	}
	g := &gateway{last: flags.String("last")}
	server := &http.Server{Handler: g.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { log().Errorf("the status is no longer served: %v", server.Serve(listener)) }()
	ending, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	caddy.TrapSignals() // ends the process when all requests under way are answered, however long that takes
	go g.report(ending, source.kube, source.namespace, flags.String("report"))
	g.run(ending, source)
	if c := certificates.Load(); c != nil {
		c.end() // the next gateway asks for them, and finds no lock in its way
	}
	time.Sleep(grace)
	certmagic.CleanUpOwnLocks(context.Background(), caddy.Log())
	return caddy.ExitCodeSuccess, nil
}

// gateway runs the newest configuration that Caddy accepts.
type gateway struct {
	last    string
	caddy   json.RawMessage        // the part of the configuration that runs which is Caddy's own
	running atomic.Pointer[status] // nil before the first configuration
}

// configuration is what the Secret holds: Caddy's own, with a handler "sites" in it, and what that one serves.
type configuration struct {
	Caddy json.RawMessage `json:"caddy"`
	Directory
}

func (g *gateway) run(ctx context.Context, source secret) {
	configs := make(chan []byte)
	go source.follow(ctx, key, configs)
	late := time.After(patience)
	var packed []byte
	var again <-chan time.Time
	for {
		select {
		case packed = <-configs:
		case <-again:
		case <-late:
			if g.running.Load() == nil {
				g.resume()
			}
			continue
		case <-ctx.Done():
			return
		}
		again = nil
		if err := g.receive(packed); err != nil {
			log().Errorf("the configuration of the Secret is refused, what runs goes on; it is tried again: %v", err)
			again = time.After(longestWait)
		}
	}
}

// receive loads a configuration that differs from the one that runs, and keeps it for the next start.
func (g *gateway) receive(packed []byte) error {
	config, err := unpack(packed)
	if err != nil {
		return fmt.Errorf("cannot unpack %s: %w", key, err)
	}
	if running := g.running.Load(); running != nil && running.Hash == hash(config) {
		return nil
	}
	if err := g.load(config); err != nil {
		return err
	}
	if err := keep(g.last, config); err != nil {
		log().Errorf("a start without the API server would not find this configuration: %v; --last needs a folder that can be written", err)
	}
	return nil
}

// resume loads the last good configuration, if one was kept.
func (g *gateway) resume() {
	config, err := os.ReadFile(g.last)
	if errors.Is(err, os.ErrNotExist) {
		log().Info("nothing is served until the Secret gives a configuration")
		return
	}
	if err == nil {
		err = g.load(config)
	}
	if err != nil {
		log().Errorf("nothing is served until the Secret gives a configuration: %v", err)
		return
	}
	log().Warnf("the Secret gave no configuration within %s: the last good one runs", patience)
}

// load changes the Sites; Caddy's own configuration is loaded only when it is another one.
func (g *gateway) load(packed []byte) error {
	var config configuration
	if err := json.Unmarshal(packed, &config); err != nil {
		return err
	}
	if g.caddy != nil && bytes.Equal(config.Caddy, g.caddy) {
		newest.Store(&config.Directory)
		running.Load().serve(&config.Directory)
		if c := certificates.Load(); c != nil {
			c.follow(&config.Directory)
		}
	} else if err := loadCaddy(config); err != nil {
		return err
	}
	g.caddy = config.Caddy
	refused := running.Load().refused()
	for site, why := range refused {
		log().Errorf("Site %s is left out: %s", site, why)
	}
	g.running.Store(&status{hash(packed), findings{Refused: refused}})
	news.tell()
	return nil
}

func loadCaddy(config configuration) error {
	var top struct{ Admin *caddy.AdminConfig }
	if err := json.Unmarshal(config.Caddy, &top); err != nil {
		return err
	}
	if top.Admin == nil || !top.Admin.Disabled || top.Admin.Remote != nil {
		return errors.New(`it opens Caddy's admin port; the operator has to write "admin": {"disabled": true}`)
	}
	directory, handler, issued := newest.Swap(&config.Directory), running.Load(), certificates.Load()
	if err := caddy.Load(config.Caddy, false); err != nil {
		newest.Store(directory)
		running.Store(handler)
		certificates.Store(issued)
		return err
	}
	if running.Load() == handler {
		return errors.New(`Caddy's own configuration has no handler "sites"`)
	}
	return nil
}

// handler answers the kubelet, the operator and Prometheus.
func (g *gateway) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if g.running.Load() == nil {
			http.Error(w, "no configuration is loaded yet: the log says what is missing", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(g.status())
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		active := caddy.ActiveContext()
		registry := active.GetMetricsRegistry() // of the configuration that runs
		if registry == nil {
			http.Error(w, "no configuration is loaded yet", http.StatusServiceUnavailable)
			return
		}
		promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	})
	return mux
}

func hash(config []byte) string { return fmt.Sprintf("%x", sha256.Sum256(config)) }

func unpack(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	config, err := io.ReadAll(io.LimitReader(reader, largest+1))
	if len(config) > largest {
		return nil, fmt.Errorf("it is larger than %d MiB", largest>>20)
	}
	return config, err
}

// keep replaces a file at once, so that a crash leaves the old content or the new one.
func keep(file string, content []byte) error {
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	next, err := os.CreateTemp(folder, ".next-*") // its mode is 0600
	if err != nil {
		return err
	}
	defer os.Remove(next.Name())
	_, err = next.Write(content)
	if err := errors.Join(err, next.Sync(), next.Close()); err != nil {
		return err
	}
	return os.Rename(next.Name(), file)
}
