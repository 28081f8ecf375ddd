using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kube.Server.Api;
using Kube.Server.Kinds.Validation;

namespace Kube.Server.Kinds.Pods;

/// <summary>The security contexts of pods and containers.</summary>
static partial class SecurityRules
{
    const long MostId = int.MaxValue;
    const string SysctlFormat = "([a-z0-9][-_a-z0-9]*[./])*[a-z0-9][-_a-z0-9]*";

    public static void ValidateContainer(JsonObject? security, FieldPath path, FieldFaults faults)
    {
        if (security is null)
            return;
        ValidateCommon(security, path, faults);
        faults.OneOf(security, "procMount", path, "Default", "Unmasked");
        if (security["allowPrivilegeEscalation"] is null || security.Flag("allowPrivilegeEscalation"))
            return;
        if (security.Flag("privileged"))
            faults.Invalid(path, security, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if ((security.Find("capabilities", "add") as JsonArray)?.Any(c => c?.ToString() is "CAP_SYS_ADMIN" or "SYS_ADMIN") == true)
            faults.Invalid(path, security, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }

    public static void ValidatePod(JsonObject? security, FieldPath path, FieldFaults faults)
    {
        if (security is null)
            return;
        ValidateCommon(security, path, faults);
        faults.InRange(security, "fsGroup", path, 0, MostId);
        faults.OneOf(security, "fsGroupChangePolicy", path, "Always", "OnRootMismatch");
        var groups = security["supplementalGroups"] as JsonArray ?? [];
        for (var i = 0; i < groups.Count; i++)
        {
            if (long.TryParse(groups[i]?.ToString(), out var id))
                faults.Invalid(path.Child("supplementalGroups").Index(i), id, Names.RangeFaults(id, 0, MostId));
        }

        var names = new HashSet<string>();
        foreach (var (sysctl, at) in path.Child("sysctls").Each(security["sysctls"]))
        {
            var name = faults.Required(sysctl, "name", at);
            if (name.Length > 0 && (name.Length > 253 || !SysctlPattern().IsMatch(name)))
                faults.Invalid(at.Child("name"), name, $"must have at most 253 characters and match regex ^{SysctlFormat}$");
            else if (name.Length > 0 && !names.Add(name))
                faults.Duplicate(at.Child("name"), name);
        }
    }

    static void ValidateCommon(JsonObject security, FieldPath path, FieldFaults faults)
    {
        faults.InRange(security, "runAsUser", path, 0, MostId);
        faults.InRange(security, "runAsGroup", path, 0, MostId);
        ValidateProfile(security["seccompProfile"] as JsonObject, "seccomp", path.Child("seccompProfile"), faults);
        ValidateProfile(security["appArmorProfile"] as JsonObject, "AppArmor", path.Child("appArmorProfile"), faults);
    }

    static void ValidateProfile(JsonObject? profile, string system, FieldPath path, FieldFaults faults)
    {
        if (profile is null)
            return;
        faults.RequiredOneOf(profile, "type", path, "Localhost", "RuntimeDefault", "Unconfined");
        var file = profile.Text("localhostProfile");
        if (profile.Text("type") != "Localhost")
        {
            if (file.Length > 0)
                faults.Invalid(path.Child("localhostProfile"), file, $"can only be set when {system} type is Localhost");
        }
        else if (file.Length == 0)
        {
            faults.Required(path.Child("localhostProfile"), $"must be set when {system} type is Localhost");
        }
        else
        {
            faults.LocalPath(file, path.Child("localhostProfile"));
        }
    }

    [GeneratedRegex("^" + SysctlFormat + @"\z")]
    private static partial Regex SysctlPattern();
}
