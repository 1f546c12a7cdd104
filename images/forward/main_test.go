package main

import (
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
)

func TestParsesOnlyNumericAddresses(t *testing.T) {
	forwards, err := parse([]string{"127.0.0.1:8080=198.18.0.2:30080", "[::1]:1=127.0.0.1:2"})
	if err != nil || len(forwards) != 2 || forwards[0].dial.Port() != 30080 {
		t.Errorf("%v %v", forwards, err)
	}
	for _, bad := range []string{"", "8080", ":8080=127.0.0.1:1", "127.0.0.1:8080", "localhost:80=127.0.0.1:1", "127.0.0.1:80=host:1"} {
		if _, err := parse([]string{bad}); err == nil || !strings.Contains(err.Error(), "LISTEN=DIAL") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestNamesATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, err = listenAll([]forward{{listen: taken.Addr().(*net.TCPAddr).AddrPort()}})
	if err == nil || !strings.Contains(err.Error(), "is taken; end what holds it") {
		t.Errorf("%v", err)
	}
}

// The server answers only when it has read to the end: that takes a half-closed connection through the forward.
func TestPassesTheEndOfOneDirectionAlone(t *testing.T) {
	server, _ := net.Listen("tcp", "127.0.0.1:0")
	defer server.Close()
	go func() {
		connection, _ := server.Accept()
		read, _ := io.ReadAll(connection)
		_, _ = connection.Write(append([]byte("got "), read...))
		connection.Close()
	}()
	front, _ := net.Listen("tcp", "127.0.0.1:0")
	defer front.Close()
	dial := func(address netip.AddrPort) (net.Conn, error) { return net.Dial("tcp", address.String()) }
	accepted := make(chan struct{})
	go func() {
		client, _ := front.Accept()
		connect(client, server.Addr().(*net.TCPAddr).AddrPort(), dial)
		close(accepted)
	}()
	client, err := net.Dial("tcp", front.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_, _ = client.Write([]byte("all"))
	_ = client.(*net.TCPConn).CloseWrite()
	answer, _ := io.ReadAll(client)
	if string(answer) != "got all" {
		t.Errorf("%q", answer)
	}
	<-accepted
}
