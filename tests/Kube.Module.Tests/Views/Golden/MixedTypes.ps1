# After a pod's table the engine has lists for all that is no pod, and then goes on with the table.
$ready = "'status':{'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]}"
$mixed = @(
    doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'containers':[{'name':'a'}]},$ready}"
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'web','namespace':'default'}}"
    doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'default'}}"
    doc "{'apiVersion':'v1','kind':'Node','metadata':{'name':'kube'},'status':{'conditions':[{'type':'Ready','status':'True'}]}}"
    doc "{'apiVersion':'v1','kind':'Event','metadata':{'name':'web.18','namespace':'default'},'type':'Warning','reason':'BackOff','message':'Back-off','involvedObject':{'kind':'Pod','name':'web'}}"
    doc "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'w','namespace':'default'}}"
    doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'db','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'containers':[{'name':'a'}]},$ready}"
)
$mixed
