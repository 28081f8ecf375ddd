function pod([string] $name, [string] $namespace, [string] $created, [string] $spec, [string] $status, [string] $metadata) {
    doc "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'$name','namespace':'$namespace','creationTimestamp':'$(ago $created)'$metadata},'spec':{$spec},'status':{$status}}"
}
$one = "'nodeName':'kind-control-plane','containers':[{'name':'a','image':'nginx:1.29'}]"
$running = "{'name':'a','ready':true,'restartCount':0,'state':{'running':{}}}"
$pods = @(
    pod web-7d4b9c6f5-x2x8z default 3.12:30 $one "'phase':'Running','podIPs':[{'ip':'fd00:10:244::1f3'}],'qosClass':'BestEffort','containerStatuses':[$running]" ",'labels':{'app':'web','owner':'東京チーム'}"
    pod coredns-76f75df574-abcde kube-system 40.12:30 $one "'phase':'Running','podIP':'10.244.0.3','containerStatuses':[{'name':'a','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff','message':'back-off 40s restarting failed container=a pod=coredns-76f75df574-abcde_kube-system(0f0f)'}},'lastState':{'terminated':{'exitCode':1,'finishedAt':'$(ago 0:12:30)'}}}]"
    pod a-name-as-long-as-it-may-be-for-a-pod-of-a-job-that-runs-at-night-4zk9q a-namespace-of-some-length-too 800.12:30 $one "'phase':'Pending','containerStatuses':[{'name':'a','restartCount':0,'state':{'waiting':{'reason':'CreateContainerConfigError'}}}]"
    pod starting default 0:12:30 "'containers':[{'name':'a'}],'initContainers':[{'name':'x'},{'name':'y'}]" "'phase':'Pending','initContainerStatuses':[{'name':'x','restartCount':1,'state':{'running':{}},'lastState':{'terminated':{'exitCode':1,'finishedAt':'$(ago 0:11:30)'}}},{'name':'y','restartCount':0,'state':{'waiting':{'reason':'PodInitializing'}}}]"
    pod broken default 0:12:30 "'containers':[{'name':'a'}],'initContainers':[{'name':'x'}]" "'phase':'Pending','initContainerStatuses':[{'name':'x','restartCount':1234,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':1,'finishedAt':'$(ago 0:11:30)'}}}]"
    pod leaving default 9:30 $one "'phase':'Running','containerStatuses':[$running]" ",'deletionTimestamp':'$(ago 0:0:30)'"
    pod sum-xk2lm default 20:30 $one "'phase':'Succeeded','containerStatuses':[{'name':'a','restartCount':0,'state':{'terminated':{'exitCode':0,'reason':'Completed'}}}]"
    pod waits default 20:30 "'containers':[{'name':'a'},{'name':'b'}],'readinessGates':[{'conditionType':'example.com/lb'}]" "'phase':'Running','nominatedNodeName':'n2','containerStatuses':[$running,{'name':'b','restartCount':0,'state':{'running':{}}}]"
    doc "{'apiVersion':'v1','kind':'Pod'}"
)
$pods
