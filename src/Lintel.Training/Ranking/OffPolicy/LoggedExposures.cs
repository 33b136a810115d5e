namespace Lintel.Training.Ranking.OffPolicy;

/// <summary>What a log says of shown items, in columns: one row for each item at its position.</summary>
public sealed class LoggedExposures
{
    /// <summary>Decisions of the log, those that showed nothing too: the mean is over them.</summary>
    public required int DecisionCount { get; init; }

    /// <summary>Decision of each row, 0 to DecisionCount − 1, [n].</summary>
    public required int[] Decisions { get; init; }

    /// <summary>Position on the page of each row, from 1, [n]; one row for each decision and position.</summary>
    public required int[] Positions { get; init; }

    /// <summary>The chance with which the logging policy shows this item at this position, above 0 and at most 1, [n];
    /// NaN: not logged.</summary>
    public required double[] Propensities { get; init; }

    /// <summary>What the item at the position was worth, [n].</summary>
    public required double[] Rewards { get; init; }

    /// <summary>Code of whom each decision was for, [DecisionCount]; null: every decision is by itself.</summary>
    public int[]? Keys { get; init; }

    public int Count => Decisions.Length;

    /// <exception cref="ArgumentException">Columns differ in length, or a row's decision or position is out of
    /// range.</exception>
    internal void Check()
    {
        foreach (var (name, length) in (ReadOnlySpan<(string, int)>)
            [(nameof(Positions), Positions.Length), (nameof(Propensities), Propensities.Length), (nameof(Rewards), Rewards.Length)])
        {
            if (length != Count) { throw new ArgumentException($"{name} has {length} rows, {nameof(Decisions)} has {Count}"); }
        }
        if (Keys is not null && Keys.Length != DecisionCount)
        {
            throw new ArgumentException($"{nameof(Keys)} has {Keys.Length} decisions, expected {DecisionCount}");
        }
        for (var i = 0; i < Count; i++)
        {
            if ((uint)Decisions[i] >= (uint)DecisionCount || Positions[i] < 1 || !double.IsFinite(Rewards[i]))
            {
                throw new ArgumentException(
                    $"row {i} is of decision {Decisions[i]}, position {Positions[i]}, reward {Rewards[i]}: expected a decision from 0 "
                    + $"to {DecisionCount - 1}, a position from 1 and a finite reward");
            }
        }
    }
}

/// <summary>What the policy to be judged would have done at the rows of a log.</summary>
public sealed class TargetPolicy
{
    /// <summary>Its chance of showing the logged item at the logged position, 0 to 1, [n].</summary>
    public required double[] Chances { get; init; }

    /// <summary>The share of what it would show at the row's position that the logging policy never shows there, 0 to
    /// 1, [n]; null: not known, and only the weights can tell.</summary>
    public double[]? Unsupported { get; init; }

    /// <summary>A model of the reward, at the row's item and position, [n]; null: there is none, and nothing is doubly
    /// robust.</summary>
    public double[]? ModelOfLogged { get; init; }

    /// <summary>The same model's mean over what the target would show at the row's decision and position,
    /// [n].</summary>
    public double[]? ModelOfTarget { get; init; }

    /// <exception cref="ArgumentException">A column has another length, a chance is none, or only one of the model's
    /// columns is there.</exception>
    internal void Check(int count)
    {
        if (ModelOfLogged is null != ModelOfTarget is null)
        {
            throw new ArgumentException($"{nameof(ModelOfLogged)} and {nameof(ModelOfTarget)} come together");
        }
        if (Chances.Length != count || (Unsupported ?? Chances).Length != count || (ModelOfLogged ?? Chances).Length != count
            || (ModelOfTarget ?? Chances).Length != count)
        {
            throw new ArgumentException($"every column of the target policy has a value for each of the {count} rows");
        }
        for (var i = 0; i < count; i++)
        {
            if (!(Chances[i] >= 0 && Chances[i] <= 1))
            {
                throw new ArgumentException($"the target's chance at row {i} is {Chances[i]}, expected 0 to 1");
            }
        }
    }
}
