namespace Lintel.Monitoring.Quality;

/// <summary>Sums of one metric's rows that give its mean and how sure it is, where rows of one outcome move together: the asks about one
/// order. Sums of stretches add up.</summary>
internal struct Tally
{
    private double _openCount;
    private double _openSum;

    /// <summary>Rows.</summary>
    public double Count { get; private set; }

    public double Sum { get; private set; }

    /// <summary>Outcomes, each of which told one row or several.</summary>
    public double Clusters { get; private set; }

    /// <summary>Σ s², s being an outcome's sum.</summary>
    public double Squares { get; private set; }

    /// <summary>Σ s·n, n being an outcome's rows.</summary>
    public double Products { get; private set; }

    /// <summary>Σ n².</summary>
    public double CountSquares { get; private set; }

    /// <summary>Adds a row of the outcome that is being told; NaN: none.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value)) { return; }
        _openCount++;
        _openSum += value;
    }

    /// <summary>The outcome was told.</summary>
    public void Close()
    {
        if (_openCount == 0) { return; }
        Count += _openCount;
        Sum += _openSum;
        Clusters++;
        Squares += _openSum * _openSum;
        Products += _openSum * _openCount;
        CountSquares += _openCount * _openCount;
        (_openCount, _openSum) = (0, 0);
    }

    public void Add(in Tally other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Clusters += other.Clusters;
        Squares += other.Squares;
        Products += other.Products;
        CountSquares += other.CountSquares;
    }
}
