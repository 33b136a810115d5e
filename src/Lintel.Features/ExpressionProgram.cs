using System.Diagnostics.CodeAnalysis;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Features.Expressions;

namespace Lintel.Features;

/// <summary>A compiled expression over a register file: a flat stack program. Thread-safe; no allocation.</summary>
/// <remarks>Missing (NaN) runs through arithmetic, comparisons and functions; a result that is not finite, and x / 0, is missing.
/// Logic is three-valued (Kleene): <c>false and missing</c> is false, <c>true or missing</c> is true, else missing stays.</remarks>
public sealed class ExpressionProgram
{
    private readonly TimeZoneInfo _zone;
    private readonly int _depth;
    private readonly Instruction[] _code;
    private bool _isBound;

    internal ExpressionProgram(Instruction[] code, int depth, TimeZoneInfo zone)
    {
        _code = code;
        _depth = depth;
        _zone = zone;
    }

    /// <summary>The register whose value this program is, when it does nothing else; else −1.</summary>
    internal int LoadedRegister => _code is [{ Code: OpCode.Load }] ? _code[0].Operand : -1;

    /// <summary>Compiles an expression over one event's columns (a label, a <c>where</c>): its register file is the record's values.</summary>
    /// <exception cref="ArgumentException">It reads an aggregate, a feature, a score, a threshold or a list.</exception>
    public static ExpressionProgram ForEvent(Expression expression, CodeDictionaries dictionaries, TimeZoneInfo zone)
    {
        var program = ProgramCompiler.Compile(expression, dictionaries, zone, outer: null);
        program.Bind(static (_, index) => index);
        return program;
    }

    /// <summary>The value; NaN is missing. Bools are 0 or 1.</summary>
    public double Evaluate(ReadOnlySpan<double> registers)
    {
        if (!_isBound) { ThrowUnbound(); }
        if (_code.Length == 1 && _code[0].Code == OpCode.Load) { return registers[_code[0].Operand]; }
        Span<double> stack = stackalloc double[_depth];
        var top = -1;
        foreach (ref readonly var step in _code.AsSpan())
        {
            switch (step.Code)
            {
                case OpCode.Constant: stack[++top] = step.Value; break;
                case OpCode.Load: stack[++top] = registers[step.Operand]; break;
                case OpCode.Negate: stack[top] = -stack[top]; break;
                case OpCode.Not: stack[top] = 1 - stack[top]; break;
                case OpCode.Add: top--; stack[top] = Finite(stack[top] + stack[top + 1]); break;
                case OpCode.Subtract: top--; stack[top] = Finite(stack[top] - stack[top + 1]); break;
                case OpCode.Multiply: top--; stack[top] = Finite(stack[top] * stack[top + 1]); break;
                case OpCode.Divide: top--; stack[top] = Finite(stack[top] / stack[top + 1]); break;
                case OpCode.And: top--; stack[top] = And(stack[top], stack[top + 1]); break;
                case OpCode.Or: top--; stack[top] = 1 - And(1 - stack[top], 1 - stack[top + 1]); break;
                case OpCode.Coalesce:
                    top--;
                    if (double.IsNaN(stack[top])) { stack[top] = stack[top + 1]; }
                    break;
                case OpCode.Select:
                    top -= 2;
                    stack[top] = double.IsNaN(stack[top]) ? double.NaN : stack[top] == 1 ? stack[top + 1] : stack[top + 2];
                    break;
                case OpCode.In:
                    top -= step.Operand;
                    stack[top] = In(stack[top], stack.Slice(top + 1, step.Operand));
                    break;
                case OpCode.Call:
                    top -= step.Operand - 1;
                    stack[top] = Finite(step.Body!(stack.Slice(top, step.Operand), _zone));
                    break;
                default: top--; stack[top] = Compare(step.Code, stack[top], stack[top + 1]); break;
            }
        }
        return stack[0];
    }

    /// <summary>True when the value is 1: false and missing both do not hold.</summary>
    public bool Holds(ReadOnlySpan<double> registers) => Evaluate(registers) == 1;

    /// <summary>Turns named places into registers, once the file is laid out.</summary>
    internal void Bind(Func<Region, int, int> register)
    {
        for (var i = 0; i < _code.Length; i++)
        {
            if (_code[i].Code == OpCode.Load) { _code[i] = _code[i] with { Operand = register(_code[i].Region, _code[i].Operand) }; }
        }
        _isBound = true;
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static double And(double a, double b) => a == 0 || b == 0 ? 0 : a * b;

    private static double In(double value, ReadOnlySpan<double> items)
    {
        if (double.IsNaN(value)) { return double.NaN; }
        foreach (var item in items)
        {
            if (item == value) { return 1; }
        }
        return 0;
    }

    private static double Compare(OpCode code, double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b)) { return double.NaN; }
        var holds = code switch
        {
            OpCode.Less => a < b,
            OpCode.LessOrEqual => a <= b,
            OpCode.Greater => a > b,
            OpCode.GreaterOrEqual => a >= b,
            OpCode.Equal => a == b,
            _ => a != b,
        };
        return holds ? 1 : 0;
    }

    [DoesNotReturn]
    private static void ThrowUnbound() =>
        throw new InvalidOperationException("the plan is not built yet: call FeaturePlanBuilder.Build before evaluating");
}
