namespace Kube.Tests.Columns;

public class KubeColumnTests
{
    [Theory]
    [InlineData("Replicas", "Replicas")]
    [InlineData("Up-to-date", "UpToDate")]
    [InlineData("Last Schedule", "LastSchedule")]
    [InlineData("CPU(cores)", "CPUCores")]
    [InlineData("STATUS", "State")]
    [InlineData("Status", "State")]
    [InlineData("node selector", "NodeSelector")]
    [InlineData("Größe", "Größe")]
    [InlineData("%", "")]
    public void A_column_is_a_property_of_a_name_that_can_be_typed(string name, string property) => Assert.Equal(property, new KubeColumn(name, "string", 0, "").PropertyName);
}
