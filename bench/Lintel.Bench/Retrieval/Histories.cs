using System.Globalization;
using System.Text.Json;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events.Catalogues;
using Lintel.Retrieval.Sources;

namespace Lintel.Bench.Retrieval;

/// <summary>Users' items in their order, from the shared recommendation data, split by the last of each user.</summary>
internal sealed class Histories
{
    private Histories(int[][] users, int itemCount, CatalogueTable items) => (Users, ItemCount, Items) = (users, itemCount, items);

    /// <summary>[user]: items, oldest first.</summary>
    public int[][] Users { get; }

    public int ItemCount { get; }

    public CatalogueTable Items { get; }

    /// <param name="name">ml-100k, Beauty or Sports_and_Outdoors.</param>
    /// <returns>Null when the data is not there.</returns>
    public static Histories? Read(string name)
    {
        if (SharedFiles.Find(Path.Combine("data", "recs")) is not { } folder) { return null; }
        var attributes = new Dictionary<int, int[]>();
        int[][] users;
        if (name == "ml-100k")
        {
            users = [.. File.ReadLines(Path.Combine(folder, name, "u.data")).Select(static line => Numbers(line, '\t'))
                .GroupBy(static row => row[0]).Select(static g => g.OrderBy(static row => row[3]).Select(static row => row[1]).ToArray())];
            foreach (var line in File.ReadLines(Path.Combine(folder, name, "u.item"), System.Text.Encoding.Latin1))
            {
                var cells = line.Split('|');
                attributes[int.Parse(cells[0], CultureInfo.InvariantCulture)] =
                    [.. Enumerable.Range(0, cells.Length - 5).Where(g => cells[g + 5] == "1")];
            }
        }
        else
        {
            users = [.. File.ReadLines(Path.Combine(folder, "s3rec", name + ".txt")).Select(static line => Numbers(line, ' ')[1..])];
            var json = File.ReadAllText(Path.Combine(folder, "s3rec", name + "_item2attributes.json"));
            foreach (var (item, has) in JsonSerializer.Deserialize<Dictionary<string, int[]>>(json)!)
            {
                attributes[int.Parse(item, CultureInfo.InvariantCulture)] = has;
            }
        }
        var items = users.Max(static u => u.Max()) + 1;
        return new(users, items, Table(items, attributes));
    }

    /// <param name="kept">Items at the end of each history that are held out.</param>
    public SourceExamples Train(int kept) => new()
    {
        Interactions = [.. Users.SelectMany((items, user) => items.SkipLast(kept).Select((item, at) => new Interaction(user, item, at, 1)))],
        EntityCount = Users.Length,
        Items = Items,
        ItemCount = ItemCount,
    };

    /// <summary>What a user's next item is to be found from.</summary>
    public CandidateRequest Request(int user, int kept)
    {
        var known = Users[user].AsSpan(..^kept);
        var request = new CandidateRequest { Now = long.MaxValue / 2, Entity = user };
        var history = request.SetHistory(known.Length);
        var offered = new byte[ItemCount];
        Array.Fill(offered, (byte)1);
        for (var i = 0; i < known.Length; i++)
        {
            history[i] = new(user, known[i], i, 1);
            offered[known[i]] = 0;
        }
        request.Offered = offered;
        return request;
    }

    private static int[] Numbers(string line, char separator) =>
        [.. line.Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(static t => int.Parse(t, CultureInfo.InvariantCulture))];

    private static CatalogueTable Table(int items, Dictionary<int, int[]> attributes)
    {
        var at = new SourceSpan();
        var design = new CatalogueDesign
        {
            Name = "item",
            At = at,
            Source = "",
            Fields = [new("attributes", ColumnKind.Field, DataType.List, "item.attributes", null, null, 1, at)],
        };
        var starts = new int[items + 1];
        var members = new List<int>();
        for (var item = 0; item < items; item++)
        {
            members.AddRange(attributes.GetValueOrDefault(item, []));
            starts[item + 1] = members.Count;
        }
        var (from, until) = (new long[items], new long[items]);
        Array.Fill(until, long.MaxValue);
        return new(design, [new double[items]], [starts], [[.. members]], from, until);
    }
}
