namespace Kube.Module.Tests;

/// <summary>How many columns of a terminal a text takes: two for most characters of East Asia, one for all others in these tests.</summary>
static class ScreenWidth
{
    public static int Of(string text) => text.Sum(Of);

    public static int Of(char character) => character is (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3') or (>= '\uf900' and <= '\ufaff') or (>= '\uff00' and <= '\uff60') ? 2 : 1;
}
