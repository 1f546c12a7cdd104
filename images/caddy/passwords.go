package main

import (
	"errors"
	"runtime"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/caddyauth"
	"golang.org/x/crypto/bcrypt"
)

func init() {
	caddy.RegisterModule(new(boundedBcrypt))
}

// boundedBcrypt compares passwords: of one route one at a time, and of all together on half of the processors at most, so
// that who guesses passwords at one Site leaves the others their turn, and everybody else the processors.
type boundedBcrypt struct {
	Like string `json:"like"` // a hash; a name that nobody has takes as long

	own chan struct{}
}

const longestTurn = 5 * time.Second // then the client is asked again

var (
	comparing = make(chan struct{}, max(1, runtime.NumCPU()/2))
	errBusy   = errors.New("too many passwords are being compared")
)

// CaddyModule tells Caddy the module's name.
func (*boundedBcrypt) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "http.authentication.hashes.bounded_bcrypt",
		New: func() caddy.Module { return &boundedBcrypt{own: make(chan struct{}, 1)} },
	}
}

// Compare waits for its turn.
func (b *boundedBcrypt) Compare(hash, password []byte) (bool, error) {
	late := time.After(longestTurn)
	for _, turn := range []chan struct{}{b.own, comparing} {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-late:
			return false, errBusy
		}
	}
	err := bcrypt.CompareHashAndPassword(hash, password)
	if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) || errors.Is(err, bcrypt.ErrPasswordTooLong) {
		return false, nil
	}
	return err == nil, err
}

// Hash is for who sets passwords.
func (*boundedBcrypt) Hash([]byte) ([]byte, error) {
	return nil, errors.New("hashes come from elsewhere")
}

// FakeHash is compared with for a name that nobody has.
func (b *boundedBcrypt) FakeHash() []byte { return []byte(b.Like) }

var (
	_ caddyauth.Comparer = (*boundedBcrypt)(nil)
	_ caddyauth.Hasher   = (*boundedBcrypt)(nil)
)
