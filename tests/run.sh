#!/usr/bin/env bash
# Every test, with the real things that they need: installed from the distribution's packages, started privately in a folder
# of their own, ended with it. The last line counts: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

needed="docker.io iproute2 iptables docker-registry apache2-utils curl busybox-static chromium libnss3-tools tmux qemu-user-static"
needed="$needed etcd-server openssl socat util-linux perl-base" # a Kubernetes to run,
needed="$needed golang-go make rsync jq dpkg-dev"               # and to build
command -v kubectl >/dev/null || needed="$needed kubernetes-client"

install() {
    local missing=""
    for package in $needed; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "installing:$missing"
    # A package's own service is of no use here, and may not be able to start.
    printf '#!/bin/sh\nexit 101\n' >"$lab/policy-rc.d" && chmod +x "$lab/policy-rc.d"
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then cp "$lab/policy-rc.d" $policy; trap 'rm -f /usr/sbin/policy-rc.d; finish' EXIT; fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >"$lab/apt.log" 2>&1 || { tail -n 20 "$lab/apt.log"; exit 1; }
}

finish() {
    for part in kubernetes registry docker; do
        [ ! -d "$lab/$part" ] || tests/lab/$part.sh down "$lab/$part" || echo "tests/lab/$part.sh down $lab/$part failed"
    done
    rm -rf "$lab"
}

if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download"
    exit 1
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "This script needs root on Debian, where it installs and starts: $needed."
    echo "Elsewhere, 'dotnet test' runs the tests that need none of these and says of the others what they would need."
    exit 1
fi

lab=$(mktemp -d /tmp/kube-tests.XXXXXX)
trap finish EXIT
install

export KUBE_LAB=required
for part in docker registry kubernetes; do
    variables=$(tests/lab/$part.sh up "$lab/$part")
    eval "$variables"
done
export KUBE_LAB_CHROMIUM
KUBE_LAB_CHROMIUM=$(command -v chromium)

# What the tools of .NET leave behind goes with all the rest.
mkdir "$lab/tmp"
export TMPDIR="$lab/tmp"

dotnet build Kube.Module.sln -v quiet -clp:NoSummary

# One test project after another: many of them start servers, containers and browsers.
status=0
dotnet test --solution Kube.Module.sln --no-build --max-parallel-test-modules 1 >"$lab/tests.log" 2>&1 || status=$?
cat "$lab/tests.log"

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)\$/\1/p" "$lab/tests.log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ] || [ "$passed" -eq 0 ]; then
    echo "no test ran"
    exit 1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
