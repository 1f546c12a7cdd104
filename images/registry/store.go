package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/distribution/distribution/v3"
	"github.com/distribution/distribution/v3/registry/storage"
	"github.com/distribution/distribution/v3/registry/storage/driver"
	"github.com/distribution/reference"
	"github.com/opencontainers/go-digest"
	v1 "github.com/opencontainers/image-spec/specs-go/v1"
)

// store is the registry's storage, seen from below distribution's handlers.
type store struct {
	driver    driver.StorageDriver
	namespace distribution.Namespace
	root      string
}

// stored is one manifest of one repository. Idle are the seconds since someone last wrote it or was told of it.
type stored struct {
	Repository string          `json:"repository"`
	Digest     digest.Digest   `json:"digest"`
	Idle       int64           `json:"idle"`
	Tags       []string        `json:"tags"`
	Manifest   json.RawMessage `json:"manifest"`
}

type name struct {
	Repository string        `json:"repository"`
	Digest     digest.Digest `json:"digest"`
}

// order says what to delete, unless it was asked for within the last seconds.
type order struct {
	Delete []name `json:"delete"`
	Idle   int64  `json:"idle"`
}

type result struct {
	Deleted []name `json:"deleted"`
	Spared  []name `json:"spared"`
	Freed   int64  `json:"freed"`
}

func (s *store) link(repository string, manifest digest.Digest) string {
	return filepath.Join(s.root, "repositories", filepath.FromSlash(repository),
		"_manifests", "revisions", manifest.Algorithm().String(), manifest.Encoded(), "link")
}

func (s *store) touch(repository string, manifest digest.Digest) {
	if _, err := reference.WithName(repository); err == nil {
		now := time.Now()
		_ = os.Chtimes(s.link(repository, manifest), now, now) // it may not be there
	}
}

func (s *store) idle(repository string, manifest digest.Digest) (int64, error) {
	link, err := os.Stat(s.link(repository, manifest))
	if err != nil {
		return 0, err
	}
	return int64(time.Since(link.ModTime()).Seconds()), nil
}

// inventory answers with every manifest that is stored, whether a tag names it or not, which no request of the protocol tells.
func (s *store) inventory(w http.ResponseWriter, r *http.Request) {
	all := []stored{}
	err := s.each(r.Context(), func(repository distribution.Repository, manifests distribution.ManifestService, found digest.Digest) error {
		manifest, err := manifests.Get(r.Context(), found)
		if err != nil {
			return fmt.Errorf("%s@%s: %w", repository.Named().Name(), found, err)
		}
		_, bytes, err := manifest.Payload()
		if err != nil {
			return err
		}
		tags, err := repository.Tags(r.Context()).Lookup(r.Context(), v1.Descriptor{Digest: found})
		if err != nil {
			return err
		}
		idle, err := s.idle(repository.Named().Name(), found)
		all = append(all, stored{repository.Named().Name(), found, idle, tags, bytes})
		return err
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(all)
}

func (s *store) each(ctx context.Context, visit func(distribution.Repository, distribution.ManifestService, digest.Digest) error) error {
	repositories, ok := s.namespace.(distribution.RepositoryEnumerator)
	if !ok {
		return errors.New("this storage cannot list its repositories")
	}
	err := repositories.Enumerate(ctx, func(text string) error {
		repository, manifests, err := s.repository(ctx, text)
		if err != nil {
			return err
		}
		enumerator, ok := manifests.(distribution.ManifestEnumerator)
		if !ok {
			return errors.New("this storage cannot list its manifests")
		}
		err = enumerator.Enumerate(ctx, func(found digest.Digest) error { return visit(repository, manifests, found) })
		return ignoreAbsent(err) // a repository with nothing but an unfinished upload
	})
	return ignoreAbsent(err) // nothing was pushed yet
}

func ignoreAbsent(err error) error {
	var absent driver.PathNotFoundError
	if errors.As(err, &absent) {
		return nil
	}
	return err
}

func (s *store) repository(ctx context.Context, text string) (distribution.Repository, distribution.ManifestService, error) {
	named, err := reference.WithName(text)
	if err != nil {
		return nil, nil, err
	}
	repository, err := s.namespace.Repository(ctx, named)
	if err != nil {
		return nil, nil, err
	}
	manifests, err := repository.Manifests(ctx)
	return repository, manifests, err
}

// sweep is for when nothing is written. While manifests go, nobody is told that one of them is there.
func (s *store) sweep(ctx context.Context, order order, answers *sync.RWMutex) (result, error) {
	before := s.size()
	result, err := s.remove(ctx, order, answers)
	if err != nil {
		return result, err
	}
	err = storage.MarkAndSweep(ctx, s.driver, s.namespace, storage.GCOpts{Quiet: true})
	result.Freed = before - s.size()
	return result, err
}

func (s *store) remove(ctx context.Context, order order, answers *sync.RWMutex) (result, error) {
	answers.Lock()
	defer answers.Unlock()
	done := result{Deleted: []name{}, Spared: []name{}}
	inUse, err := s.inUse(ctx, order)
	if err != nil {
		return done, err
	}
	for _, unwanted := range order.Delete {
		_, err := s.idle(unwanted.Repository, unwanted.Digest)
		switch {
		case errors.Is(err, fs.ErrNotExist): // it was deleted meanwhile
		case err != nil:
			return done, err
		case inUse[unwanted]:
			done.Spared = append(done.Spared, unwanted)
		default:
			if err := s.removeManifest(ctx, unwanted); err != nil {
				return done, fmt.Errorf("%s@%s: %w", unwanted.Repository, unwanted.Digest, err)
			}
			done.Deleted = append(done.Deleted, unwanted)
		}
	}
	return done, nil
}

// inUse are those that were asked for of late, and the images below an index among them.
func (s *store) inUse(ctx context.Context, order order) (map[name]bool, error) {
	inUse := map[name]bool{}
	for _, unwanted := range order.Delete {
		idle, err := s.idle(unwanted.Repository, unwanted.Digest)
		if errors.Is(err, fs.ErrNotExist) || err == nil && idle >= order.Idle {
			continue
		}
		if err != nil {
			return nil, err
		}
		inUse[unwanted] = true
		_, manifests, err := s.repository(ctx, unwanted.Repository)
		if err != nil {
			return nil, err
		}
		index, err := manifests.Get(ctx, unwanted.Digest)
		if err != nil {
			return nil, err
		}
		for _, below := range index.References() {
			inUse[name{unwanted.Repository, below.Digest}] = true
		}
	}
	return inUse, nil
}

// removeManifest takes the tags away first: a tag that names nothing would be worse than a manifest without a tag.
func (s *store) removeManifest(ctx context.Context, unwanted name) error {
	repository, _, err := s.repository(ctx, unwanted.Repository)
	if err != nil {
		return err
	}
	tags := repository.Tags(ctx)
	current, err := tags.Lookup(ctx, v1.Descriptor{Digest: unwanted.Digest})
	if err != nil {
		return err
	}
	for _, tag := range current {
		if err := tags.Untag(ctx, tag); err != nil {
			return err
		}
	}
	all, err := tags.All(ctx)
	if unknown := (distribution.ErrRepositoryUnknown{}); err != nil && !errors.As(err, &unknown) {
		return err
	}
	return storage.NewVacuum(ctx, s.driver).RemoveManifest(unwanted.Repository, unwanted.Digest, all)
}

func (s *store) size() int64 {
	var sum int64
	_ = filepath.WalkDir(filepath.Join(s.root, "blobs"), func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			if info, err := entry.Info(); err == nil {
				sum += info.Size()
			}
		}
		return nil
	})
	return sum
}
