using System.Runtime.InteropServices;

namespace Lintel.Native.XGBoost;

internal sealed class DMatrixHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => XGBoostLibrary.XGDMatrixFree(handle).IsOk;
}

internal sealed class BoosterHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => XGBoostLibrary.XGBoosterFree(handle).IsOk;
}
