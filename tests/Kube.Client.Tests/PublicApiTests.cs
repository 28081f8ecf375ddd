using System.Reflection;
using System.Text;

namespace Kube.Tests;

/// <summary>What others compile against. A change of it is meant: <c>KUBE_GOLDEN=write</c> writes the file anew.</summary>
public class PublicApiTests
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void The_public_surface_is_the_one_that_is_written_down()
    {
        var actual = Surface();
        var path = Find("PublicApi.txt");
        if (Environment.GetEnvironmentVariable("KUBE_GOLDEN") == "write") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    static string Surface()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(KubeApi).Assembly.GetExportedTypes().Where(t => !t.FullName!.Contains('<')).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (var member in type.GetMembers(Declared).Where(IsVisible).Select(m => Say(m)).Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    static bool IsVisible(MemberInfo member) => member switch
    {
        // What records bring along by themselves, and accessors, say nothing.
        MethodInfo m => (m.IsPublic || m.IsFamily) && !m.IsSpecialName && !m.Name.Contains('<') && m.Name is not ("PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString" or "Finalize"),
        ConstructorInfo c => c.IsPublic || c.IsFamily,
        PropertyInfo p => p.GetMethod is { IsPublic: true } or { IsFamily: true } && p.Name != "EqualityContract",
        FieldInfo f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName,
        EventInfo e => e.AddMethod is { IsPublic: true },
        _ => false,
    };

    static string Say(MemberInfo member) => member switch
    {
        MethodInfo m => $"{Static(m)}{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        ConstructorInfo c => $"new({Parameters(c)})",
        PropertyInfo p => $"{Static(p.GetMethod!)}{Name(p.PropertyType)} {p.Name}{(p.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(i => Name(i.ParameterType)))}]" : "")} {{ get;{(p.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        FieldInfo { IsLiteral: true } f => $"{f.Name} = {f.GetRawConstantValue()}",
        FieldInfo f => $"{(f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}",
        _ => member.ToString()!,
    };

    static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? "?" : "")}"));

    static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name[..(type.Name.IndexOf('`') is > 0 and var tick ? tick : type.Name.Length)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    static string Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Kube.Client.Tests.csproj"))) return Path.Combine(folder.FullName, file);
        throw new InvalidOperationException("The tests run outside their project.");
    }
}
