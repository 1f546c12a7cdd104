// The image's entrypoint, and the image's /bin/sh. As the first it makes the database cluster when there is none and
// becomes postgres. As the second it runs what initdb passes to popen and system: postgres, and no other program.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

const (
	bin      = "/usr/lib/postgresql/15/bin/"
	postgres = bin + "postgres"
	// initdb lets in the pod's own socket only; who else may connect is the network's rule, by password.
	hba = "host all all all scram-sha-256\n"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "-c" {
		runCommand(os.Args[2])
	}
	if err := start(os.Getenv("PGDATA"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "postgres:", err)
		os.Exit(1)
	}
}

// start becomes postgres, with the cluster in data made first if need be.
func start(data string, arguments []string) error {
	_, err := os.Stat(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		err = create(data)
	}
	if err != nil {
		return err
	}
	command := append([]string{postgres, "-D", data, "-c", "listen_addresses=*", "-c", "unix_socket_directories=/tmp"}, arguments...)
	return syscall.Exec(postgres, command, os.Environ())
}

// create makes the cluster beside its place and moves it there when it is whole: what was interrupted is begun anew.
func create(data string) error {
	password, err := passwordFile()
	if err != nil {
		return err
	}
	unfinished := data + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	initdb := exec.Command(bin+"initdb", "--pgdata", unfinished, "--username", "postgres", "--pwfile", password,
		"--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--auth-local", "trust", "--auth-host", "scram-sha-256")
	initdb.Stdout, initdb.Stderr = os.Stdout, os.Stderr
	if err := initdb.Run(); err != nil {
		return fmt.Errorf("initdb made no cluster in %s: %w", unfinished, err)
	}
	if err := appendTo(filepath.Join(unfinished, "pg_hba.conf"), hba); err != nil {
		return err
	}
	return os.Rename(unfinished, data)
}

// passwordFile names a file with the password of the user postgres.
func passwordFile() (string, error) {
	if file := os.Getenv("POSTGRES_PASSWORD_FILE"); file != "" {
		return file, nil
	}
	password := os.Getenv("POSTGRES_PASSWORD")
	if password == "" {
		return "", errors.New("there is no cluster yet and no password for its user postgres; " +
			"set POSTGRES_PASSWORD from a Secret, or POSTGRES_PASSWORD_FILE to a mounted one")
	}
	file := "/tmp/password"
	return file, os.WriteFile(file, []byte(password+"\n"), 0o600)
}

func appendTo(path, line string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(line)
	return errors.Join(err, file.Close())
}
