using System.Text;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>Reads decisions from a log's files without a server; one may be at work on them.</summary>
public static class DecisionLog
{
    /// <summary>The latest decision of an id: the one that was answered; null when the log has none.</summary>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public static DecisionRecord? Find(string logFolder, string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        var read = new DecisionRecord();
        DecisionRecord? found = null;
        AppendLogReader.Scan(logFolder, (in LogRecord record) =>
        {
            if (record.Type != LiveRecordType.Decision) { return; }
            read.Read(record.Payload);
            if (read.IdUtf8.SequenceEqual(wanted)) { (found, read) = (read, new()); }
        });
        return found;
    }
}
