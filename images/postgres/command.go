package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// command is what a line for a shell asks for, as far as initdb writes such lines.
type command struct {
	words     []string
	redirects map[int]string // standard input or output from or to a file; 2 is "&1" or a file
}

// runCommand becomes the program that the line names, or ends with a shell's exit code for what cannot be run.
func runCommand(line string) {
	command, err := parse(line)
	if err == nil && command.words[0] != postgres {
		err = errors.New("only " + postgres + " is run here")
	}
	if err == nil {
		err = command.redirect()
	}
	if err == nil {
		err = syscall.Exec(postgres, command.words, os.Environ())
	}
	fmt.Fprintf(os.Stderr, "this image has no shell: %v, not: %s\n", err, line)
	os.Exit(127)
}

// parse splits at blanks outside of double quotes and takes redirections out; anything else of a shell is an error.
func parse(line string) (command, error) {
	result := command{redirects: map[int]string{}}
	target := -1 // of a redirection whose file comes next
	for _, field := range fields(line) {
		quoted := strings.HasPrefix(field, `"`)
		word := strings.Trim(field, `"`)
		switch {
		case strings.ContainsAny(word, "`$;|'*?(){}\\\"\n") || (!quoted && word != "2>&1" && strings.Contains(word, "&")):
			return result, fmt.Errorf("%s is for a shell", field)
		case target >= 0:
			result.redirects[target], target = word, -1
		case quoted:
			result.words = append(result.words, word)
		case word == "<":
			target = syscall.Stdin
		case word == ">":
			target = syscall.Stdout
		case strings.HasPrefix(word, ">"):
			result.redirects[syscall.Stdout] = strings.Trim(word[1:], `"`)
		case word == "2>&1":
			result.redirects[syscall.Stderr] = "&1"
		default:
			result.words = append(result.words, word)
		}
	}
	if target >= 0 || len(result.words) == 0 {
		return result, errors.New("the command is cut off")
	}
	return result, nil
}

// fields splits at blanks, except inside of double quotes, which stay.
func fields(line string) []string {
	inside := false
	return strings.FieldsFunc(line, func(r rune) bool {
		if r == '"' {
			inside = !inside
		}
		return r == ' ' && !inside
	})
}

func (c command) redirect() error {
	for descriptor := syscall.Stdin; descriptor <= syscall.Stdout; descriptor++ {
		path, wanted := c.redirects[descriptor]
		if !wanted {
			continue
		}
		mode := syscall.O_RDONLY
		if descriptor == syscall.Stdout {
			mode = syscall.O_WRONLY | syscall.O_CREAT | syscall.O_TRUNC
		}
		file, err := syscall.Open(path, mode, 0o600)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := duplicate(file, descriptor); err != nil {
			return err
		}
	}
	if _, wanted := c.redirects[syscall.Stderr]; wanted {
		return duplicate(syscall.Stdout, syscall.Stderr)
	}
	return nil
}

// duplicate is dup2, which Linux on arm64 does not have.
func duplicate(from, to int) error {
	if from == to {
		return nil
	}
	return syscall.Dup3(from, to, 0)
}
