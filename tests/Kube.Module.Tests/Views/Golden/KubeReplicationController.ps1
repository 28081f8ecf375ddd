$controllers = @(
    doc "{'apiVersion':'v1','kind':'ReplicationController','metadata':{'name':'web','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'replicas':3,'selector':{'app':'web'},'template':{'spec':{'containers':[{'name':'nginx','image':'registry.example.com:5000/team/nginx:1.29'},{'name':'log','image':'busybox:1.35'}]}}},'status':{'replicas':2,'readyReplicas':1}}"
    doc "{'apiVersion':'v1','kind':'ReplicationController','metadata':{'name':'a-controller-whose-name-is-longer-than-the-screen-has-room-for','namespace':'kube-system','creationTimestamp':'$(ago 800.12:30)'},'spec':{'replicas':1000},'status':{'replicas':1000,'readyReplicas':1000}}"
    doc "{'apiVersion':'v1','kind':'ReplicationController'}"
)
$controllers
