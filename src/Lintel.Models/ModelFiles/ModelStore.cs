using Lintel.Design.Kinds;
using Lintel.Events.Log;

namespace Lintel.Models;

/// <summary>Models as files of a version folder: one <see cref="SealedFile"/> each, whose kind says what it holds
/// (<c>model xgboost</c>, <c>combiner stack</c>, <c>calibrator isotonic</c>).</summary>
/// <remarks>A file is checked twice: the seal tells that it is what was written, and the kind's reader checks every count and
/// index before it uses it. A model is data only: no file names a type or carries code.</remarks>
public static class ModelStore
{
    /// <summary>Format of the payloads; raised when one of them changes.</summary>
    private const int Format = 1;

    /// <param name="kind">Registered name, e.g. <c>xgboost</c>.</param>
    public static void Write(string path, string kind, IModel model) =>
        SealedFile.Write(path, FileKind(KindFamily.Model, kind), Format, model.Write);

    /// <param name="kind">Registered name, e.g. <c>stack</c>.</param>
    public static void Write(string path, string kind, ICombiner combiner) =>
        SealedFile.Write(path, FileKind(KindFamily.Combiner, kind), Format, combiner.Write);

    /// <param name="kind">Registered name, e.g. <c>isotonic</c>.</param>
    public static void Write(string path, string kind, ICalibrator calibrator) =>
        SealedFile.Write(path, FileKind(KindFamily.Calibrator, kind), Format, calibrator.Write);

    /// <exception cref="InvalidDataException">Cut short, altered, another kind, a kind that this program does not know, or a
    /// payload that is no such model.</exception>
    public static IModel ReadModel(string path, string kind) =>
        Read(path, KindFamily.Model, kind, Find(ModelKinds.Trainers, static t => t.Kind, path, kind).Read);

    /// <inheritdoc cref="ReadModel"/>
    public static ICombiner ReadCombiner(string path, string kind) =>
        Read(path, KindFamily.Combiner, kind, Find(ModelKinds.Combiners, static t => t.Kind, path, kind).Read);

    /// <inheritdoc cref="ReadModel"/>
    public static ICalibrator ReadCalibrator(string path, string kind) =>
        Read(path, KindFamily.Calibrator, kind, Find(ModelKinds.Calibrators, static t => t.Kind, path, kind).Read);

    private static T Read<T>(string path, KindFamily family, string kind, Func<BinaryReader, T> payload) =>
        SealedFile.Read(path, FileKind(family, kind), Format, reader =>
        {
            try
            {
                var read = payload(reader);
                var left = reader.BaseStream.Length - reader.BaseStream.Position;
                return left == 0 ? read : throw new InvalidDataException($"{left:N0} bytes are left after its end");
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                throw new InvalidDataException(
                    $"{path}: the {FileKind(family, kind)} in it cannot be read: {e.Message}. Train again.", e);
            }
        });

    private static T Find<T>(IReadOnlyList<T> all, Func<T, Kind> kindOf, string path, string kind)
    {
        foreach (var one in all)
        {
            if (kindOf(one).Name == kind) { return one; }
        }
        throw new InvalidDataException($"{path}: kind '{kind}' is not known to this program, which has "
            + $"{string.Join(", ", all.Select(one => kindOf(one).Name))}; use the Lintel that made it, or train again.");
    }

    private static string FileKind(KindFamily family, string kind) => $"{family.ToString().ToLowerInvariant()} {kind}";
}
