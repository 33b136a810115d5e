namespace Lintel.Native.XGBoost;

/// <summary>What every call of the C API returns: 0, or −1 with a text in thread-local storage. A type of its own, so that the
/// analyser sees a dropped one.</summary>
internal readonly struct XgbStatus(int code)
{
    // the layout is that of C's int
    private readonly int _code = code;

    public bool IsOk => _code == 0;

    /// <exception cref="NativeException">The call failed; the message is the library's own, its first line.</exception>
    public void OrThrow(string operation)
    {
        if (_code != 0) { throw new NativeException("xgboost", operation, XGBoostError.Last()); }
    }
}
