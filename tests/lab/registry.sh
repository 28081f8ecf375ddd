#!/usr/bin/env bash
# A private registry behind a password: registry.sh up DIR prints the variables that the tests read; registry.sh down DIR ends it.
# Plain http on a free port of the loopback address, which engines allow there. Everything is kept in DIR. With KUBE_LAB_DOCKER_HOST
# set, that engine's busybox is pushed as the private image and its tag is removed from the engine.
set -euo pipefail

verb=${1:?usage: registry.sh up|down DIR}
dir=$(mkdir -p "${2:?usage: registry.sh up|down DIR}" && cd "$2" && pwd)
user=kube

say() { echo "registry: $*" >&2; }

running() { [ -f "$dir/registry.pid" ] && kill -0 "$(cat "$dir/registry.pid")" 2>/dev/null; }

port() { sed -n 's/.*listening on 127\.0\.0\.1:\([0-9][0-9]*\).*/\1/p' "$dir/registry.log" | tail -n 1; }

status() { curl -s -o "$dir/answer" -w '%{http_code}' "$@" "http://127.0.0.1:$(port)/v2/"; }

# The password holds what breaks careless code: a colon (user:password), a slash and a plus (base64, URLs).
secrets() {
    [ -s "$dir/password" ] || (umask 077 && printf 'k:u/b+e-%s' "$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')" >"$dir/password")
    [ -s "$dir/htpasswd" ] || htpasswd -iBn "$user" <"$dir/password" >"$dir/htpasswd"
}

start() {
    # The port stays the same over down and up, where it is still free: images are named after it.
    local address=127.0.0.1:0
    [ ! -s "$dir/port" ] || address=127.0.0.1:$(cat "$dir/port")
    cat >"$dir/config.yml" <<END
version: 0.1
log: {level: info, formatter: text}
storage: {filesystem: {rootdirectory: "$dir/data"}, delete: {enabled: true}}
http: {addr: "$address"}
auth: {htpasswd: {realm: "Kube's lab", path: "$dir/htpasswd"}}
END
    nohup docker-registry serve "$dir/config.yml" </dev/null >"$dir/registry.log" 2>&1 &
    echo $! >"$dir/registry.pid"
    for _ in $(seq 100); do
        running || break
        [ -n "$(port)" ] && [ "$(status)" = 401 ] && return
        sleep 0.1
    done
    return 1
}

stop() {
    running || { rm -f "$dir/registry.pid"; return 0; }
    local pid
    pid=$(cat "$dir/registry.pid")
    kill "$pid"
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    rm -f "$dir/registry.pid"
}

push() {
    local image=$1
    engine() { docker --config "$dir/cli" -H "$KUBE_LAB_DOCKER_HOST" "$@"; }
    printf 'user = "%s:%s"\n' "$user" "$(cat "$dir/password")" >"$dir/curlrc"
    curl -sf -K "$dir/curlrc" -o "$dir/answer" "http://127.0.0.1:$(port)/v2/private/busybox/manifests/1.35" && return
    mkdir -p "$dir/cli"
    engine login -u "$user" --password-stdin "localhost:$(port)" <"$dir/password" >"$dir/push.log" 2>&1
    engine tag busybox:1.35 "$image"
    engine push "$image" >>"$dir/push.log" 2>&1 || { tail -n 5 "$dir/push.log" >&2; exit 1; }
    engine rmi "$image" >>"$dir/push.log"
}

case $verb in
up)
    secrets
    if ! running && ! start; then
        # Somebody else has taken the port meanwhile.
        stop
        rm -f "$dir/port"
        start || { stop; say "the registry did not start; its log ends with:"; tail -n 20 "$dir/registry.log" >&2; exit 1; }
    fi
    port >"$dir/port"
    image=localhost:$(port)/private/busybox:1.35
    [ -z "${KUBE_LAB_DOCKER_HOST:-}" ] || push "$image"
    echo "export KUBE_LAB_REGISTRY=localhost:$(port)"
    echo "export KUBE_LAB_REGISTRY_USER=$user"
    echo "export KUBE_LAB_REGISTRY_PASSWORD='$(cat "$dir/password")'"
    [ -z "${KUBE_LAB_DOCKER_HOST:-}" ] || echo "export KUBE_LAB_PRIVATE_IMAGE=$image"
    ;;
down)
    stop
    ;;
*)
    say "usage: registry.sh up|down DIR"
    exit 2
    ;;
esac
