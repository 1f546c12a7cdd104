// Command env is the image's /usr/bin/env, for the hooks that Gitea writes into its repositories. They are scripts for a shell,
// of two kinds: one runs every program of the folder beside it, one a single command. Nothing else of a shell is known here.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("env: this image has no shell; only Gitea's hooks are run: env bash SCRIPT")
	}
	code, err := run(os.Args[2], os.Args[3:])
	if err != nil {
		log.Fatalf("env: this image has no shell: %v", err)
	}
	os.Exit(code)
}

// run returns a hook's exit code, or becomes the one program that it names.
func run(script string, arguments []string) (int, error) {
	text, err := os.ReadFile(script)
	if err != nil {
		return 0, err
	}
	if bytes.Contains(text, []byte("\nfor hook in ${GIT_DIR}/hooks/${hookname}.d/*; do\n")) {
		return runAll(script+".d", arguments, os.Stdin)
	}
	words, err := command(string(text), arguments)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", script, err)
	}
	return 0, syscall.Exec(words[0], words, os.Environ())
}

// runAll gives the same input to every program of a folder; the first exit code that is not 0 counts, as in Gitea's script.
func runAll(folder string, arguments []string, input io.Reader) (int, error) {
	data, err := io.ReadAll(input)
	if err != nil {
		return 0, err
	}
	programs, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return 0, err
	}
	first := 0
	for _, path := range programs {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
			continue
		}
		code, err := exitCode(path, arguments, data)
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = code
		}
	}
	return first, nil
}

func exitCode(path string, arguments []string, input []byte) (int, error) {
	program := exec.Command(path, arguments...)
	program.Stdin, program.Stdout, program.Stderr = bytes.NewReader(input), os.Stdout, os.Stderr
	err := program.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// command is the one line of a script, with $1 to $9 filled in.
func command(script string, arguments []string) ([]string, error) {
	var words []string
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if words != nil {
			return nil, errors.New("it has more than one command")
		}
		for _, word := range strings.Fields(line) {
			number, isArgument := strings.CutPrefix(word, "$")
			at, err := strconv.Atoi(number)
			switch {
			case isArgument && err == nil && at >= 1 && at <= len(arguments):
				words = append(words, arguments[at-1])
			case strings.ContainsAny(word, "`$;|&<>'\"*?(){}\\"):
				return nil, fmt.Errorf("%s is for a shell", word)
			default:
				words = append(words, word)
			}
		}
	}
	if words == nil {
		return nil, errors.New("it has no command")
	}
	return words, nil
}
