// Command helper-pod completes the template of local-path-provisioner's helper pod with the image that it runs in itself, so
// that the digest stands in one place, the Deployment: helper-pod TEMPLATE RESULT.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	credentials = "/var/run/secrets/kubernetes.io/serviceaccount/"
	placeholder = "image: of-this-pod"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("helper-pod: say which template to read and where to write the result: helper-pod TEMPLATE RESULT")
	}
	if err := write(os.Args[1], os.Args[2], ownImage); err != nil {
		log.Fatalf("helper-pod: %v", err)
	}
}

func write(template, result string, image func() (string, error)) error {
	text, err := os.ReadFile(template)
	if err != nil {
		return err
	}
	if !strings.Contains(string(text), placeholder) {
		return fmt.Errorf("%s does not say %q; the image of this pod belongs there", template, placeholder)
	}
	name, err := image()
	if err != nil {
		return err
	}
	return os.WriteFile(result, []byte(strings.ReplaceAll(string(text), placeholder, "image: "+name)), 0o644)
}

// ownImage asks the API server for this very pod.
func ownImage() (string, error) {
	token, err := os.ReadFile(credentials + "token")
	if err != nil {
		return "", fmt.Errorf("%w; give the pod its ServiceAccount's token (automountServiceAccountToken)", err)
	}
	authority, err := os.ReadFile(credentials + "ca.crt")
	if err != nil {
		return "", err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	client := http.Client{
		Timeout:   30 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}},
	}
	server := net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	path := fmt.Sprintf("/api/v1/namespaces/%s/pods/%s", os.Getenv("POD_NAMESPACE"), os.Getenv("POD_NAME"))
	request, err := http.NewRequest(http.MethodGet, "https://"+server+path, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("GET %s: %s; let the ServiceAccount get pods of its namespace", path, response.Status)
	}
	return imageOf(json.NewDecoder(response.Body))
}

func imageOf(answer *json.Decoder) (string, error) {
	var pod struct {
		Spec struct {
			InitContainers []struct{ Image string }
		}
	}
	if err := answer.Decode(&pod); err != nil {
		return "", err
	}
	if len(pod.Spec.InitContainers) == 0 {
		return "", errors.New("this pod has no init container; run helper-pod in one")
	}
	return pod.Spec.InitContainers[0].Image, nil
}
