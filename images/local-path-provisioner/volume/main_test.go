package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func arguments(action, path string) []string {
	return []string{"-p", path, "-s", "1024", "-m", "Filesystem", "-a", action}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMakesAFolderForItsGroupAlone(t *testing.T) {
	volume := filepath.Join(t.TempDir(), "pvc-1_shop_db")
	must(t, run(arguments("create", volume)))
	must(t, run(arguments("create", volume)))
	made, err := os.Stat(volume)
	must(t, err)
	if made.Mode() != os.ModeDir|groupOnly {
		t.Errorf("mode is %v", made.Mode())
	}
}

func TestRemovesWhatIsInsideButNotWhatALinkNames(t *testing.T) {
	folder := t.TempDir()
	kept, volume := filepath.Join(folder, "kept"), filepath.Join(folder, "volumes", "pvc-1_shop_db")
	must(t, os.MkdirAll(filepath.Join(volume, "a", "b"), 0o700))
	must(t, os.WriteFile(kept, []byte("kept"), 0o600))
	must(t, os.Symlink(kept, filepath.Join(volume, "link")))
	must(t, os.Symlink(folder, filepath.Join(volume, "a", "folder")))
	must(t, run(arguments("delete", volume)))
	must(t, run(arguments("delete", volume)))
	if _, err := os.Stat(volume); !os.IsNotExist(err) {
		t.Errorf("the volume is still there: %v", err)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}

func TestRefusesWhatIsNoVolume(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "link")
	must(t, os.Symlink("/etc", link))
	for name, given := range map[string][]string{
		"neither create nor delete": arguments("resize", filepath.Join(folder, "pvc-1")),
		"not the absolute path":     arguments("delete", "/etc"),
		"is no folder":              arguments("create", link),
		"volumeMode: Filesystem":    {"-p", filepath.Join(folder, "pvc-1"), "-m", "Block", "-a", "create"},
	} {
		if err := run(given); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v: %v", given, err)
		}
	}
	for _, path := range []string{"", "relative/pvc-1", folder + "/", folder + "/..", folder + "/.hidden"} {
		if err := run(arguments("delete", path)); err == nil {
			t.Errorf("%q was taken for a volume", path)
		}
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error(err)
	}
}
