package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/certmagic"
)

const (
	keyAnnotation    = "ashlar.dev/key"
	entry            = "value"
	untilAnnotation  = "ashlar.dev/locked-until"
	holderAnnotation = "ashlar.dev/locked-by"
	lockTime         = 2 * time.Minute // a lock of a process that was killed is in the way for so long
	lockPoll         = time.Second     // at first, and ever less often
	longestLockPoll  = 30 * time.Second
	loadTime         = 3 * time.Second // before the copy is read instead
)

var process = rand.Text()

func init() {
	caddy.RegisterModule(Secrets{})
}

// Secrets keeps what Caddy must not lose, its CA and its certificates and accounts, in Secrets of a namespace of their
// own: one for each file, since many write at once. What was read or written is in a copy on disk as well, for a start
// while the API server is away.
type Secrets struct {
	Namespace string `json:"namespace"`
	Copy      string `json:"copy"` // a folder
	kube
	copy   *certmagic.FileStorage
	holder string // of locks: this process
}

// object is what matters of a Secret.
type object struct {
	Kind       string            `json:"kind,omitempty"`
	APIVersion string            `json:"apiVersion,omitempty"`
	Metadata   metadata          `json:"metadata"`
	Data       map[string][]byte `json:"data,omitempty"`
}

type metadata struct {
	Name            string            `json:"name,omitempty"`
	ResourceVersion string            `json:"resourceVersion,omitempty"`
	Labels          map[string]string `json:"labels,omitempty"`
	Annotations     map[string]string `json:"annotations,omitempty"`
}

// CaddyModule tells Caddy the storage's name.
func (Secrets) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "caddy.storage.secrets", New: func() caddy.Module { return new(Secrets) }}
}

// Provision finds the cluster.
func (s *Secrets) Provision(caddy.Context) (err error) {
	if s.api == "" {
		s.kube, err = kubeOfPod()
	}
	s.copy, s.holder = &certmagic.FileStorage{Path: s.Copy}, process
	if err == nil {
		s.mend(context.Background())
	}
	return err
}

// mend takes away the certificate of a CA whose key was not written any more: Caddy makes both anew then, and would not
// start otherwise.
func (s *Secrets) mend(ctx context.Context) {
	for _, name := range []string{"root", "intermediate"} {
		file := "pki/authorities/local/" + name
		_, errKey := s.Load(ctx, file+".key")
		if _, err := s.Load(ctx, file+".crt"); err == nil && errors.Is(errKey, fs.ErrNotExist) {
			log().Warnf("%s.crt has no key: both are made anew", file)
			if err := s.Delete(ctx, file+".crt"); err != nil {
				log().Errorf("%v", err)
			}
		}
	}
}

// CertMagicStorage is what Caddy asks for.
func (s *Secrets) CertMagicStorage() (certmagic.Storage, error) { return s, nil }

// Store writes a file.
func (s *Secrets) Store(ctx context.Context, key string, value []byte) error {
	change := object{Data: map[string][]byte{entry: value}}
	err := s.patch(ctx, key, change)
	if isStatus(err, http.StatusNotFound) {
		err = s.create(ctx, key, map[string]string{keyAnnotation: key}, change.Data)
	}
	if isStatus(err, http.StatusConflict) { // somebody else was faster
		err = s.patch(ctx, key, change)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s into a Secret of namespace %s: %w", key, s.Namespace, err)
	}
	s.keep(ctx, key, value)
	return nil
}

// Load reads a file, from the copy when the API server is away or has no time.
func (s *Secrets) Load(ctx context.Context, key string) ([]byte, error) {
	asked := ctx
	if s.copy.Exists(ctx, key) {
		var cancel context.CancelFunc
		asked, cancel = context.WithTimeout(ctx, loadTime)
		defer cancel()
	}
	found, err := s.get(asked, key)
	var refused refusal
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case isStatus(err, http.StatusNotFound):
		return nil, fs.ErrNotExist
	case err != nil:
		value, errCopy := s.copy.Load(ctx, key)
		if errCopy == nil && (!errors.As(err, &refused) || refused.isBusy()) {
			return value, nil
		}
		return nil, fmt.Errorf("cannot read %s from a Secret of namespace %s: %w", key, s.Namespace, err)
	}
	s.keep(ctx, key, found.Data[entry])
	return found.Data[entry], nil
}

// keep writes the copy. What is in the Secret counts, so that a full disk is no failure.
func (s *Secrets) keep(ctx context.Context, key string, value []byte) {
	if kept, err := s.copy.Load(ctx, key); err == nil && bytes.Equal(kept, value) {
		return
	}
	if err := s.copy.Store(ctx, key, value); err != nil {
		log().Warnf("a start without the API server would miss %s: %v", key, err)
	}
}

// Delete removes a file, or a folder and all below it.
func (s *Secrets) Delete(ctx context.Context, key string) error {
	err := s.remove(ctx, key)
	if isStatus(err, http.StatusNotFound) {
		var below []string
		below, err = s.below(ctx, key)
		for _, file := range below {
			err = cmp.Or(err, gone(s.remove(ctx, file)))
		}
	}
	if err != nil {
		return fmt.Errorf("cannot remove %s from namespace %s: %w", key, s.Namespace, err)
	}
	return s.copy.Delete(ctx, key)
}

// gone is no error where what is to go is gone already.
func gone(err error) error {
	if isStatus(err, http.StatusNotFound) {
		return nil
	}
	return err
}

// Exists tells whether there is such a file or folder.
func (s *Secrets) Exists(ctx context.Context, key string) bool {
	_, err := s.Stat(ctx, key)
	return err == nil
}

// List returns the files of a folder, and with recursive all below it.
func (s *Secrets) List(ctx context.Context, prefix string, recursive bool) ([]string, error) {
	below, err := s.below(ctx, prefix)
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for _, key := range below {
		if !recursive {
			first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(key, prefix), "/"), "/")
			key = path.Join(prefix, first)
		}
		keys[key] = true
	}
	if len(keys) == 0 {
		return nil, fs.ErrNotExist
	}
	return slices.Sorted(maps.Keys(keys)), nil
}

// Stat tells of a file or a folder.
func (s *Secrets) Stat(ctx context.Context, key string) (certmagic.KeyInfo, error) {
	value, err := s.Load(ctx, key)
	if err == nil {
		return certmagic.KeyInfo{Key: key, Size: int64(len(value)), IsTerminal: true}, nil
	}
	if _, errList := s.List(ctx, key, false); errList == nil {
		return certmagic.KeyInfo{Key: key}, nil
	}
	return certmagic.KeyInfo{}, err
}

// Lock waits until nobody else has the name: it is a Secret that can be created once.
func (s *Secrets) Lock(ctx context.Context, name string) error {
	sent := context.WithoutCancel(ctx) // or a lock could be made that nobody knows of
	for wait := lockPoll; ; wait = min(2*wait, longestLockPoll) {
		err := s.create(sent, lockOf(name), s.lease(lockTime), nil)
		if err == nil && ctx.Err() != nil {
			return cmp.Or(s.Unlock(sent, name), ctx.Err())
		}
		if !isStatus(err, http.StatusConflict) {
			return err
		}
		if held, err := s.get(sent, lockOf(name)); err == nil {
			ends, _ := time.Parse(time.RFC3339, held.Metadata.Annotations[untilAnnotation])
			if time.Now().After(ends) && s.dissolve(sent, held) == nil {
				continue
			}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// RenewLockLease keeps a lock for longer, though not for hours as is asked for: if this process were killed, the next one
// would wait for so long. One that somebody took for left behind is taken again.
func (s *Secrets) RenewLockLease(ctx context.Context, name string, more time.Duration) error {
	lease := s.lease(min(more, lockTime))
	err := s.patch(ctx, lockOf(name), object{Metadata: metadata{Annotations: lease}})
	if isStatus(err, http.StatusNotFound) {
		return s.create(ctx, lockOf(name), lease, nil)
	}
	return err
}

// Unlock lets the next one have the name, unless that one has it already.
func (s *Secrets) Unlock(ctx context.Context, name string) error {
	sent := context.WithoutCancel(ctx)
	held, err := s.get(sent, lockOf(name))
	if err == nil && held.Metadata.Annotations[holderAnnotation] == s.holder {
		err = s.dissolve(sent, held)
	}
	return gone(err)
}

// dissolve removes a lock as it was seen.
func (s *Secrets) dissolve(ctx context.Context, held object) error {
	return s.do(ctx, http.MethodDelete, s.path(held.Metadata.Name), "application/json",
		map[string]any{"preconditions": map[string]string{"resourceVersion": held.Metadata.ResourceVersion}}, nil)
}

func (s *Secrets) lease(length time.Duration) map[string]string {
	return map[string]string{
		holderAnnotation: s.holder,
		untilAnnotation:  time.Now().Add(length).UTC().Format(time.RFC3339),
	}
}

// below is all files of a folder and those below it. Each Secret has a label for every folder that it is in, so that no
// more than these are listed; they are as the API server remembers them, which takes it less than to make sure.
func (s *Secrets) below(ctx context.Context, prefix string) ([]string, error) {
	var list struct{ Items []object }
	query := "?resourceVersion=0&labelSelector=" + labelOf(prefix)
	if err := s.do(ctx, http.MethodGet, s.path("")+query, "", nil, &list); err != nil {
		return nil, fmt.Errorf("cannot list the Secrets of namespace %s: %w", s.Namespace, err)
	}
	var keys []string
	for _, item := range list.Items {
		keys = append(keys, item.Metadata.Annotations[keyAnnotation])
	}
	return keys, nil
}

func (s *Secrets) get(ctx context.Context, key string) (found object, err error) {
	return found, s.do(ctx, http.MethodGet, s.path(nameOf(key)), "", nil, &found)
}

func (s *Secrets) create(ctx context.Context, key string, annotations map[string]string, data map[string][]byte) error {
	labels := map[string]string{"app.kubernetes.io/part-of": "ashlar", "app.kubernetes.io/managed-by": "gateway"}
	if data != nil {
		labels[labelOf("")] = ""
		for folder := path.Dir(key); folder != "."; folder = path.Dir(folder) {
			labels[labelOf(folder)] = ""
		}
	}
	made := object{"Secret", "v1", metadata{Name: nameOf(key), Labels: labels, Annotations: annotations}, data}
	return s.do(ctx, http.MethodPost, s.path(""), "application/json", made, nil)
}

func (s *Secrets) patch(ctx context.Context, key string, change any) error {
	return s.do(ctx, http.MethodPatch, s.path(nameOf(key)), "application/merge-patch+json", change, nil)
}

func (s *Secrets) remove(ctx context.Context, key string) error {
	return s.do(ctx, http.MethodDelete, s.path(nameOf(key)), "", nil, nil)
}

func (s *Secrets) path(name string) string {
	return pathOf(s.Namespace, "secrets", name)
}

// nameOf is a name for the Secret of a file: its last part to read, and a hash to be the only one.
func nameOf(key string) string {
	last := unreadable.ReplaceAllString(strings.ToLower(path.Base(key)), "-")
	return fmt.Sprintf("file-%s-%x", strings.Trim(last[:min(len(last), 200)], "-"), shortHash(key))
}

var unreadable = regexp.MustCompile(`[^a-z0-9]+`)

func labelOf(folder string) string {
	return fmt.Sprintf("ashlar.dev/in-%x", shortHash(strings.Trim(folder, "/")))
}

func lockOf(name string) string { return "lock/" + name }

func shortHash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:8]
}

var (
	_ caddy.Provisioner      = (*Secrets)(nil)
	_ caddy.StorageConverter = (*Secrets)(nil)
	_ certmagic.Storage      = (*Secrets)(nil)
)
