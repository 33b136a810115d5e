using System.Globalization;

namespace Lintel.Events;

/// <summary>Ids of a table's rows: whole numbers where the source has them, else texts.</summary>
public abstract class IdColumn
{
    public abstract string this[int row] { get; }

    public sealed class Numbers(long[] values) : IdColumn
    {
        internal long[] Values => values;

        public override string this[int row] => values[row].ToString(CultureInfo.InvariantCulture);
    }

    public sealed class Texts(string[] values) : IdColumn
    {
        public override string this[int row] => values[row];
    }
}
