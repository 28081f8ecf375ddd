# Of a type that Kube does not know first: its table has a column for the kind, and takes all.
$mixed = @(
    doc "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'w','namespace':'default','creationTimestamp':'$(ago 3.12:30)'}}"
    doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'containers':[{'name':'a'}]}}"
    doc "{'apiVersion':'v1','kind':'Node','metadata':{'name':'kube','creationTimestamp':'$(ago 40.12:30)'}}"
)
$mixed
