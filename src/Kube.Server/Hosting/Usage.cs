namespace Kube.Server.Hosting;

static class Usage
{
    public const string Text = """
        kube-server: a Kubernetes API server and node agent that run pods on the Docker Engine at hand

        kube-server run (--data-path DIR | --in-memory) [flags]
          --data-path DIR              the folder that holds the cluster
          --in-memory                  keep nothing
          --kubeconfig FILE            written once the server is ready; default DIR/kubeconfig
          --bind ADDRESS               listen there too; default: loopback and, for pods, the engine's gateway
          --port PORT                  default 6443; 0: the port of last time where it is free, else any
          --cluster-name NAME          the cluster's name in the kubeconfig; default kube
          --agent RUNTIME              auto, docker, simulated or none; default auto
          --service-account-access A   discovery: pods' tokens may read discovery alone (default); all: everything
          --cors-allowed-origins LIST  regular expressions of the origins whose pages may read the API
          --cors-allowed-methods LIST  default POST,GET,OPTIONS,PUT,DELETE,PATCH
          --cors-allowed-headers LIST  default Content-Type,Content-Length,Accept-Encoding,X-CSRF-Token,Authorization,
                                       X-Requested-With,If-Modified-Since
          --cors-allow-credentials     let pages send cookies and client certificates
          --background                 start in a session of its own and return once it is ready

        kube-server agent --kubeconfig FILE --data-path DIR [flags]
          --kubeconfig FILE            the cluster's; several are merged
          --context NAME               the context to use; default: the current one
          --data-path DIR              the folder for the agent's files
          --runtime RUNTIME            docker or simulated; default docker
          --bind ADDRESS               where the API server reaches this agent; default: from where this machine reaches it
          --port PORT                  default 0: the port of last time where it is free, else any
          --client-ca-file FILE        the CA of the API server's client certificate; default: the cluster's own
          --node-labels LIST           key=value,… for the node
          --register-with-taints LIST  key[=value]:effect,… for the node when it is registered anew
          --tls-cert-file FILE         the certificate that the API server is shown; default: one signed by itself
          --tls-private-key-file FILE  its key
          --remove-containers          remove this agent's containers from its engine, and end
          --background                 as for run: return once the node is registered

        kube-server proxy --data-path DIR [flags]
          --data-path DIR              the folder for its certificates, token, kubeconfig and log
          --kubeconfig FILE            the cluster's; several are merged; default: as kubectl finds them
          --context NAME               the context to use; default: the current one
          --bind ADDRESS               listen there too; default: loopback
          --port PORT                  default 0: the port of last time where it is free, else any
          --accept-paths LIST          regular expressions of the paths to pass on; default ^.*
          --reject-paths LIST          of those not to; default ^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach
          --reject-methods LIST        of the methods not to pass on; default ^$
          --accept-hosts LIST          of the names it may be called by; default loopback's and --bind's
          --read-only                  pass nothing on that changes the cluster
          --allow-impersonation        let clients act as others
          --no-token                   let every program on this machine in
          --cors-…, --background       as for run

        run and agent
          --node-name NAME             default: the machine's name
          --docker-host ADDRESS        default: as docker finds it
          --docker-config DIR          the folder with Docker's config.json; default: as docker finds it
          --sandbox-image IMAGE        default: Kube's own
          --log-file FILE              default: DIR/kube-server.log for run, proxy and in the background, else standard error

        kube-server --help | --version
        """;
}
