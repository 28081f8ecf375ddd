$secrets = @(
    doc "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'type':'Opaque','data':{'password':'aHVudGVyMg==','user':'a3ViZQ=='}}"
    doc "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'default-token-of-a-service-account-abcde','namespace':'kube-system','creationTimestamp':'$(ago 800.12:30)','labels':{'app':'web'}},'type':'kubernetes.io/service-account-token','data':{'token':'eA=='}}"
    doc "{'apiVersion':'v1','kind':'Secret'}"
)
$secrets
