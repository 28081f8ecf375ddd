#!/usr/bin/env bash
# A whole Kubernetes 1.20: kubernetes.sh up DIR prints the variables that the tests read; kubernetes.sh down DIR ends it.
#
# etcd, API server (RBAC), controller manager, scheduler and a kubelet whose containers run on a Docker Engine of its own. Everything is kept in
# DIR; nothing listens but on the loopback address and on the engine's bridge, which only this machine and the pods reach. The binaries
# are built once (kubernetes-build.sh). Several can run side by side.
#
# What it has not: kube-proxy, which would share the machine's iptables with every other one. Pods reach the API server at
# the address of the service `kubernetes`, which the bridge bears, and each other by their addresses; other services have no address that answers, nor is there DNS.
set -euo pipefail

verb=${1:?usage: kubernetes.sh up|down DIR}
dir=$(mkdir -p "${2:?usage: kubernetes.sh up|down DIR}" && cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
number=$(printf %s "$dir" | cksum | cut -d' ' -f1)
network=10.$((128 + number % 64)).$((number / 64 % 250))
api=$network.1
node=lab
parts="etcd kube-apiserver kube-controller-manager kube-scheduler kubelet"

say() { echo "kubernetes: $*" >&2; }

alive() { [ -f "$dir/$1.pid" ] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null; }

running() { for part in $parts world; do alive "$part" || return 1; done; }

ready() { [ "$(kubectl --kubeconfig "$dir/kubeconfig" --request-timeout 5s "$@" 2>>"$dir/kubectl.log")" ]; }

# await PART SECONDS CONDITION…: a part that ends, or a condition that does not come true, is told with the log's last lines.
await() {
    local part=$1 end=$((SECONDS + $2))
    shift 2
    while ! "$@" >/dev/null 2>&1; do
        if ! alive "$part" || [ $SECONDS -gt $end ]; then
            say "$part $(alive "$part" && echo "is not ready in time" || echo "has ended"); $dir/$part.log ends with:"
            tail -n 20 "$dir/$part.log" >&2
            exit 1
        fi
        sleep 0.1
    done
}

begin() {
    local part=$1
    shift
    nohup "$@" </dev/null >"$dir/$part.log" 2>&1 &
    echo $! >"$dir/$part.pid"
}

end() {
    alive "$1" || { rm -f "$dir/$1.pid"; return 0; }
    local pid
    pid=$(cat "$dir/$1.pid")
    kill "$pid"
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    ! kill -0 "$pid" 2>/dev/null || kill -KILL "$pid"
    rm -f "$dir/$1.pid"
}

check() {
    local missing=""
    [ "$(id -u)" -eq 0 ] || { say "this needs root"; exit 1; }
    for command in etcd dockerd docker kubectl openssl socat unshare nsenter ip perl; do command -v $command >/dev/null || missing="$missing $command"; done
    [ -z "$missing" ] || { say "not here:$missing (Debian: etcd-server docker.io kubernetes-client openssl socat util-linux iproute2 perl-base)"; exit 1; }
    case $dir/ in /var/lib/* | /var/log/*) say "DIR cannot be below /var/lib or /var/log: the kubelet gets folders of its own there"; exit 1 ;; esac
}

# The kubelet writes to fixed places (/var/lib/kubelet, /var/log/pods), sweeps them of what it does not know, and tunes the kernel. It and its engine see
# folders of DIR and copies of those settings there instead.
world() {
    mkdir -p "$dir/var/lib" "$dir/var/log" "$dir/settings"
    begin world unshare --mount --propagation private sh -c '
        mount --bind "$1/var/lib" /var/lib && mount --bind "$1/var/log" /var/log || exit 1
        for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
            copy=$1/settings/$(basename $setting)
            cat /proc/sys/$setting >"$copy" && mount --bind "$copy" /proc/sys/$setting || exit 1
        done
        echo "This world is ready."
        exec sleep infinity' world "$dir"
    await world 10 grep -q ready "$dir/world.log"
}

inside() { nsenter --mount --target "$(cat "$dir/world.pid")" -- "$@"; }

# Not every machine lets a process ask to be spared when memory runs out, as the kubelet does for its sandboxes.
engine() {
    mkdir -p "$dir/engine"
    cat >"$dir/engine/runc" <<'END'
#!/bin/sh
previous=""
for argument; do
    case $previous in
    --bundle) sed -i 's/"oomScoreAdj":-[0-9]*/"oomScoreAdj":0/' "$argument/config.json" ;;
    --process) sed -i 's/"oomScoreAdj":-[0-9]*/"oomScoreAdj":0/' "$argument" ;;
    esac
    previous=$argument
done
exec runc "$@"
END
    chmod 755 "$dir/engine/runc"
    echo "{\"runtimes\": {\"lab\": {\"path\": \"$dir/engine/runc\"}}, \"default-runtime\": \"lab\"}" >"$dir/engine/daemon.json"
    inside "$here/docker.sh" up "$dir/engine" >"$dir/engine/exports"
}

docker_() { docker --config "$dir/engine/cli" -H "unix://$dir/engine/docker.sock" "$@"; }

bridge() {
    docker_ image inspect kube-lab/pause:2 >/dev/null 2>&1 ||
        printf 'FROM busybox:1.35\nENTRYPOINT ["sh", "-c", "trap exit TERM; sleep 2147483647 & wait"]\n' | docker_ build -q -t kube-lab/pause:2 - >>"$dir/engine/build.log" 2>&1
    gateway=$(docker_ network inspect bridge --format '{{(index .IPAM.Config 0).Gateway}}')
    ip addr replace "$api/32" dev "$(docker_ network inspect bridge --format '{{index .Options "com.docker.network.bridge.name"}}')"
}

# certificate NAME SUBJECT [SUBJECT ALTERNATIVE NAMES]
certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "$2" -CA ca.crt -CAkey ca.key \
        -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=serverAuth,clientAuth ${3:+-addext "subjectAltName=$3"} \
        -keyout "$1.key" -out "$1.crt" 2>>openssl.log
}

certificates() (
    umask 077
    mkdir -p "$dir/pki"
    cd "$dir/pki"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=Kube's lab" -addext keyUsage=critical,keyCertSign,digitalSignature \
        -keyout ca.key -out ca.crt 2>openssl.log
    openssl ecparam -name prime256v1 -genkey -noout -out service-account.key
    certificate etcd /CN=etcd IP:127.0.0.1
    certificate kube-apiserver /O=system:masters/CN=kube-apiserver "IP:$api,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
    certificate front-proxy /CN=front-proxy
    certificate admin /O=system:masters/CN=kubernetes-admin
    certificate kube-controller-manager /CN=system:kube-controller-manager
    certificate kube-scheduler /CN=system:kube-scheduler
    certificate kubelet "/O=system:nodes/CN=system:node:$node" "IP:$gateway,DNS:$node"
)

# kubeconfig FILE USER
kubeconfig() (
    umask 077
    data() { base64 -w 0 "$dir/pki/$1"; }
    cat >"$1" <<END
apiVersion: v1
kind: Config
current-context: lab
contexts:
- {name: lab, context: {cluster: lab, user: $2}}
clusters:
- {name: lab, cluster: {server: "https://$api", certificate-authority-data: $(data ca.crt)}}
users:
- {name: $2, user: {client-certificate-data: $(data "$2.crt"), client-key-data: $(data "$2.key")}}
END
)

ports() { perl -MIO::Socket::INET -e 'print join(" ", map $_->sockport, map IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") || die, 1 .. $ARGV[0])' "$1"; }

control_plane() {
    local pki=$dir/pki client peer
    read -r client peer <<<"$(ports 2)"
    begin etcd etcd --name lab --data-dir "$dir/etcd" --unsafe-no-fsync --listen-client-urls "https://127.0.0.1:$client" --advertise-client-urls "https://127.0.0.1:$client" \
        --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" --initial-cluster "lab=http://127.0.0.1:$peer" \
        --cert-file "$pki/etcd.crt" --key-file "$pki/etcd.key" --client-cert-auth --trusted-ca-file "$pki/ca.crt"
    begin kube-apiserver "$binaries/kube-apiserver" --bind-address "$api" --secure-port 443 --advertise-address "$api" --service-cluster-ip-range "$network.0/24" \
        --etcd-servers "https://127.0.0.1:$client" --etcd-cafile "$pki/ca.crt" --etcd-certfile "$pki/kube-apiserver.crt" --etcd-keyfile "$pki/kube-apiserver.key" \
        --tls-cert-file "$pki/kube-apiserver.crt" --tls-private-key-file "$pki/kube-apiserver.key" --client-ca-file "$pki/ca.crt" \
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction --allow-privileged \
        --kubelet-client-certificate "$pki/kube-apiserver.crt" --kubelet-client-key "$pki/kube-apiserver.key" --kubelet-certificate-authority "$pki/ca.crt" \
        --requestheader-client-ca-file "$pki/ca.crt" --requestheader-allowed-names front-proxy --requestheader-username-headers X-Remote-User \
        --requestheader-group-headers X-Remote-Group --requestheader-extra-headers-prefix X-Remote-Extra- \
        --proxy-client-cert-file "$pki/front-proxy.crt" --proxy-client-key-file "$pki/front-proxy.key" --enable-aggregator-routing \
        --kubelet-preferred-address-types InternalIP --service-account-issuer https://kubernetes.default.svc \
        --service-account-key-file "$pki/service-account.key" --service-account-signing-key-file "$pki/service-account.key"
    await kube-apiserver 60 ready get --raw /readyz
    begin kube-controller-manager "$binaries/kube-controller-manager" --kubeconfig "$pki/kube-controller-manager.conf" --leader-elect=false --port 0 --secure-port 0 \
        --use-service-account-credentials --root-ca-file "$pki/ca.crt" --service-account-private-key-file "$pki/service-account.key"
    begin kube-scheduler "$binaries/kube-scheduler" --kubeconfig "$pki/kube-scheduler.conf" --leader-elect=false --port 0 --secure-port 0
}

the_kubelet() {
    mkdir -p "$dir/kubelet"
    cat >"$dir/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $gateway
port: $(ports 1)
readOnlyPort: 0
healthzPort: 0
tlsCertFile: $dir/pki/kubelet.crt
tlsPrivateKeyFile: $dir/pki/kubelet.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $dir/pki/ca.crt}}
authorization: {mode: Webhook}
nodeStatusUpdateFrequency: 1s
eventRecordQPS: 0
kubeAPIQPS: 100
kubeAPIBurst: 200
oomScoreAdj: 0
failSwapOn: false
cgroupsPerQOS: false
enforceNodeAllocatable: []
makeIPTablesUtilChains: false
hairpinMode: none
clusterDNS: [$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)]
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 0%, nodefs.available: 0%, nodefs.inodesFree: 0%, imagefs.available: 0%}
END
    begin kubelet nsenter --mount --target "$(cat "$dir/world.pid")" -- "$binaries/kubelet" --config "$dir/kubelet.yaml" --kubeconfig "$dir/pki/kubelet.conf" \
        --hostname-override "$node" --node-ip "$gateway" --root-dir "$dir/kubelet" --cert-dir "$dir/pki" \
        --container-runtime-endpoint "unix://$dir/dockershim.sock" --docker-endpoint "unix://$dir/engine/docker.sock" --experimental-dockershim-root-directory "$dir/dockershim" \
        --pod-infra-container-image kube-lab/pause:2
}

node_is_ready() {
    [ "$(kubectl --kubeconfig "$dir/kubeconfig" get node "$node" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}{.spec.taints}')" = True ]
}

up() {
    check
    binaries=$("$here/kubernetes-build.sh")
    down
    trap '[ $? -eq 0 ] || down' EXIT
    world
    engine
    bridge
    certificates
    for user in kube-controller-manager kube-scheduler kubelet; do kubeconfig "$dir/pki/$user.conf" $user; done
    kubeconfig "$dir/kubeconfig" admin
    control_plane
    the_kubelet
    await kubelet 60 node_is_ready
    await kube-controller-manager 30 ready get serviceaccount default -o name
}

down() {
    for part in kubelet kube-scheduler kube-controller-manager kube-apiserver etcd; do end $part; done
    if alive world; then
        [ ! -d "$dir/engine" ] || inside "$here/docker.sh" down "$dir/engine"
        for mounted in $(inside awk -v dir="$dir/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r); do inside umount "$mounted"; done
    fi
    end world
    rm -rf "$dir/etcd" "$dir/kubelet" "$dir/dockershim" "$dir/var" "$dir/pki"
}

case $verb in
up)
    running || up
    echo "export KUBE_LAB_KUBERNETES_KUBECONFIG=$dir/kubeconfig"
    echo "export KUBE_LAB_KUBERNETES_DOCKER_HOST=unix://$dir/engine/docker.sock"
    ;;
down)
    down
    ;;
*)
    say "usage: kubernetes.sh up|down DIR"
    exit 2
    ;;
esac
