$live = doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a-deployment-with-quite-a-long-name','namespace':'shop'},'spec':{'replicas':1,'paused':true,'template':{'spec':{'containers':[{'name':'web','image':'registry.example.com/team/web:1.0'}]}}}}"
$wanted = doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a-deployment-with-quite-a-long-name','namespace':'shop','labels':{'example.com/tier':'front'}},'spec':{'replicas':3,'template':{'spec':{'containers':[{'name':'web','image':'registry.example.com/team/web:2.0','args':['-v',2]}]}}}}"
[Kube.KubeChanges]::Between($live, $wanted)
[Kube.KubeChanges]::Between($null, (doc "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'data':{'p':'c2VjcmV0'}}"))
