function job([string] $name, [string] $condition, [string] $status) {
    doc "{'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'$name','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'spec':{'completions':3,'selector':{'matchLabels':{'job':'sum'}},'template':{'spec':{'containers':[{'name':'sum','image':'busybox:1.35'}]}}},'status':{'conditions':[{'type':'$condition','status':'True'}]$status}}"
}
$jobs = @(
    job sum Complete ",'succeeded':3,'startTime':'$(ago 3.12:30)','completionTime':'$(ago 3.12:26:50)'"
    job the-sum-of-all-orders-of-a-day-29384756 Failed ",'succeeded':1,'failed':2,'startTime':'$(ago 3.12:30)','completionTime':'$(ago 3.12:26:50)'"
    job later Suspended
    job soon SuccessCriteriaMet ",'succeeded':3"
    doc "{'apiVersion':'batch/v1','kind':'Job'}"
)
$jobs
