using Kube.Module.Tests.Help;

namespace Kube.Module.Tests.EndToEnd;

/// <summary>Objects of custom kinds are like built-in ones. Each test defines a kind of its own group, as kinds belong to no namespace.</summary>
public abstract class CustomKindTests : EndToEndTests
{
    readonly string _group = $"g{Guid.NewGuid().ToString("n")[..8]}.example.com";

    protected CustomKindTests(TestCluster cluster) : base(cluster)
    {
        Session.Run("Import-Module $args[0]; $group = $args[1]", ExampleCluster.ShellCommands, _group);
        Run("""
            $null = New-KubeResource -Manifest @"
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: widgets.$group }
            spec:
              group: $group
              scope: Namespaced
              names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
              versions:
              - name: v1
                served: true
                storage: true
                subresources: { status: {}, scale: { specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas } }
                schema:
                  openAPIV3Schema:
                    type: object
                    description: A thing that does something.
                    properties:
                      spec:
                        type: object
                        description: What is wanted.
                        required: [size]
                        properties:
                          replicas: { type: integer, default: 1, description: How many there are to be. }
                          size: { type: string, enum: [small, large] }
                          weight: { type: number }
                          live: { type: boolean }
                          due: { type: string, format: date-time }
                      status: { type: object, x-kubernetes-preserve-unknown-fields: true }
                additionalPrinterColumns:
                - { name: Replicas, type: integer, jsonPath: .spec.replicas }
                - { name: Weight, type: number, jsonPath: .spec.weight }
                - { name: Is-live, type: boolean, jsonPath: .spec.live }
                - { name: Due, type: date, jsonPath: .spec.due }
                - { name: Status, type: string, jsonPath: .status.phase }
                - { name: Size, type: string, jsonPath: .spec.size, priority: 1 }
                - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
            "@
            """);
        WaitUntil("""[bool] (Get-KubeResource "customresourcedefinitions" "widgets.$group").status.conditions.Where{ $_.type -eq 'Established' -and $_.status -eq 'True' }""");
        WaitUntil("""$null -ne (Get-KubeApiResource "widgets.$group" -ErrorAction Ignore)""");
        Run("""
            $kind = "widgets.$group"
            function one([hashtable] $spec) { @{ apiVersion = "$group/v1"; kind = 'Widget'; metadata = @{ name = 'one' }; spec = $spec } }
            """);
    }

    protected override void Dispose(bool disposing)
    {
        Session.Run("Remove-KubeResource customresourcedefinitions \"widgets.$group\" -Confirm:$false -ErrorAction Ignore");
        base.Dispose(disposing);
    }

    [Fact]
    public void The_columns_of_the_definition_are_properties_of_its_types_and_the_table()
    {
        Run("$null = one @{ size = 'small'; replicas = 3; weight = 1.5; live = $true; due = '2030-01-02T03:04:05Z' } | New-KubeResource");

        Assert.Equal("3 Int32 1.5 Double True Boolean DateTime Local", Text("$w = Get-KubeResource $kind one; $w.Replicas, $w.Replicas.GetType().Name, $w.Weight, $w.Weight.GetType().Name, $w.IsLive, $w.IsLive.GetType().Name, $w.Due.GetType().Name, $w.Due.Kind"));
        Assert.Equal("True", Text("$w.Due.ToUniversalTime() -eq [datetime]::new(2030, 1, 2, 3, 4, 5)"));
        Assert.Equal("small", Text("$w.Size"));
        Assert.Equal("one", Text("(Get-KubeResource $kind | Where-Object Replicas -gt 2 | Where-Object IsLive).Name"));
        Assert.Equal("Ready Ready", Text("$w = Update-KubeResource $kind one @{ status = @{ phase = 'Ready' } } -Subresource status -PatchType Merge -PassThru; $w.State, $w.Status.phase"));
        Assert.Equal("Namespace Name Replicas Weight IsLive Due State Age", string.Join(' ', Session.Show("Get-KubeResource $kind").Trim().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("Size", Session.Show("Get-KubeResource $kind | Format-Table -View wide"), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_and_watches_have_them_too()
    {
        Run("$null = one @{ size = 'small' } | New-KubeResource");

        Assert.Equal("2", Text("(one @{ size = 'small'; replicas = 2 } | Set-KubeResource -FieldManager another -Force).Replicas"));
        Assert.Equal("4", Text("$w = Get-KubeResource $kind one; $w.spec.replicas = 4; ($w | Update-KubeResource -PassThru).Replicas"));
        Assert.Equal("5", Text("(Update-KubeResource $kind one '[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":5}]' -PatchType Json -PassThru).Replicas"));
        Assert.Equal("Added 5", Text("Watch-KubeResource $kind -IncludeInitial | Select-Object -First 1 | ForEach-Object { \"$($_.Type) $($_.Object.Replicas)\" }"));
        Assert.Equal("spec.replicas 5 7", Text("(Compare-KubeResource -InputObject (one @{ size = 'small'; replicas = 7 }) | Where-Object Path -eq spec.replicas).ForEach{ \"$($_.Path) $($_.Live) $($_.Wanted)\" }"));
        Refused("KubeInvalid", "Update-KubeResource $kind one @{ spec = @{ size = 'huge' } }");
        Assert.Equal("", Text("Remove-KubeResource $kind one -Wait -Confirm:$false; Get-KubeResource $kind"));
    }

    [Fact]
    public void The_definition_explains_its_fields()
    {
        WaitUntil("$null -ne (Get-KubeResourceHelp \"$kind.spec.size\" -ErrorAction Ignore)", seconds: 90);
        Assert.Equal("A thing that does something. What is wanted. How many there are to be.", Text("(Get-KubeResourceHelp $kind, \"$kind.spec\", \"$kind.spec.replicas\").Description"));
        Assert.Equal("True small large", Text("$s = Get-KubeResourceHelp \"$kind.spec.size\"; $s.Required, ($s.Enum -join ' ')"));
    }
}

public sealed class EmbeddedCustomKindTests(SimulatedCluster cluster) : CustomKindTests(cluster), IClassFixture<SimulatedCluster>;

[Collection("kubernetes")]
public sealed class KubernetesCustomKindTests(KubernetesCluster cluster) : CustomKindTests(cluster);
