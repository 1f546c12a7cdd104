package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/caddyserver/certmagic"
)

// secrets is an API server with the Secrets of one namespace; of a merge patch it knows values, null and annotations.
func secrets(t *testing.T) *httptest.Server {
	var lock sync.Mutex
	version, all := 0, map[string]object{}
	refuse := func(w http.ResponseWriter, status int) {
		w.WriteHeader(status)
		fmt.Fprint(w, `{"message": "no"}`)
	}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		version++
		name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api/v1/namespaces/certs/secrets"), "/")
		secret, found := all[name]
		switch {
		case name == "" && r.Method == http.MethodGet:
			var items []object
			for _, secret := range all {
				if _, chosen := secret.Metadata.Labels[r.URL.Query().Get("labelSelector")]; chosen {
					items = append(items, secret)
				}
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"items": items})
			return
		case name == "":
			_ = json.NewDecoder(r.Body).Decode(&secret)
			if _, taken := all[secret.Metadata.Name]; taken {
				refuse(w, http.StatusConflict)
				return
			}
			name = secret.Metadata.Name
		case !found:
			refuse(w, http.StatusNotFound)
			return
		case r.Method == http.MethodDelete:
			var options struct {
				Preconditions struct{ ResourceVersion string }
			}
			_ = json.NewDecoder(r.Body).Decode(&options)
			if wanted := options.Preconditions.ResourceVersion; wanted != "" && wanted != secret.Metadata.ResourceVersion {
				refuse(w, http.StatusConflict)
				return
			}
			delete(all, name)
			fmt.Fprint(w, "{}")
			return
		case r.Method == http.MethodPatch:
			var change struct {
				Metadata metadata
				Data     map[string]*[]byte
			}
			_ = json.NewDecoder(r.Body).Decode(&change)
			secret.Data, secret.Metadata.Annotations = maps.Clone(secret.Data), maps.Clone(secret.Metadata.Annotations)
			maps.Copy(secret.Metadata.Annotations, change.Metadata.Annotations)
			for entry, value := range change.Data {
				if value == nil {
					delete(secret.Data, entry)
				} else {
					secret.Data[entry] = *value
				}
			}
		}
		secret.Metadata.ResourceVersion = fmt.Sprint(version)
		all[name] = secret
		_ = json.NewEncoder(w).Encode(secret)
	}))
	t.Cleanup(server.Close)
	return server
}

func storage(t *testing.T, server *httptest.Server, copy string) *Secrets {
	return &Secrets{Namespace: "certs", kube: asPod(t, server), copy: &certmagic.FileStorage{Path: copy}, holder: copy}
}

func TestKeepsEachFileInASecret(t *testing.T) {
	ctx, s := t.Context(), storage(t, secrets(t), t.TempDir())
	files := map[string]string{
		"certificates/ca/shop.test/shop.test.crt":     "crt",
		"certificates/ca/shop.test/shop.test.key":     "key",
		"certificates/ca/wildcard_.a/wildcard_.a.crt": "other",
		"acme/ca/users/ops@example.org/ops.json":      "account",
		"acme/ca/users/ops@example.org/Ops_1.json":    "account",
		"last_clean.json":                             "{}",
	}
	for key, value := range files {
		if err := errors.Join(s.Store(ctx, key, []byte("before")), s.Store(ctx, key, []byte(value))); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range files {
		if value, err := s.Load(ctx, key); err != nil || string(value) != want {
			t.Errorf("%s: %s, %v", key, value, err)
		}
		if info, err := s.Stat(ctx, key); err != nil || !info.IsTerminal || info.Size != int64(len(want)) {
			t.Errorf("%s: %v, %v", key, info, err)
		}
	}
	if all, err := s.List(ctx, "", true); err != nil || !slices.Equal(all, slices.Sorted(maps.Keys(files))) {
		t.Errorf("all: %v, %v", all, err)
	}
	if some, err := s.List(ctx, "certificates/ca", false); err != nil ||
		!slices.Equal(some, []string{"certificates/ca/shop.test", "certificates/ca/wildcard_.a"}) {
		t.Errorf("some: %v, %v", some, err)
	}
	for _, missing := range []string{"certificates/c", "certificates/ca/shop.test/x", "none"} {
		if _, err := s.Load(ctx, missing); !errors.Is(err, fs.ErrNotExist) || s.Exists(ctx, missing) {
			t.Errorf("%s: %v", missing, err)
		}
	}
	if err := errors.Join(s.Delete(ctx, "certificates/ca/shop.test/shop.test.crt"), s.Delete(ctx, "acme"), s.Delete(ctx, "none")); err != nil {
		t.Fatal(err)
	}
	if left, err := s.List(ctx, "", true); err != nil || len(left) != 3 || s.Exists(ctx, "acme") || s.Exists(ctx, path.Dir(left[0])+"/shop.test.crt") {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestReadsTheCopyWhileTheAPIServerIsAway(t *testing.T) {
	ctx, copy, server := t.Context(), t.TempDir(), secrets(t)
	if err := storage(t, server, copy).Store(ctx, "pki/root.crt", []byte("root")); err != nil {
		t.Fatal(err)
	}
	s := storage(t, server, copy)
	server.Close()
	if value, err := s.Load(ctx, "pki/root.crt"); err != nil || string(value) != "root" {
		t.Errorf("%s, %v", value, err)
	}
	if err := s.Store(ctx, "pki/root.crt", []byte("lost")); err == nil {
		t.Error("what the API server does not have is not stored")
	}
}

func TestOneAtATimeHoldsALock(t *testing.T) {
	ctx, server := t.Context(), secrets(t)
	one, two := storage(t, server, t.TempDir()), storage(t, server, t.TempDir())
	if err := one.Lock(ctx, "shop.test"); err != nil {
		t.Fatal(err)
	}
	soon, cancel := context.WithTimeout(ctx, lockPoll/2)
	defer cancel()
	if err := two.Lock(soon, "shop.test"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("two have it: %v", err)
	}
	if err := errors.Join(one.Unlock(ctx, "shop.test"), two.Lock(ctx, "shop.test")); err != nil {
		t.Error(err)
	}
	if err := errors.Join(one.Unlock(ctx, "shop.test"), two.RenewLockLease(ctx, "shop.test", time.Minute)); err != nil {
		t.Errorf("who had it before takes it away: %v", err)
	}
	if _, err := two.get(ctx, lockOf("shop.test")); err != nil {
		t.Errorf("who had it before takes it away: %v", err)
	}
	if err := errors.Join(two.remove(ctx, lockOf("shop.test")), two.RenewLockLease(ctx, "shop.test", time.Minute)); err != nil {
		t.Errorf("one that is gone is not taken again: %v", err)
	}
	ended, end := context.WithCancel(ctx)
	end()
	if err := one.Lock(ended, "other.test"); !errors.Is(err, context.Canceled) || one.Exists(ctx, lockOf("other.test")) {
		t.Errorf("a lock is left behind: %v", err)
	}
	if err := errors.Join(two.RenewLockLease(ctx, "shop.test", -time.Minute), one.Lock(ctx, "shop.test")); err != nil {
		t.Errorf("one that is left behind stays for ever: %v", err)
	}
}

func TestManyWriteIntoOneFolderAtOnce(t *testing.T) {
	ctx, server := t.Context(), secrets(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := storage(t, server, t.TempDir()).Store(ctx, fmt.Sprintf("tokens/%d.json", i), []byte("token")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if found, err := storage(t, server, t.TempDir()).List(ctx, "tokens", false); err != nil || len(found) != 20 {
		t.Errorf("%v, %v", found, err)
	}
}
