package main

import (
	"errors"
	"runtime"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/caddyauth"
	"golang.org/x/crypto/bcrypt"
)

func init() {
	caddy.RegisterModule(boundedBcrypt{})
}

// boundedBcrypt compares passwords, of all Sites together on half of the processors at most, so that who guesses
// passwords leaves the others theirs.
type boundedBcrypt struct {
	Like string `json:"like"` // a hash; a name that nobody has takes as long
}

var comparing = make(chan struct{}, max(1, runtime.NumCPU()/2))

func (boundedBcrypt) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "http.authentication.hashes.bounded_bcrypt",
		New: func() caddy.Module { return new(boundedBcrypt) },
	}
}

func (boundedBcrypt) Compare(hash, password []byte) (bool, error) {
	comparing <- struct{}{}
	defer func() { <-comparing }()
	err := bcrypt.CompareHashAndPassword(hash, password)
	if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) || errors.Is(err, bcrypt.ErrPasswordTooLong) {
		return false, nil
	}
	return err == nil, err
}

func (boundedBcrypt) Hash([]byte) ([]byte, error) {
	return nil, errors.New("hashes come from elsewhere")
}

func (b boundedBcrypt) FakeHash() []byte { return []byte(b.Like) }

var (
	_ caddyauth.Comparer = boundedBcrypt{}
	_ caddyauth.Hasher   = boundedBcrypt{}
)
