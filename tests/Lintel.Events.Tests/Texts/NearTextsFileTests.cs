using Lintel.Events.Log;
using Lintel.Events.Texts;
using Lintel.Numerics.Text.Near;

namespace Lintel.Events.Tests.Texts;

public sealed class NearTextsFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"lintel-near-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Written_and_read_finds_the_same()
    {
        var texts = new NearTexts(0.9);
        texts.Add(7, "a text that is not wanted again");
        NearTextsFile.Write(_path, texts);
        NearTextsFile.Read(_path).Find("A text that is n0t wanted again!").Key.ShouldBe(texts.Find("A text that is n0t wanted again!").Key);
        NearTextsFile.Read(_path).Find("a text that is not wanted again").ShouldBe(new(7, 1));
    }

    [Fact]
    public void Every_altered_byte_and_every_cut_is_refused()
    {
        var texts = new NearTexts(0.9);
        texts.Add(7, "a text");
        NearTextsFile.Write(_path, texts);
        var bytes = File.ReadAllBytes(_path);
        for (var at = 0; at < bytes.Length; at++)
        {
            byte[] altered = [.. bytes];
            altered[at] ^= 0x10;
            File.WriteAllBytes(_path, altered);
            Should.Throw<InvalidDataException>(() => NearTextsFile.Read(_path));
            File.WriteAllBytes(_path, bytes[..at]);
            Should.Throw<InvalidDataException>(() => NearTextsFile.Read(_path));
        }
    }

    [Fact]
    public void A_sealed_file_that_holds_no_such_texts_is_refused_in_words()
    {
        SealedFile.Write(_path, "near texts", 1, static writer => writer.Write(0.9));
        Should.Throw<InvalidDataException>(() => NearTextsFile.Read(_path)).Message.ShouldContain("cannot be read");
        SealedFile.Write(_path, "near texts", 1, static writer =>
        {
            new NearTexts(0.9).Write(writer);
            writer.Write(1);
        });
        Should.Throw<InvalidDataException>(() => NearTextsFile.Read(_path)).Message.ShouldContain("4 bytes are left");
    }
}
