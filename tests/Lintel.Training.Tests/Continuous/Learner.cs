using Lintel.Training.Continuous;

namespace Lintel.Training.Tests.Continuous;

internal static class Learner
{
    /// <summary>A learner and everything that waits in it.</summary>
    internal static byte[] Bytes(LearningRun run)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        run.WriteLearner(writer);
        return stream.ToArray();
    }
}
