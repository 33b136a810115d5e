using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Lintel.Native.XGBoost;

/// <summary>The library's error text, made readable.</summary>
internal static partial class XGBoostError
{
    /// <summary>The calling thread's last error: the first line without time stamp and source position; a stack trace may follow
    /// in the original.</summary>
    public static string Last()
    {
        // borrowed: the text belongs to the calling thread and is overwritten by its next failure
        var text = Marshal.PtrToStringUTF8(XGBoostLibrary.XGBGetLastError()) ?? "";
        return Clean(text);
    }

    internal static string Clean(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        return Position().Replace(line, "") is { Length: > 0 } message ? message : "no message";
    }

    [GeneratedRegex(@"^\[\d\d:\d\d:\d\d\] \S+?:\d+: ?(Check failed: )?")]
    private static partial Regex Position();
}
