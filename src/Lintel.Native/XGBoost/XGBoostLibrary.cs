// xgboost/c_api.h, 1.7.4: library and data matrix
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native.XGBoost;

/// <summary>The C API as it is. Strings go in as UTF-8; every result and the error text are borrowed, thread-local, and valid until
/// the thread's next call.</summary>
internal static unsafe partial class XGBoostLibrary
{
    private const string Library = NativeLibraries.XGBoost;

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial nint XGBGetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGDMatrixCreateFromDense(string data, string config, out DMatrixHandle matrix);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGProxyDMatrixCreate(out DMatrixHandle matrix);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGDMatrixFree(nint matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGDMatrixSetFloatInfo(DMatrixHandle matrix, string field, float* values, ulong count);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGDMatrixNumRow(DMatrixHandle matrix, out ulong count);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGDMatrixNumCol(DMatrixHandle matrix, out ulong count);
}
