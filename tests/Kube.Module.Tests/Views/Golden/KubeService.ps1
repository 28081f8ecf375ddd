$services = @(
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'kubernetes','namespace':'default','creationTimestamp':'$(ago 40.12:30)'},'spec':{'type':'ClusterIP','clusterIP':'10.96.0.1','ports':[{'port':443,'protocol':'TCP'}]}}"
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'the-public-entrance-of-the-whole-shop','namespace':'kube-system','creationTimestamp':'$(ago 3.12:30)'},'spec':{'type':'LoadBalancer','clusterIP':'10.152.183.201','selector':{'app':'web','team':'東京'},'ports':[{'port':80,'nodePort':30080},{'port':443,'nodePort':30443}]}}"
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'six','namespace':'default','creationTimestamp':'$(ago 9:30)'},'spec':{'clusterIP':'fd00:10:96::4a1c:22','externalIPs':['203.0.113.17'],'ports':[{'port':53,'protocol':'UDP'}]}}"
    doc "{'apiVersion':'v1','kind':'Service','metadata':{'name':'db','namespace':'default','creationTimestamp':'$(ago 9:30)'},'spec':{'type':'ExternalName','externalName':'db.eu-central-1.example.com'}}"
    doc "{'apiVersion':'v1','kind':'Service'}"
)
$services
