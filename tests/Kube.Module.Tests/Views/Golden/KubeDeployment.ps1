$deployments = @(
    doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'replicas':3,'selector':{'matchLabels':{'app':'web'}},'template':{'spec':{'containers':[{'name':'nginx','image':'registry.example.com:5000/team/nginx:1.29'},{'name':'log','image':'busybox:1.35'}]}}},'status':{'replicas':2,'updatedReplicas':2,'readyReplicas':1,'availableReplicas':1}}"
    doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a-deployment-whose-name-is-longer-than-the-screen-has-room-for','namespace':'kube-system','creationTimestamp':'$(ago 800.12:30)'},'spec':{'replicas':1000},'status':{'replicas':1000,'updatedReplicas':1000,'readyReplicas':1000,'availableReplicas':1000}}"
    doc "{'apiVersion':'apps/v1','kind':'Deployment'}"
)
$deployments
