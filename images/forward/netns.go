package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// insideOf dials from inside a network namespace. Its file is looked up for each connection, so that a namespace which was
// made again under its name is found.
func insideOf(namespace string) (dialer, error) {
	if _, err := os.Stat(namespace); err != nil {
		return nil, fmt.Errorf("cannot see the network namespace: %w; give it with -netns /run/netns/NAME", err)
	}
	return func(address netip.AddrPort) (net.Conn, error) {
		type result struct {
			connection net.Conn
			err        error
		}
		done := make(chan result)
		go func() {
			runtime.LockOSThread() // never unlocked: the thread ends with this goroutine and nothing else runs in the namespace
			connection, err := dialIn(namespace, address)
			done <- result{connection, err}
		}()
		r := <-done
		return r.connection, r.err
	}, nil
}

// dialIn moves the thread into the namespace; the address is numeric, so that the socket is made on this very thread.
func dialIn(namespace string, address netip.AddrPort) (net.Conn, error) {
	file, err := os.Open(namespace)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if err := unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
		return nil, fmt.Errorf("cannot enter %s: %w (this needs root)", namespace, err)
	}
	return (&net.Dialer{Timeout: 10 * time.Second}).Dial("tcp", address.String())
}
