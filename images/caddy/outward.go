package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

func init() {
	caddy.RegisterModule(new(Outward))
}

// loopHeader has the names of all proxies that a request came through, see RFC 8586.
const loopHeader = "CDN-Loop"

var ownName = "ashlar-" + rand.Text() // of this process

// comesBack tells whether this process sent the request itself.
func comesBack(r *http.Request) bool {
	return slices.ContainsFunc(r.Header.Values(loopHeader), func(names string) bool { return strings.Contains(names, ownName) })
}

// Outward is Caddy's own transport for servers outside the cluster. Whatever a name stands for when it is looked up, no
// request goes to this machine, to what is only on its link (where clouds have their metadata), or to a range that is
// denied.
type Outward struct {
	reverseproxy.HTTPTransport
	Denied []netip.Prefix `json:"denied,omitempty"`
}

// CaddyModule tells Caddy the transport's name.
func (*Outward) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.reverse_proxy.transport.outward", New: func() caddy.Module { return new(Outward) }}
}

// Provision looks at each connection before anything is sent over it.
func (o *Outward) Provision(ctx caddy.Context) error {
	if err := o.HTTPTransport.Provision(ctx); err != nil {
		return err
	}
	dial := o.Transport.DialContext
	o.Transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		peer, err := netip.ParseAddrPort(connection.RemoteAddr().String())
		if err == nil && !o.mayReach(peer.Addr().Unmap()) {
			err = fmt.Errorf("%s stands for %s, which is not outside", address, peer.Addr())
		}
		if err != nil {
			connection.Close()
			return nil, err
		}
		return connection, nil
	}
	return nil
}

// RoundTrip leaves a mark, so that a request that comes back is known.
func (o *Outward) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Add(loopHeader, ownName)
	return o.HTTPTransport.RoundTrip(r)
}

func (o *Outward) mayReach(address netip.Addr) bool {
	if address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsUnspecified() {
		return false
	}
	for _, denied := range o.Denied {
		if denied.Contains(address) {
			return false
		}
	}
	return true
}

var (
	_ caddy.Provisioner         = (*Outward)(nil)
	_ reverseproxy.TLSTransport = (*Outward)(nil)
)
