package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestReachesOnlyWhatIsOutside(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer server.Close()
	port := netip.MustParseAddrPort(server.Listener.Addr().String()).Port()
	proxy := json.RawMessage(fmt.Sprintf(
		`{"handler": "reverse_proxy", "upstreams": [{"dial": "localhost:%d"}], "transport": {"protocol": "outward", "dial_timeout": "3s"}}`, port))
	address := serve(t, map[string]Owner{"shop.test": {Site: "web/shop", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", proxy)}}})
	if status, _ := ask(t, address, "shop.test", "/"); status != http.StatusBadGateway && status != http.StatusServiceUnavailable {
		t.Errorf("a name of this machine: %d", status)
	}
	if asked > 0 {
		t.Error("the request was sent")
	}
	outward := Outward{Denied: []netip.Prefix{netip.MustParsePrefix("10.43.0.0/16")}}
	for text, may := range map[string]bool{
		"192.0.2.7": true, "10.0.0.1": true, "2001:db8::1": true, "::1": false, "127.0.0.2": false, "169.254.169.254": false,
		"fe80::1": false, "0.0.0.0": false, "10.43.0.1": false,
	} {
		if outward.mayReach(netip.MustParseAddr(text)) != may {
			t.Errorf("%s: %v", text, !may)
		}
	}
}

func TestARequestThatComesBackEnds(t *testing.T) {
	address := serve(t, map[string]Owner{"shop.test": {Site: "web/shop", Set: "main"}},
		map[string]map[string][]SiteRoute{"web/shop": {"main": {at("/", says("shop"))}}})
	request, _ := http.NewRequest(http.MethodGet, "http://"+address+"/", nil)
	request.Host = "shop.test"
	for mark, want := range map[string]int{"somebody-else": 200, "somebody-else, " + ownName: http.StatusLoopDetected} {
		request.Header.Set(loopHeader, mark)
		response, err := http.DefaultClient.Do(request)
		if err != nil || response.StatusCode != want {
			t.Errorf("%s: %v, %v", mark, response, err)
		}
	}
}
