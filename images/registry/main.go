// Command registry is the CNCF distribution registry with the storage on disk, the one kind of login that Ashlar uses, and what
// `ashlar image gc` needs: an inventory, and a sweep beside which nothing is written.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/distribution/distribution/v3/configuration"
	"github.com/distribution/distribution/v3/registry"
	"github.com/distribution/distribution/v3/registry/storage"
	"github.com/distribution/distribution/v3/registry/storage/driver/factory"

	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
)

func main() {
	registry.RegisterHandler(upkeep)
	if err := registry.RootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}

// upkeep stands before distribution's handler. Its own two requests are on the debug port alone (http.debug.addr), which is to be on
// the loopback: who may forward a port to the pod may use them.
func upkeep(config *configuration.Configuration, next http.Handler) http.Handler {
	ctx := context.Background()
	parameters := config.Storage.Parameters()
	driver, err := factory.Create(ctx, config.Storage.Type(), parameters)
	if err != nil {
		panic(err) // as distribution does, which opens the same storage
	}
	namespace, err := storage.NewRegistry(ctx, driver, storage.EnableDelete)
	if err != nil {
		panic(err)
	}
	root := filepath.Join(fmt.Sprint(parameters["rootdirectory"]), "docker", "registry", "v2")
	store := &store{driver: driver, namespace: namespace, root: root}
	gate := &gate{store: store, next: next}
	http.HandleFunc("GET /inventory", store.inventory)
	http.HandleFunc("POST /sweep", gate.sweep)
	return gate
}
