using System.Diagnostics;
using System.Runtime.InteropServices;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Interactions;

namespace Lintel.Bench.Retrieval;

/// <summary>Implicit matrix factorisation on the shared <c>als</c> data: seconds an iteration, and recall.</summary>
internal static class AlsBench
{
    private const int TopCount = 20;
    private const int JudgedUsers = 5_000;

    public static int Run(string[] arguments)
    {
        var folder = arguments.Length > 0
            ? arguments[0] : Path.Combine(Environment.GetEnvironmentVariable("PEERS") ?? "peers-work", "data");
        var factors = arguments.Length > 1 ? int.Parse(arguments[1]) : 64;
        var threads = arguments.Length > 2 ? int.Parse(arguments[2]) : 2;
        var users = Read(Path.Combine(folder, "als_users.i32"));
        var items = Read(Path.Combine(folder, "als_items.i32"));
        var (train, test) = Split(users, items);
        Console.WriteLine($"{train.Count:N0} interactions to learn from, {test.Count:N0} to find; {factors} factors, {threads} threads");
        // after as many iterations both solvers have to find as much
        foreach (var (solver, iterations) in new[] { (AlsSolver.ConjugateGradient, 8), (AlsSolver.ConjugateGradient, 3), (AlsSolver.Exact, 3) })
        {
            var options = new AlsOptions { Factors = factors, Threads = threads, Iterations = 1, Solver = solver, Alpha = 1 };
            if (solver == AlsSolver.ConjugateGradient) { AlsTrainer.Fit(train, options, 1); }
            var processor = CpuClock.Start();
            var started = Stopwatch.GetTimestamp();
            var model = AlsTrainer.Fit(train, options with { Iterations = iterations }, 1);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / iterations;
            var busy = processor.Seconds / iterations;
            Console.WriteLine($"{solver,-18} {seconds:0.000} s an iteration, {busy:0.000} s of processors; recall@{TopCount} {Recall(model, train, test):0.0000} after {iterations}");
        }
        return 0;
    }

    private static int[] Read(string path) => MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(path)).ToArray();

    /// <summary>One in five, drawn by a seed, is kept to be found.</summary>
    private static (InteractionMatrix Train, InteractionMatrix Test) Split(int[] users, int[] items)
    {
        var random = new RandomStream(7);
        var (trainUsers, trainItems, testUsers, testItems) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < users.Length; i++)
        {
            var isTest = random.NextDouble() < 0.2;
            (isTest ? testUsers : trainUsers).Add(users[i]);
            (isTest ? testItems : trainItems).Add(items[i]);
        }
        var (userCount, itemCount) = (users.Max() + 1, items.Max() + 1);
        return (Of(trainUsers, trainItems), Of(testUsers, testItems));

        InteractionMatrix Of(List<int> rows, List<int> columns) => InteractionMatrix.Of(
            userCount, itemCount, CollectionsMarshal.AsSpan(rows), CollectionsMarshal.AsSpan(columns),
            Enumerable.Repeat(1f, rows.Count).ToArray());
    }

    private static double Recall(FactorModel model, InteractionMatrix train, InteractionMatrix test)
    {
        var scores = new float[model.Items.Count];
        double sum = 0;
        var judged = 0;
        for (var user = 0; user < Math.Min(JudgedUsers, test.RowCount); user++)
        {
            var wanted = test.Columns(user);
            if (wanted.IsEmpty) { continue; }
            for (var item = 0; item < scores.Length; item++)
            {
                scores[item] = System.Numerics.Tensors.TensorPrimitives.Dot(model.Users[user], model.Items[item]);
            }
            foreach (var seen in train.Columns(user)) { scores[seen] = float.NegativeInfinity; }
            var order = Enumerable.Range(0, scores.Length).ToArray();
            Array.Sort(scores.ToArray(), order);
            var hits = 0;
            foreach (var item in order.AsSpan(order.Length - TopCount)) { hits += wanted.BinarySearch(item) >= 0 ? 1 : 0; }
            sum += (double)hits / Math.Min(TopCount, wanted.Length);
            judged++;
        }
        return sum / judged;
    }
}
