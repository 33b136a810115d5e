using Lintel.Design.Expressions;

namespace Lintel.Features.Expressions;

/// <summary>One step of a stack program.</summary>
internal enum OpCode : byte
{
    Constant,
    Load,
    Negate,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Coalesce,
    /// <summary>Pops condition, then, else.</summary>
    Select,
    /// <summary>Pops a value and <see cref="Instruction.Operand"/> items.</summary>
    In,
    /// <summary>Pops <see cref="Instruction.Operand"/> arguments.</summary>
    Call,
}

/// <summary>A stretch of the register file: loads name it until the file is laid out.</summary>
internal enum Region : byte
{
    Column,
    Aggregate,
    Feature,
    Score,
    Threshold,
    List,
}

/// <param name="Operand">Register, or count of operands.</param>
internal readonly record struct Instruction(
    OpCode Code, int Operand = 0, double Value = 0, Region Region = default, FunctionBody? Body = null);
