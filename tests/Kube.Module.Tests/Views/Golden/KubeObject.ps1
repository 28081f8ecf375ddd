$things = @(
    doc "{'apiVersion':'example.com/v1','kind':'Widget','metadata':{'name':'w','namespace':'default','creationTimestamp':'$(ago 3.12:30)','labels':{'owner':'東京チーム'}},'spec':{'size':3}}"
    doc "{'apiVersion':'admissionregistration.k8s.io/v1','kind':'ValidatingAdmissionPolicyBinding','metadata':{'name':'a-policy-whose-name-is-longer-than-eighty-columns-have-room-for.example.com','creationTimestamp':'$(ago 800.12:30)'}}"
    doc '{}'
)
$things
