package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPutsTheImageOfThePodIntoTheTemplate(t *testing.T) {
	folder := t.TempDir()
	template, result := filepath.Join(folder, "template"), filepath.Join(folder, "result")
	if err := os.WriteFile(template, []byte("- name: helper-pod\n  image: of-this-pod\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pod := json.NewDecoder(strings.NewReader(`{"spec":{"initContainers":[{"name":"helper-pod","image":"registry/a@sha256:1"}]}}`))
	if err := write(template, result, func() (string, error) { return imageOf(pod) }); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(result); string(text) != "- name: helper-pod\n  image: registry/a@sha256:1\n" {
		t.Errorf("wrote %s", text)
	}
}

func TestWritesNothingWithoutAPlaceOrAnImage(t *testing.T) {
	folder := t.TempDir()
	template, result := filepath.Join(folder, "template"), filepath.Join(folder, "result")
	for _, text := range []string{"image: busybox\n", "image: of-this-pod\n"} {
		if err := os.WriteFile(template, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := write(template, result, func() (string, error) { return "", errors.New("no answer") }); err == nil {
			t.Errorf("%q was completed", text)
		}
	}
	if _, err := os.Stat(result); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}
