// Command forward lets the host's loopback reach a network namespace: it listens on the host, dials inside the namespace
// and copies both ways. It needs root for the namespace alone.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/netip"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

const connectionsPerForward = 512

type forward struct{ listen, dial netip.AddrPort }

// dialer connects from inside the namespace.
type dialer func(address netip.AddrPort) (net.Conn, error)

func main() {
	log.SetFlags(0)
	log.SetPrefix("forward: ")
	namespace := flag.String("netns", "", "file of the network namespace to dial in, as /run/netns/NAME")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: forward -netns FILE LISTEN=DIAL ...   as 127.0.0.1:8080=198.18.0.2:30080")
		flag.PrintDefaults()
	}
	flag.Parse()
	forwards, err := parse(flag.Args())
	if err != nil {
		log.Fatal(err)
	}
	dial, err := insideOf(*namespace)
	if err != nil {
		log.Fatal(err)
	}
	listeners, err := listenAll(forwards)
	if err != nil {
		log.Fatal(err)
	}
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	for listener, to := range listeners {
		log.Printf("%s to %s", listener.Addr(), to)
		go serve(listener, to, dial)
	}
	<-stopping.Done()
}

func parse(arguments []string) ([]forward, error) {
	var forwards []forward
	for _, argument := range arguments {
		left, right, _ := strings.Cut(argument, "=")
		listen, errListen := netip.ParseAddrPort(left)
		dial, errDial := netip.ParseAddrPort(right)
		if errListen != nil || errDial != nil {
			return nil, fmt.Errorf("%q is not LISTEN=DIAL with numeric addresses, as 127.0.0.1:8080=198.18.0.2:30080", argument)
		}
		forwards = append(forwards, forward{listen, dial})
	}
	if len(forwards) == 0 {
		return nil, errors.New("nothing to forward; name at least one LISTEN=DIAL, as 127.0.0.1:8080=198.18.0.2:30080")
	}
	return forwards, nil
}

// listenAll opens every address; beside 127.0.0.1 also ::1 where the host has it, since browsers try that first.
func listenAll(forwards []forward) (map[net.Listener]netip.AddrPort, error) {
	listeners := map[net.Listener]netip.AddrPort{}
	for _, f := range forwards {
		addresses := []netip.AddrPort{f.listen}
		if f.listen.Addr() == netip.AddrFrom4([4]byte{127, 0, 0, 1}) {
			addresses = append(addresses, netip.AddrPortFrom(netip.IPv6Loopback(), f.listen.Port()))
		}
		for i, address := range addresses {
			listener, err := net.Listen("tcp", address.String())
			switch {
			case err == nil:
				listeners[listener] = f.dial
			case errors.Is(err, syscall.EADDRINUSE):
				return nil, fmt.Errorf("port %d of %s is taken; end what holds it (as root, ss -ltnp 'sport = :%d' shows it)",
					address.Port(), address.Addr(), address.Port())
			case i == 0: // a host without IPv6 has no ::1
				return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
			}
		}
	}
	return listeners, nil
}

// serve accepts without end, at most connectionsPerForward at a time; further ones wait in the kernel's queue.
func serve(listener net.Listener, to netip.AddrPort, dial dialer) {
	free := make(chan struct{}, connectionsPerForward)
	for {
		free <- struct{}{}
		client, err := listener.Accept()
		if err != nil {
			<-free
			log.Printf("accepting on %s: %v", listener.Addr(), err)
			time.Sleep(100 * time.Millisecond) // out of files, most likely: others must close first
			continue
		}
		go func() {
			defer func() { <-free }()
			connect(client, to, dial)
		}()
	}
}

func connect(client net.Conn, to netip.AddrPort, dial dialer) {
	defer client.Close()
	server, err := dial(to)
	if err != nil {
		log.Printf("%s: %v", to, err)
		return
	}
	defer server.Close()
	var both sync.WaitGroup
	both.Go(func() { pass(server, client) })
	both.Go(func() { pass(client, server) })
	both.Wait()
}

// pass copies until the source ends, then ends the other's reading half and leaves its writing half open.
func pass(to, from net.Conn) {
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		from.Close()
		return
	}
	_ = to.(*net.TCPConn).CloseWrite()
}
