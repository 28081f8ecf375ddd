$maps = @(
    doc "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'kube-root-ca.crt','namespace':'default','creationTimestamp':'$(ago 3.12:30)'},'data':{'ca.crt':'-----BEGIN CERTIFICATE-----'},'binaryData':{'x':'AQ=='}}"
    doc "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings-of-the-shop-that-somebody-named-with-great-care-and-patience','namespace':'a-namespace-of-some-length-too','creationTimestamp':'$(ago 800.12:30)','labels':{'owner':'東京チーム'}}}"
    doc "{'apiVersion':'v1','kind':'ConfigMap'}"
)
$maps
