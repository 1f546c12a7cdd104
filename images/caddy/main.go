// Command caddy is Caddy with its standard modules, and with what serves the Sites of a cluster: the command
// `caddy gateway`, which runs the configuration of a Secret, and the handler `sites`, which finds a request's Site.
package main

import (
	caddycmd "github.com/caddyserver/caddy/v2/cmd"

	_ "time/tzdata" // the image has no zone files

	_ "github.com/caddyserver/caddy/v2/modules/standard"
)

func main() {
	caddycmd.Main()
}
