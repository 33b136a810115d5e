// xgboost/c_api.h, 1.7.4: booster
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lintel.Native.XGBoost;

internal static unsafe partial class XGBoostLibrary
{
    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterCreate([In] nint[]? matrices, ulong count, out BoosterHandle booster);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterFree(nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, DMatrixHandle train);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterBoostOneIter(
        BoosterHandle booster, DMatrixHandle train, float* gradients, float* hessians, ulong count);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterSlice(BoosterHandle booster, int begin, int end, int step, out BoosterHandle slice);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterBoostedRounds(BoosterHandle booster, out int rounds);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterGetNumFeature(BoosterHandle booster, out ulong count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterPredictFromDMatrix(
        BoosterHandle booster, DMatrixHandle matrix, string config, out ulong* shape, out ulong dimensions, out float* result);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterPredictFromDense(
        BoosterHandle booster, byte* values, byte* config, DMatrixHandle proxy, ulong** shape, ulong* dimensions, float** result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterSaveModelToBuffer(
        BoosterHandle booster, string config, out ulong length, out byte* bytes);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial XgbStatus XGBoosterLoadModelFromBuffer(BoosterHandle booster, byte* bytes, ulong length);
}
