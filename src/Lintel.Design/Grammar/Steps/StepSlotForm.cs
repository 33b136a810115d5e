using System.Reflection;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar.Steps;

/// <summary>What a slot of a sentence takes: the type of the kind's parameter of that name tells.</summary>
internal abstract record StepSlotForm(string Name)
{
    public virtual bool IsFormula => false;

    /// <summary>What stands there, for the reference page.</summary>
    public abstract string Expected { get; }

    /// <summary>A condition where the parameter is called Condition, else a number.</summary>
    public sealed record Formula(string Name, bool IsCondition, bool IsCandidates) : StepSlotForm(Name)
    {
        public override bool IsFormula => true;

        public override string Expected => (IsCondition ? "a condition" : "a number") + (IsCandidates ? " over the candidate's row" : " over the decision");
    }

    /// <summary>A column of the candidate.</summary>
    public sealed record Column(string Name) : StepSlotForm(Name)
    {
        public override string Expected => "a column of the candidate";
    }

    /// <summary>A number, a share, a duration or a word, in the form that a key of the design file would have.</summary>
    public sealed record Value(string Name, Form Form, ParameterNames Names) : StepSlotForm(Name)
    {
        public override string Expected => Names switch
        {
            ParameterNames.Source => "a source of candidates",
            ParameterNames.Event => "an event",
            ParameterNames.Model or ParameterNames.UnsureModel => "a model",
            ParameterNames.Quantiles => "a model with quantiles, or a range",
            _ => Form.Expected,
        };
    }

    /// <exception cref="InvalidOperationException">The kind has no such parameter.</exception>
    public static StepSlotForm Of(Kind kind, string name)
    {
        foreach (var property in kind.Parameters.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (KindParameters.KeyOf(property.Name) != name
                || property.GetCustomAttribute<ParameterAttribute>() is not { } about)
            {
                continue;
            }
            if (property.PropertyType == typeof(Expression)) { return new Formula(name, property.Name == "Condition", kind.Family == KindFamily.PolicyStep); }
            return property.PropertyType == typeof(StepColumn)
                ? new Column(name)
                : new Value(name, KindParameters.FormOf(property, about), about.Names);
        }
        throw new InvalidOperationException($"policy step '{kind.Name}' has a slot '{name}' and no such parameter");
    }
}
