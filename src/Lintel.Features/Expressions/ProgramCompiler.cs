using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;

namespace Lintel.Features.Expressions;

/// <summary>What a program may read beyond one event's columns.</summary>
internal interface IOuterScope
{
    /// <summary>Where the value of an aggregate, a feature, a score, a threshold or a list stands.</summary>
    (Region Region, int Index) Place(Expression expression);

    /// <summary>The catalogue of an entity, as it was read.</summary>
    CatalogueTable Catalogue(Expression expression, string entity);
}

/// <summary>Flattens a bound expression: operands first, then the operation.</summary>
internal sealed class ProgramCompiler
{
    private readonly List<Instruction> _code = [];
    private readonly CodeDictionaries _dictionaries;
    private readonly IOuterScope? _outer;
    private int _height, _depth;

    private ProgramCompiler(CodeDictionaries dictionaries, IOuterScope? outer)
    {
        _dictionaries = dictionaries;
        _outer = outer;
    }

    internal static ExpressionProgram Compile(
        Expression expression, CodeDictionaries dictionaries, TimeZoneInfo zone, IOuterScope? outer)
    {
        var compiler = new ProgramCompiler(dictionaries, outer);
        compiler.Emit(expression);
        return new([.. compiler._code], compiler._depth, zone);
    }

    private void Emit(Expression expression)
    {
        switch (expression)
        {
            case Expression.Constant c: Push(new(OpCode.Constant, Value: c.Value)); break;
            // a text that was never seen gets its code now, so that it is found when it comes
            case Expression.TextConstant t: Push(new(OpCode.Constant, Value: _dictionaries[t.Domain].Add(t.Value))); break;
            case Expression.Column c: Push(new(OpCode.Load, c.ColumnIndex, Region: Region.Column)); break;
            case Expression.Unary u:
                Emit(u.Operand);
                Operate(new(u.Operator == UnaryOperator.Negate ? OpCode.Negate : OpCode.Not), 1);
                break;
            case Expression.Binary b:
                Emit(b.Left);
                Emit(b.Right);
                Operate(new(CodeOf(b.Operator)), 2);
                break;
            case Expression.Conditional c:
                Emit(c.Condition);
                Emit(c.Then);
                Emit(c.Else);
                Operate(new(OpCode.Select), 3);
                break;
            case Expression.Membership m:
                Emit(m.Value);
                foreach (var item in m.Items) { Emit(item); }
                Operate(new(OpCode.In, m.Items.Length), m.Items.Length + 1);
                break;
            case Expression.Call call:
                foreach (var argument in call.Arguments) { Emit(argument); }
                Operate(new(OpCode.Call, call.Arguments.Length, Body: call.Function.Evaluate), call.Arguments.Length);
                break;
            case Expression.Hashed h:
                foreach (var part in h.Parts) { Emit(part); }
                var hash = new IdHash([.. h.Domains.Select(d => d is null ? null : _dictionaries[d])], h.Bits);
                Operate(new(OpCode.Call, h.Parts.Length, Body: hash.Of), h.Parts.Length);
                break;
            case Expression.Known k:
                var (known, column) = (Outer(k).Catalogue(k, k.Catalogue.Name), k.Field);
                Emit(k.Key);
                Operate(new(OpCode.Call, 1, Body: (a, _) => known.Value(column, a[0])), 1);
                break;
            case Expression.Member m:
                var (catalogue, field, member) = (Outer(m).Catalogue(m, m.Catalogue.Name), m.Field, m.Index);
                Emit(m.Key);
                Operate(new(OpCode.Call, 1, Body: (a, _) =>
                    catalogue.List(field, a[0]) is var members && member < members.Length ? members[member] : double.NaN), 1);
                break;
            default:
                var (region, index) = Outer(expression).Place(expression);
                Push(new(OpCode.Load, index, Region: region));
                break;
        }
    }

    private IOuterScope Outer(Expression expression) => _outer ?? throw new ArgumentException(
        $"{expression.At}: {expression.GetType().Name.ToLowerInvariant()} cannot be read here, only columns of one event",
        nameof(expression));

    private void Push(Instruction instruction)
    {
        _code.Add(instruction);
        _depth = Math.Max(_depth, ++_height);
    }

    private void Operate(Instruction instruction, int operands)
    {
        _code.Add(instruction);
        _height += 1 - operands;
        _depth = Math.Max(_depth, _height);
    }

    private static OpCode CodeOf(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Add => OpCode.Add,
        BinaryOperator.Subtract => OpCode.Subtract,
        BinaryOperator.Multiply => OpCode.Multiply,
        BinaryOperator.Divide => OpCode.Divide,
        BinaryOperator.Less => OpCode.Less,
        BinaryOperator.LessOrEqual => OpCode.LessOrEqual,
        BinaryOperator.Greater => OpCode.Greater,
        BinaryOperator.GreaterOrEqual => OpCode.GreaterOrEqual,
        BinaryOperator.Equal => OpCode.Equal,
        BinaryOperator.NotEqual => OpCode.NotEqual,
        BinaryOperator.And => OpCode.And,
        BinaryOperator.Or => OpCode.Or,
        _ => OpCode.Coalesce,
    };
}
