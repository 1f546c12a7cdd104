module ashlar.dev/images/registry-forwarder

go 1.26.0

toolchain go1.26.8
