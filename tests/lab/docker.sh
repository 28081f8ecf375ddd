#!/usr/bin/env bash
# A private Docker Engine: docker.sh up DIR prints the variables that the tests read; docker.sh down DIR ends it.
# Everything is kept in DIR. The engine has a bridge of its own, so that one that is already running is not disturbed.
set -euo pipefail

verb=${1:?usage: docker.sh up|down DIR}
dir=$(mkdir -p "${2:?usage: docker.sh up|down DIR}" && cd "$2" && pwd)
number=$(printf %s "$dir" | cksum | cut -d' ' -f1)
bridge=kube$((number % 100000))
subnet=172.$((17 + number % 14)).$((number / 14 % 250)).1/24

say() { echo "docker: $*" >&2; }

engine() { docker --config "$dir/cli" -H "unix://$dir/docker.sock" "$@"; }

running() { [ -f "$dir/docker.pid" ] && kill -0 "$(cat "$dir/docker.pid")" 2>/dev/null; }

driver() { if grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null; then echo overlay2; else echo vfs; fi; }

start() {
    ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" type bridge
    ip addr replace "$subnet" dev "$bridge"
    ip link set "$bridge" up
    nohup dockerd --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/docker.pid" -H "unix://$dir/docker.sock" \
        --storage-driver "$(driver)" --bridge "$bridge" --config-file "$dir/daemon.json" </dev/null >"$dir/docker.log" 2>&1 &
    for _ in $(seq 150); do
        engine version >/dev/null 2>&1 && return
        sleep 0.2
    done
    say "the engine did not start; its log ends with:"
    tail -n 20 "$dir/docker.log" >&2
    exit 1
}

# No registry is needed: the image is Debian's static busybox with its applets linked.
import() {
    engine image inspect busybox:1.35 >/dev/null 2>&1 && return
    local root
    root=$(mktemp -d)
    mkdir -p "$root"/bin "$root"/etc "$root"/tmp "$root"/root "$root"/var/run
    chmod 1777 "$root/tmp"
    chmod 755 "$root"
    cp /bin/busybox "$root/bin/busybox"
    for applet in $(/bin/busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"; done
    echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
    echo 'root:x:0:' >"$root/etc/group"
    tar -C "$root" -c . | engine import --change 'CMD ["sh"]' --change 'ENV PATH=/bin' - busybox:1.35 >/dev/null
    rm -rf "$root"
}

case $verb in
up)
    mkdir -p "$dir/cli"
    [ -f "$dir/daemon.json" ] || echo '{}' >"$dir/daemon.json"
    running || start
    import
    echo "export KUBE_LAB_DOCKER_HOST=unix://$dir/docker.sock"
    echo "export KUBE_LAB_IMAGE=busybox:1.35"
    ;;
down)
    if running; then
        pid=$(cat "$dir/docker.pid")
        containers=$(engine ps -aq)
        [ -z "$containers" ] || engine rm -f $containers >/dev/null
        kill "$pid"
        for _ in $(seq 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
    fi
    # The engine leaves the name space of its host network mounted.
    for mounted in $(awk -v dir="$dir/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r); do umount "$mounted"; done
    ! ip link show "$bridge" >/dev/null 2>&1 || ip link del "$bridge"
    ;;
*)
    say "usage: docker.sh up|down DIR"
    exit 2
    ;;
esac
