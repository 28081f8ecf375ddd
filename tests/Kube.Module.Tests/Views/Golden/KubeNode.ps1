function node([string] $name, [string] $conditions, [string] $spec, [string] $label) {
    doc "{'apiVersion':'v1','kind':'Node','metadata':{'name':'$name','creationTimestamp':'$(ago 40.12:30)','labels':{'node-role.kubernetes.io/$label':''}},'spec':{$spec},'status':{'conditions':[$conditions],'addresses':[{'type':'InternalIP','address':'172.18.0.2'}],'nodeInfo':{'kubeletVersion':'v1.34.1','osImage':'Debian GNU/Linux 12 (bookworm)','kernelVersion':'6.1.0-28-amd64','containerRuntimeVersion':'docker://29.0.1'}}}"
}
$nodes = @(
    node kind-control-plane "{'type':'MemoryPressure','status':'False'},{'type':'Ready','status':'True'}" "" control-plane
    node ip-10-0-12-34.eu-central-1.compute.internal "{'type':'Ready','status':'False'}" "'unschedulable':true" worker
    node tight "{'type':'MemoryPressure','status':'True'},{'type':'DiskPressure','status':'True'},{'type':'Ready','status':'True'}" "" worker
    node cordoned "{'type':'Ready','status':'True'}" "'unschedulable':true" worker
    doc "{'apiVersion':'v1','kind':'Node'}"
)
$nodes
