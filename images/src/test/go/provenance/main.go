// Command provenance reads an in-toto statement from the standard input and holds it against the shape that in-toto publishes
// as protocol buffers: unknown fields are refused, then the checks that come with the shape are run.
package main

import (
	"io"
	"log"
	"os"

	provenance "github.com/in-toto/attestation/go/predicates/provenance/v1"
	statement "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

func main() {
	log.SetFlags(0)
	text, err := io.ReadAll(os.Stdin)
	must(err)
	var said statement.Statement
	must(protojson.Unmarshal(text, &said))
	must(said.Validate())
	predicate, err := protojson.Marshal(said.GetPredicate())
	must(err)
	var made provenance.Provenance
	must(protojson.Unmarshal(predicate, &made))
	must(made.Validate())
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
