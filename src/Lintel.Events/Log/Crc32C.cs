namespace Lintel.Events.Log;

/// <summary>CRC-32C (Castagnoli), the checksum of the log and of live states. Source: RFC 3720, appendix B.4.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~LogFormat.Checksum(uint.MaxValue, bytes);
}
