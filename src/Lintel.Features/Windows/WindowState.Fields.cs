using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>Keys that stand for a field of their entity's catalogue: a film's franchise, or each of its genres.</content>
internal sealed partial class WindowState
{
    /// <summary>Members of one list that count; what comes behind them is left out.</summary>
    internal const int MostMembers = 32;

    private readonly KeyField?[]? _keyFields;

    // the key whose field is a list; −1: none is
    private readonly int _listKey = -1;
    private readonly MemberSum[] _members;

    // the member of the list that stands for its key now
    private int _member;

    private bool IsByList => _listKey >= 0;

    private bool TryFieldKey(ReadOnlySpan<double> values, int[] columns)
    {
        for (var k = 0; k < columns.Length; k++)
        {
            var code = values[columns[k]];
            if (k == _listKey) { code = double.IsNaN(code) ? code : _member; }
            else if (_keyFields![k] is { } field) { code = field.Catalogue.Value(field.Field, code); }
            if (double.IsNaN(code)) { return false; }
            _key[k] = (long)code;
        }
        return true;
    }

    private ReadOnlySpan<int> Members(ReadOnlySpan<double> values, int[] columns)
    {
        var field = _keyFields![_listKey]!;
        var members = field.Catalogue.List(field.Field, values[columns[_listKey]]);
        return members[..Math.Min(members.Length, MostMembers)];
    }

    /// <summary>The mean over the members that have a value.</summary>
    private void ReadMembers(long now, ReadOnlySpan<double> decision, Span<double> aggregates, bool peek)
    {
        _members.AsSpan().Clear();
        foreach (var member in Members(decision, _decisionKeys))
        {
            _member = member;
            if (peek) { PeekKey(now, decision, aggregates); }
            else { ReadKey(now, decision, aggregates); }
            for (var r = 0; r < _reads.Length; r++)
            {
                var value = aggregates[_reads[r].Register];
                if (!double.IsNaN(value)) { _members[r] = new(_members[r].Sum + value, _members[r].Count + 1); }
            }
        }
        for (var r = 0; r < _reads.Length; r++)
        {
            aggregates[_reads[r].Register] =
                _members[r].Count > 0 ? _members[r].Sum / _members[r].Count : OverNothing(_reads[r].Kind);
        }
    }

    private readonly record struct MemberSum(double Sum, int Count);

    /// <summary>Number under which a member's entry of a subject is found again.</summary>
    private static int MemberOf(int subject, int place) => subject < 0 ? -1 : checked((subject * MostMembers) + place);

    private void RetractMembers(int subject)
    {
        for (var place = 0; place < MostMembers; place++)
        {
            var entry = MemberOf(subject, place);
            if (_subjects!.Find(entry) is >= 0 and var before) { Retract(before, entry); }
        }
    }
}
