$namespaces = @(
    doc "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'default','creationTimestamp':'$(ago 40.12:30)','labels':{'kubernetes.io/metadata.name':'default'}},'status':{'phase':'Active'}}"
    doc "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'a-namespace-with-as-many-characters-as-a-dns-label-has-room-for','creationTimestamp':'$(ago 3.12:30)','labels':{'team':'東京チーム'}},'status':{'phase':'Terminating'}}"
    doc "{'apiVersion':'v1','kind':'Namespace'}"
)
$namespaces
