// Command volume makes or removes the folder of one volume: what local-path-provisioner runs in its helper pod, where
// upstream has a shell. The folder belongs to the group that this program runs as, like a volume with an fsGroup.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// groupOnly gives the group all rights, and what is made inside the same group.
const groupOnly = fs.ModeSetgid | 0o770

func main() {
	log.SetFlags(0)
	if err := run(os.Args[1:]); err != nil {
		log.Fatalf("volume: %v", err)
	}
}

// run takes the arguments as the provisioner gives them: -p folder -s bytes -m Filesystem -a create|delete.
func run(arguments []string) error {
	flags := flag.NewFlagSet("volume", flag.ContinueOnError)
	path := flags.String("p", "", "the volume's folder, directly below a mounted one")
	mode := flags.String("m", "", "the claim's volumeMode")
	action := flags.String("a", "", "create or delete")
	flags.Int64("s", 0, "the claim's size in bytes, which a folder does not limit")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	parent, name := filepath.Split(*path)
	if !filepath.IsAbs(*path) || filepath.Clean(parent) == "/" || name == "" || strings.HasPrefix(name, ".") {
		return fmt.Errorf("%q is not the absolute path of a folder below the volumes' own; correct the helper pod's mount", *path)
	}
	// Nothing outside of the parent is reached from here on, whatever links a volume holds.
	root, err := os.OpenRoot(parent)
	if err != nil {
		return fmt.Errorf("cannot open the folder of all volumes: %w; mount it into the helper pod", err)
	}
	defer root.Close()
	switch *action {
	case "create":
		return create(root, name, *mode)
	case "delete":
		return root.RemoveAll(name)
	default:
		return fmt.Errorf("action %q is neither create nor delete", *action)
	}
}

func create(root *os.Root, name, mode string) error {
	if mode != "Filesystem" {
		return fmt.Errorf("volume %s: a folder cannot be a volume of mode %s; claim it with volumeMode: Filesystem", name, mode)
	}
	err := root.Mkdir(name, 0o770)
	if errors.Is(err, fs.ErrExist) { // an earlier try made it
		found, statErr := root.Lstat(name)
		if statErr == nil && !found.IsDir() {
			return fmt.Errorf("volume %s: what has its name is no folder; remove it on the node", name)
		}
		err = statErr
	}
	if err != nil {
		return err
	}
	return root.Chmod(name, groupOnly) // whatever the umask
}
