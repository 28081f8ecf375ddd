$changes = @(
    [Kube.KubeWatchEvent]::new('Added', (doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-7d4b9c6f5-x2x8z','namespace':'default','resourceVersion':'123456'},'spec':{'containers':[{'name':'a'}]},'status':{'phase':'Pending'}}"))
    [Kube.KubeWatchEvent]::new('Modified', (doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a-name-as-long-as-it-may-be-for-a-pod-of-a-job-that-runs-at-night-4zk9q'},'spec':{'containers':[{'name':'a'}]},'status':{'phase':'Running','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'CreateContainerConfigError'}}}]}}"))
    [Kube.KubeWatchEvent]::new('Modified', (doc "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'},'status':{'conditions':[{'type':'Ready','status':'False'}]}}"))
    [Kube.KubeWatchEvent]::new('Modified', (doc "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'},'spec':{'replicas':3}}"))
    [Kube.KubeWatchEvent]::new('Modified', (doc "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data'},'status':{'phase':'Lost'}}"))
    [Kube.KubeWatchEvent]::new('Deleted', (doc "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{'name':'p','resourceVersion':'123456'}}"))
)
$changes
