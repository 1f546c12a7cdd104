package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

func init() {
	caddy.RegisterModule(new(Outward))
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
