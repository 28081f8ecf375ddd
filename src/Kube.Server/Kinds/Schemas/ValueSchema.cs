namespace Kube.Server.Kinds.Schemas;

/// <summary>What a field holds.</summary>
abstract record ValueSchema
{
    /// <summary>The type as Go names it in errors: <c>int32</c>, <c>[]v1.Container</c>.</summary>
    public abstract string GoName { get; }

    /// <summary>Text, a number, or a type of the API's own that is written as one.</summary>
    internal sealed record Scalar(ScalarType Type) : ValueSchema
    {
        /// <summary>The name and the values of an enumeration; null for plain text.</summary>
        public EnumSchema? Enum { get; init; }

        public override string GoName => Enum is not null ? "v1." + Enum.Name : Type switch
        {
            ScalarType.Bool => "bool",
            ScalarType.Int32 => "int32",
            ScalarType.Int64 => "int64",
            ScalarType.Double => "float64",
            ScalarType.Bytes => "[]uint8",
            ScalarType.Time => "v1.Time",
            ScalarType.MicroTime => "v1.MicroTime",
            ScalarType.Duration => "v1.Duration",
            ScalarType.Quantity => "resource.Quantity",
            ScalarType.IntOrString => "intstr.IntOrString",
            _ => "string",
        };
    }

    /// <summary>An object of a known type.</summary>
    internal sealed record Struct(StructSchema Type) : ValueSchema
    {
        public override string GoName => "v1." + Type.Name;
    }

    /// <summary>A list.</summary>
    internal sealed record List(ValueSchema Item) : ValueSchema
    {
        /// <summary>How server-side apply treats each item, where a schema says so of lists within lists.</summary>
        public FieldSchema? ItemField { get; init; }

        public override string GoName => "[]" + Item.GoName;
    }

    /// <summary>A map from texts.</summary>
    internal sealed record Map(ValueSchema Item) : ValueSchema
    {
        /// <summary>How server-side apply treats each entry, where a schema says so of lists within maps.</summary>
        public FieldSchema? ItemField { get; init; }

        public override string GoName => "map[string]" + Item.GoName;
    }

    /// <summary>An object of a known type, or anything that is no object: what a JSON schema has where a boolean or a list may stand for a schema.</summary>
    internal sealed record StructOrOther(StructSchema Type) : ValueSchema
    {
        public override string GoName => "v1." + Type.Name;
    }

    /// <summary>Any JSON at all.</summary>
    internal sealed record Any : ValueSchema
    {
        public override string GoName => "runtime.RawExtension";
    }
}
