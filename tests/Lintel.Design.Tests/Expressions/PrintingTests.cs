using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design.Tests.Expressions;

public sealed class PrintingTests
{
    /// <summary>Reading the printed text gives the same tree, node by node; the skeleton is written by other code than the printer.</summary>
    [Fact]
    public void What_is_printed_reads_back_as_the_same_expression()
    {
        var read = 0;
        Prop.ForAll<int>(seed =>
        {
            var text = new RandomExpressions(seed).Any(4);
            var diagnostics = new DiagnosticBag();
            if (Expressions.Check(text, diagnostics, policy: true) is not { } expression)
            {
                // missing in the wrong place, or a comma after keys: faults, not what this is about
                diagnostics.HasErrors.ShouldBeTrue();
                return;
            }
            read++;
            var printed = ExpressionPrinter.Print(expression);
            var again = Expressions.Check(printed, policy: true);
            Skeleton(again).ShouldBe(Skeleton(expression), printed);
            ExpressionPrinter.Print(again).ShouldBe(printed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_260_101, 7));
        read.ShouldBeGreaterThan(1_000);
    }

    private static string Skeleton(Expression e) => $"[{e.Type} " + e switch
    {
        Expression.Constant c => c.Value.ToString("R", CultureInfo.InvariantCulture),
        Expression.TextConstant t => $"{t.Domain}:{t.Value}",
        Expression.Column c => $"{c.Event.Name}#{c.ColumnIndex}",
        Expression.Feature f => f.Name,
        Expression.Unary u => $"{u.Operator} {Skeleton(u.Operand)}",
        Expression.Binary b => $"{b.Operator} {Skeleton(b.Left)} {Skeleton(b.Right)}",
        Expression.Conditional c => $"if {Skeleton(c.Condition)} {Skeleton(c.Then)} {Skeleton(c.Else)}",
        Expression.Membership m => $"in {Skeleton(m.Value)} {Join(m.Items)}",
        Expression.ListMembership m => $"in {Skeleton(m.Value)} {m.List}",
        Expression.Call c => $"{c.Function.Name} {Join(c.Arguments)}",
        Expression.Aggregate a => $"{a.Kind} {a.Source.Name} {(a.Value is null ? "" : Skeleton(a.Value))} " +
            $"{string.Join(',', a.SourceKeys)}/{string.Join(',', a.DecisionKeys)} {a.WindowMicroseconds} {(a.Where is null ? "" : Skeleton(a.Where))}",
        _ => throw new InvalidOperationException(e.GetType().Name),
    } + "]";

    private static string Join(ImmutableArray<Expression> items) => string.Join(' ', items.Select(Skeleton));
}
