//go:build tools

// Package tools names the commands that are built from this module, so that go mod tidy keeps what they need.
package tools

import (
	_ "filippo.io/age/cmd/age-keygen"
	_ "github.com/getsops/sops/v3/cmd/sops"
)
