using Kube.Manifests;
using Kube.Yaml.Reading;

namespace Kube.Yaml;

/// <summary>Makes the exceptions. The values of a document may be secrets and never go into one; keys do.</summary>
static class Fault
{
    public static ManifestException At(Place place, string message, Exception? inner = null) =>
        new(message, inner) { Line = place.Line, Column = place.Column };

    public static ManifestException In(int document, ManifestException fault) =>
        new(fault.Message, fault.InnerException) { Document = document, Line = fault.Line, Column = fault.Column };
}
