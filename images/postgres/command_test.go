package main

import (
	"reflect"
	"testing"
)

// The lines are those of initdb 15.
func TestParsesWhatInitdbWrites(t *testing.T) {
	for line, want := range map[string]command{
		`"/usr/lib/postgresql/15/bin/postgres" -V`: {
			[]string{postgres, "-V"}, map[int]string{}},
		`"/usr/lib/postgresql/15/bin/postgres" --check -F -c log_checkpoints=false -c max_connections=100 < "/dev/null" > "/dev/null" 2>&1`: {
			[]string{postgres, "--check", "-F", "-c", "log_checkpoints=false", "-c", "max_connections=100"},
			map[int]string{0: "/dev/null", 1: "/dev/null", 2: "&1"}},
		`"/usr/lib/postgresql/15/bin/postgres" --single -F template1 >/dev/null`: {
			[]string{postgres, "--single", "-F", "template1"}, map[int]string{1: "/dev/null"}},
	} {
		got, err := parse(line)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v", line, got, err)
		}
	}
}

func TestRefusesWhatIsForAShell(t *testing.T) {
	for _, line := range []string{"", "postgres; id", "postgres | id", "postgres && id", "postgres $HOME", "postgres `id`", `postgres "$HOME"`,
		"postgres <", "postgres 'x'", "postgres &", "postgres\nid"} {
		if got, err := parse(line); err == nil {
			t.Errorf("%q was taken for %v", line, got)
		}
	}
}
