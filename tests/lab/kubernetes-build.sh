#!/usr/bin/env bash
# Builds Kubernetes from the distribution's source package and prints the folder with the binaries: API server, controller manager,
# scheduler and kubelet. They are kept in $XDG_CACHE_HOME/kube-lab and built once; the source and all else is deleted.
#
# Two periods of the kubelet are made shorter: 1.20 lets go of a deleted pod only when a sweep that comes once a minute has taken its sandbox along, and
# tells of it in another that comes every ten seconds. One library walks through maps as Go did before 1.18: with a later one its iterators write beyond
# their end, and an API server that is given a custom resource with labels falls over its own heap.
set -euo pipefail

version=1.20.2
programs="kube-apiserver kube-controller-manager kube-scheduler kubelet"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kube-lab
target=$cache/kubernetes-$version-2 # the number counts changes of this script

say() { echo "kubernetes-build: $*" >&2; }

complete() { for program in $programs; do [ -x "$target/$program" ] || return 1; done; }

missing() {
    for command in go make rsync jq dpkg-source; do command -v $command >/dev/null || echo $command; done
}

# The machine's own lists of packages stay as they are: the sources are looked up in lists of this build.
download() {
    local package mirror
    package=$(apt-get download --print-uris kubernetes-client 2>/dev/null | cut -d"'" -f2)
    mirror=${package%/pool/*}
    [ -n "$mirror" ] || { say "apt-get finds no package kubernetes-client here (is an apt-get update due?), so its source is not to be had either."; exit 1; }
    mkdir -p "$work/apt/lists/partial"
    chmod 755 "$work"
    # shellcheck disable=SC1091
    echo "deb-src $mirror $(. /etc/os-release && echo "$VERSION_CODENAME") main" >"$work/apt/sources.list"
    cat >"$work/apt/apt.conf" <<END
Dir::Etc::SourceList "$work/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$work/apt/lists";
APT::Sandbox::User "root";
END
    export APT_CONFIG="$work/apt/apt.conf"
    (cd "$work" && apt-get update && apt-get source --download-only kubernetes) >>"$log" 2>&1
    ls "$work"/kubernetes_*"$version"*.dsc >>"$log" 2>&1 || { say "the distribution's source is not of Kubernetes $version:" "$work"/*.dsc; exit 1; }
}

# change FILE PATTERN REPLACEMENT
change() {
    grep -q "$2" "$1" || { say "$1 has no line '$2'"; exit 1; }
    sed -i "s|$2|$3|" "$1"
}

lengthen_iterators() {
    local reflect=vendor/github.com/modern-go/reflect2
    change $reflect/unsafe_link.go 'm unsafe.Pointer) \*hiter' 'm unsafe.Pointer, it *hiter)'
    change $reflect/unsafe_link.go '// rest fields are ignored' 'pointers [6]unsafe.Pointer; numbers [4]uintptr'
    change $reflect/unsafe_map.go 'return &UnsafeMapIterator{' 'it := new(hiter); mapiterinit(type2.rtype, *(*unsafe.Pointer)(obj), it); return \&UnsafeMapIterator{'
    change $reflect/unsafe_map.go 'mapiterinit(type2.rtype, \*(\*unsafe.Pointer)(obj)),' 'it,'
}

compile() {
    export HOME=$work GOPATH=$work/go GOCACHE=$work/cache GO111MODULE=off CGO_ENABLED=0
    unset GOFLAGS GOROOT
    local source=$GOPATH/src/k8s.io/kubernetes packages="" flags="-s -w"
    mkdir -p "$GOPATH/src/k8s.io" "$work/bin"
    dpkg-source -x "$work"/kubernetes_*.dsc "$source" >>"$log" 2>&1
    cd "$source"
    change pkg/kubelet/kubelet.go 'ContainerGCPeriod = time.Minute' 'ContainerGCPeriod = time.Second'
    change pkg/kubelet/status/status_manager.go 'syncPeriod = 10 \* time.Second' 'syncPeriod = time.Second'
    lengthen_iterators
    nice make generated_files >>"$log" 2>&1
    for program in $programs; do packages="$packages ./cmd/$program"; done
    for stamped in component-base/version client-go/pkg/version; do
        for field in gitVersion=v$version gitMajor=1 gitMinor=20 gitTreeState=archive; do flags="$flags -X k8s.io/kubernetes/vendor/k8s.io/$stamped.$field"; done
    done
    # shellcheck disable=SC2086
    nice go build -trimpath -ldflags "$flags" -o "$work/bin/" $packages >>"$log" 2>&1
}

finish() {
    local status=$?
    chmod -R u+w "$work" && rm -rf "$work"
    [ $status -eq 0 ] || { say "the build failed; $log ends with:"; tail -n 20 "$log" >&2; }
}

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
if ! complete; then
    absent=$(missing | xargs)
    [ -z "$absent" ] || { say "building Kubernetes needs what is not here: $absent (Debian: golang-go make rsync jq dpkg-dev)"; exit 1; }
    log=$cache/build.log
    work=$(mktemp -d "$cache/build.XXXXXX")
    trap finish EXIT
    : >"$log"
    say "building Kubernetes $version: some minutes, once"
    download
    compile
    mkdir -p "$target"
    mv "$work"/bin/* "$target/"
    say "built in $SECONDS s: $target"
fi
echo "$target"
