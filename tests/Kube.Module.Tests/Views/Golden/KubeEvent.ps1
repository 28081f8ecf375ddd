function happened([string] $name, [string] $type, [string] $reason, [string] $message) {
    doc "{'apiVersion':'v1','kind':'Event','metadata':{'name':'$name.18','namespace':'default'},'type':'$type','reason':'$reason','message':'$message','count':12,'firstTimestamp':'$(ago 3.12:30)','lastTimestamp':'$(ago 0:12:30)','source':{'component':'kubelet','host':'kind-control-plane'},'involvedObject':{'kind':'Pod','namespace':'default','name':'$name','fieldPath':'spec.containers{web}'}}"
}
$happenings = @(
    happened web Normal Scheduled 'Successfully assigned default/web to kind-control-plane'
    happened web-7d4b9c6f5-x2x8z-of-a-long-name Warning FailedToRetrieveImagePullSecret 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.'
    happened db Warning BackOff '再起動に失敗したコンテナを待っています'
    doc "{'apiVersion':'v1','kind':'Event'}"
)
$happenings
