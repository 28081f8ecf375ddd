$document = @'
{"definitions":{"Widget":{"description":"A thing that does something. It is described at some length, so that the lines of the description are more than one on a screen that is not very wide, and each of them ends with a word.","type":"object","required":["spec"],
  "x-kubernetes-group-version-kind":[{"group":"example.com","version":"v1","kind":"Widget"}],
  "properties":{
    "spec":{"description":"What is wanted.","type":"object","required":["size"],"properties":{
      "size":{"description":"How large it is. Sizes cannot be changed.","type":"string","enum":["small","large"],"default":"small"},
      "parts":{"type":"array","items":{"$ref":"#/definitions/com.example.v1.PartWithALongName"}},
      "limits":{"description":"The most of each resource.","type":"object","additionalProperties":{"type":"string"}}}},
    "status":{"type":"object"}}},
  "com.example.v1.PartWithALongName":{"description":"A part of it.","type":"object","properties":{"name":{"type":"string","description":"Its name."}}}}}
'@
$widget = [Kube.KubeResourceHelp]::Read([Text.Encoding]::UTF8.GetBytes($document), [Kube.KubeResource]::new('example.com', 'v1', 'widgets', 'Widget', $true), 'widget')
$widget
$widget.Fields[0]
$widget.Fields[0].Fields[0]
