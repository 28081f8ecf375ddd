namespace Kube.Server.Kinds.Schemas;

/// <summary>How a single value is written.</summary>
enum ScalarType
{
    String,
    Bool,
    Int32,
    Int64,
    Double,

    /// <summary>Base64.</summary>
    Bytes,

    /// <summary>RFC 3339, whole seconds.</summary>
    Time,

    /// <summary>RFC 3339, six digits after the second.</summary>
    MicroTime,

    /// <summary>As Go writes durations: <c>1h30m</c>.</summary>
    Duration,

    /// <summary>An amount with a suffix: <c>500m</c>, <c>1Gi</c>.</summary>
    Quantity,

    /// <summary>A number or a text, such as a port or its name.</summary>
    IntOrString,
}
