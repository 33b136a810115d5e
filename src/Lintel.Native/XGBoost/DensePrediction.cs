using System.Runtime.InteropServices;
using System.Text;

namespace Lintel.Native.XGBoost;

/// <summary>XGBoost's in-place prediction with everything prepared that can be: what the benchmark puts beside our own inference.
/// A call is the C function alone; no string is made and nothing is copied.</summary>
internal sealed unsafe class DensePrediction : IDisposable
{
    private readonly Booster _booster;
    private readonly DMatrixHandle _proxy;
    private readonly GCHandle _rows;
    private readonly byte*[] _interfaces;
    private readonly byte* _config;

    /// <param name="rows">Row-major, [n, columns]; pinned until disposed.</param>
    /// <param name="rowsPerCall">Rows in one call; the calls are the consecutive blocks of so many.</param>
    public DensePrediction(Booster booster, float[] rows, int columns, int rowsPerCall)
    {
        _booster = booster;
        XGBoostLibrary.XGProxyDMatrixCreate(out _proxy).OrThrow("create proxy matrix");
        _rows = GCHandle.Alloc(rows, GCHandleType.Pinned);
        _config = Text("""{"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN,"cache_id":0}""");
        _interfaces = new byte*[rows.Length / columns / rowsPerCall];
        for (var i = 0; i < _interfaces.Length; i++)
        {
            var address = _rows.AddrOfPinnedObject() + ((nint)i * rowsPerCall * columns * sizeof(float));
            _interfaces[i] = Text(DMatrix.ArrayInterface(address, rowsPerCall, columns));
        }
    }

    public int CallCount => _interfaces.Length;

    /// <summary>Margins of one block, borrowed until the next call.</summary>
    public ReadOnlySpan<float> Call(int block)
    {
        ulong* shape;
        ulong dimensions;
        float* result;
        XGBoostLibrary.XGBoosterPredictFromDense(
            _booster.Handle, _interfaces[block], _config, _proxy, &shape, &dimensions, &result).OrThrow("predict in place");
        return new ReadOnlySpan<float>(result, (int)shape[0]);
    }

    public void Dispose()
    {
        foreach (var text in _interfaces) { NativeMemory.Free(text); }
        NativeMemory.Free(_config);
        _rows.Free();
        _proxy.Dispose();
    }

    private static byte* Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = (byte*)NativeMemory.Alloc((nuint)length + 1);
        bytes[Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length))] = 0;
        return bytes;
    }
}
