# As Get-KubeResource writes objects of several kinds: one table for all.
@(
    doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'containers':[{'name':'a'}]},'status':{'phase':'Running','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}}"
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'web','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'ports':[{'port':80}]}}"
    doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'replicas':3},'status':{'readyReplicas':2}}"
    doc "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'web-7d4b9c6f5','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'replicas':3},'status':{'readyReplicas':2}}"
    doc "{'apiVersion':'apps/v1','kind':'DaemonSet','metadata':{'name':'logs','namespace':'a-namespace-with-a-long-name','creationTimestamp':'$(ago 400.0:00)'},'status':{'desiredNumberScheduled':4,'numberReady':4}}"
    doc "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'a-claim-whose-name-is-much-longer-than-its-column','namespace':'default','creationTimestamp':'$(ago 0.11:30)'},'status':{'phase':'Pending'}}"
    doc "{'apiVersion':'v1','kind':'Node','metadata':{'name':'kube','creationTimestamp':'$(ago 40.12:30)'}}"
) | ForEach-Object { $_.PSTypeNames.Insert(0, 'Kube.KubeObject#SeveralKinds'); $_ }
