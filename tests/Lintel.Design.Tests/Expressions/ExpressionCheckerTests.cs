using Lintel.Design.Expressions;

namespace Lintel.Design.Tests.Expressions;

public sealed class ExpressionCheckerTests
{
    /// <summary>Expression, its type, its canonical text.</summary>
    [Theory]
    [InlineData("1 + 2 * 3 - 4 / 5", DataType.Number, "1 + 2 * 3 - 4 / 5")]
    [InlineData("(1 + 2) * -(3 - price)", DataType.Number, "(1 + 2) * -(3 - price)")]
    [InlineData("1 - (2 - 3) - 4", DataType.Number, "1 - (2 - 3) - 4")]
    [InlineData("90% * 1e3", DataType.Number, "0.9 * 1000")]
    [InlineData("not gift and price > 3 or gift", DataType.Bool, "not gift and price > 3 or gift")]
    [InlineData("not (gift and price > 3)", DataType.Bool, "not (gift and price > 3)")]
    [InlineData("(price > 3) = gift", DataType.Bool, "(price > 3) = gift")]
    [InlineData("price ?? 0 > 5", DataType.Bool, "price ?? 0 > 5")]
    [InlineData("price / 2 ?? price ?? 0", DataType.Number, "price / 2 ?? price ?? 0")]
    [InlineData("(price ?? 1) + 1", DataType.Number, "(price ?? 1) + 1")]
    [InlineData("if gift then 1 else if price > 3 then 2 else 3", DataType.Number, "if gift then 1 else if price > 3 then 2 else 3")]
    [InlineData("(if gift then 1 else 2) + 1", DataType.Number, "(if gift then 1 else 2) + 1")]
    [InlineData("if gift then missing else price", DataType.Number, "if gift then missing else price")]
    [InlineData("city in ['Rome', \"a \\\"b\\\"\"]", DataType.Bool, "city in [\"Rome\", \"a \\\"b\\\"\"]")]
    [InlineData("user in blocklist", DataType.Bool, "user in blocklist")]
    [InlineData("user = 'u1'", DataType.Bool, "user = \"u1\"")]
    [InlineData("home = city", DataType.Bool, "home = city")]
    [InlineData("time - due", DataType.Duration, "time - due")]
    [InlineData("due + 90m * 2 - 1d", DataType.Time, "due + 90m * 2 - 1d")]
    [InlineData("(time - due) / 1h", DataType.Number, "(time - due) / 1h")]
    [InlineData("time >= 2018-07-25", DataType.Bool, "time >= 2018-07-25T00:00:00Z")]
    [InlineData("time < 2018-07-25T08:30:00.5Z", DataType.Bool, "time < 2018-07-25T08:30:00.5Z")]
    [InlineData("order.price", DataType.Number, "price")]
    [InlineData("minutes(since_last) > 5", DataType.Bool, "minutes(since_last) > 5")]
    [InlineData("min(price, 3)", DataType.Number, "min(price, 3)")]
    [InlineData("min(order.price) by user", DataType.Number, "min(order.price) by user")]
    [InlineData("max(min(order.price) by user, 3)", DataType.Number, "max((min(order.price) by user), 3)")]
    [InlineData("max((min(order.price) by user), price)", DataType.Number, "max((min(order.price) by user), price)")]
    [InlineData("max(min(order.price) by user over 14d, price)", DataType.Number, "max(min(order.price) by user over 14d, price)")]
    [InlineData("count(order) by user, shop over 1w", DataType.Number, "count(order) by user, shop over 7d")]
    [InlineData("count(order)", DataType.Number, "count(order)")]
    [InlineData("count(order) by user over 7d where price > 3 and gift", DataType.Number, "count(order where order.price > 3 and order.gift) by user over 7d")]
    [InlineData("count(order where price > 3) by user over 7d > 2", DataType.Bool, "count(order where order.price > 3) by user over 7d > 2")]
    [InlineData("mean(verdict.bad) by shop over 30d ?? 0", DataType.Number, "mean(verdict.bad) by order.shop over 30d ?? 0")]
    [InlineData("mean(minutes(delivered.time - delivered.order.time)) by shop over 2h", DataType.Number, "mean(minutes(delivered.time - delivered.order.time)) by order.shop over 2h")]
    [InlineData("mean(delivered.time - order.time) by shop", DataType.Duration, "mean(delivered.time - delivered.order.time) by order.shop")]
    [InlineData("sum(order.price * verdict.order.price) over 1d", DataType.Number, "sum(verdict.order.price * verdict.order.price) over 1d")]
    [InlineData("distinct(order.user) by shop over 1d", DataType.Number, "distinct(order.user) by shop over 1d")]
    [InlineData("last(order.city) by user = city", DataType.Bool, "(last(order.city) by user) = city")]
    [InlineData("first(order.user) by shop = user", DataType.Bool, "(first(order.user) by shop) = user")]
    [InlineData("max(order.due) by user", DataType.Time, "max(order.due) by user")]
    [InlineData("since(visit) by user ?? 30d", DataType.Duration, "(since(visit) by user) ?? 30d")]
    [InlineData("std(visit.pages) by user over 1d", DataType.Number, "std(visit.pages) by user over 1d")]
    [InlineData("present(city) and clamp(price, 0, 1) = 0", DataType.Bool, "present(city) and clamp(price, 0, 1) = 0")]
    public void Good_expressions_have_a_type_and_a_canonical_text(string text, DataType type, string canonical)
    {
        var expression = Expressions.Check(text, policy: true);
        expression.Type.ShouldBe(type);
        var printed = ExpressionPrinter.Print(expression);
        printed.ShouldBe(canonical);
        ExpressionPrinter.Print(Expressions.Check(printed, policy: true)).ShouldBe(canonical);
    }

    [Fact]
    public void A_text_takes_the_dictionary_of_what_it_meets()
    {
        static string Domain(Expression e) => ((Expression.TextConstant)((Expression.Binary)e).Right).Domain;
        Domain(Expressions.Check("user = 'a'")).ShouldBe("user");
        Domain(Expressions.Check("city = 'a'")).ShouldBe("text");
        Domain(Expressions.Check("(last(order.shop) by user) = 'a'")).ShouldBe("shop");
        ((Expression.TextConstant)((Expression.Membership)Expressions.Check("shop in ['a']")).Items[0]).Domain.ShouldBe("shop");
    }

    [Fact]
    public void A_score_is_a_margin_only_beside_a_threshold()
    {
        var rule = (Expression.Binary)Expressions.Check("m >= threshold(top 20/day) and m * price > 3", policy: true);
        ((Expression.Score)((Expression.Binary)rule.Left).Left).Form.ShouldBe(ScoreForm.Margin);
        ((Expression.Score)((Expression.Binary)((Expression.Binary)rule.Right).Left).Left).Form.ShouldBe(ScoreForm.Probability);
        ExpressionPrinter.Print(rule).ShouldBe("m >= threshold(top 20/day) and m * price > 3");
        ExpressionPrinter.Print(Expressions.Check("m >= threshold(recall 7%)", policy: true)).ShouldBe("m >= threshold(recall 7%)");
    }

    [Fact]
    public void Keys_of_the_subject_are_found_by_their_bare_name()
    {
        var aggregate = (Expression.Aggregate)Expressions.Check("count(verdict) by shop over 1d");
        aggregate.Source.Columns[aggregate.SourceKeys[0]].Name.ShouldBe("order.shop");
        Expressions.Design.Events[0].Columns[aggregate.DecisionKeys[0]].Name.ShouldBe("shop");
    }

    [Theory]
    [InlineData("prise + 1", "x:1:1: error LT0205: unknown name 'prise' in a feature; did you mean 'price'?")]
    [InlineData("order.prise", "x:1:1: error LT0205: event 'order' has no field 'prise'; did you mean 'price'?")]
    [InlineData("order + 1", "x:1:1: error LT0205: 'order' is an event, not a value; expected one of its fields, such as order.state, or count(order)")]
    [InlineData("price + city", "x:1:1: error LT0206: '+' does not join these two; got a number + a text; expected two numbers, two durations, or a time and a duration")]
    [InlineData("price + gift", "x:1:1: error LT0206: '+' does not join these two; got a number + a condition; expected two numbers, two durations, or a time and a duration; write 'if … then 1 else 0' to count a condition")]
    [InlineData("since_last > 5", "x:1:1: error LT0206: '>' does not join these two; got a duration > a number; expected two numbers, two times or two durations; write a duration such as 1h, or take its number: hours(…)")]
    [InlineData("user = shop", "x:1:1: error LT0206: '=' does not join these two; got a key = a key; expected two values of one type; they are keys of different entities")]
    [InlineData("city < 'm'", "x:1:1: error LT0206: '<' does not join these two; got a text < a text; expected two numbers, two times or two durations")]
    [InlineData("price and gift", "x:1:1: error LT0206: 'and' does not join these two; got a number and a condition; expected two conditions")]
    [InlineData("not price", "x:1:5: error LT0206: 'not' does not take a number; got 'price', a number; expected a condition")]
    [InlineData("if price then 1 else 2", "x:1:4: error LT0206: 'if' does not take a number; got 'price', a number; expected a condition")]
    [InlineData("if gift then 1 else city", "x:1:21: error LT0206: 'else' does not take a text; got 'city', a text; expected a number, as after 'then'")]
    [InlineData("city in [1, 2]", "x:1:10: error LT0206: 'in' does not take a number; got '1', a number; expected a text, as before 'in'")]
    [InlineData("price in [city]", "x:1:11: error LT0206: 'in' does not take a text; got 'city', a text; expected a number, as before 'in'")]
    [InlineData("since_last in [true]", "x:1:16: error LT0206: 'in' does not take a condition; got 'true', a condition; expected a duration, as before 'in'")]
    [InlineData("hour(price)", "x:1:6: error LT0206: 'hour' does not take a number; got 'price', a number; expected a time, as in hour(time) <= 6")]
    [InlineData("hours(time)", "x:1:7: error LT0206: 'hours' does not take a time; got 'time', a time; expected a duration, as in hours(time - day(time))")]
    [InlineData("huor(time)", "x:1:1: error LT0207: there is no function 'huor'; did you mean 'hour'?")]
    [InlineData("log(1, 2)", "x:1:1: error LT0207: 'log' takes 1 argument; got 2; expected log(1 + amount)")]
    [InlineData("abs(price) by user", "x:1:1: error LT0207: 'abs' takes no 'by', 'over' or 'where'; expected one of the aggregates: count, sum, mean, min, max, std, last, first, distinct, since")]
    [InlineData("verdict.bad", "x:1:1: error LT0208: a feature would read the label: 'verdict.bad' becomes known after the decision; got 'verdict.bad'; expected what is known at the decision; aggregate the verdicts of others that are known by then: mean(verdict.bad) by KEY over 30d")]
    [InlineData("state + 1", "x:1:1: error LT0209: 'state' becomes known later than its order (known settled_at); a feature would read the future; expected what is known at the decision; declare an event of its own (about: order, known: settled_at) and aggregate that")]
    [InlineData("mean(order.state) by user", "x:1:6: error LT0209: 'order.state' becomes known later than its order (known settled_at); an aggregate would read the future; expected what is known at the decision; declare an event of its own (about: order, known: settled_at) and aggregate that")]
    [InlineData("visit.pages", "x:1:1: error LT0210: 'visit.pages' is another event: a feature reads it through an aggregate; got 'visit.pages'; expected such as last(visit.pages) by KEY")]
    [InlineData("delivered.fe", "x:1:1: error LT0205: event 'delivered' has no field 'fe'; did you mean 'fee'?")]
    [InlineData("count(order.price)", "x:1:7: error LT0210: 'count' takes an event, not a value; got 'order.price'; expected such as count(payment) by card over 7d; a condition goes after 'where'")]
    [InlineData("count(oder)", "x:1:7: error LT0205: unknown event 'oder'; did you mean 'order'?")]
    [InlineData("mean(price)", "x:1:6: error LT0210: 'mean' of one value aggregates a field of an event; got 'price'; expected such as mean(payment.amount) by card over 7d")]
    [InlineData("min(price)", "x:1:5: error LT0210: 'min' of one value aggregates a field of an event; got 'price'; expected such as min(payment.amount) by card over 7d; the function takes two values: min(amount, 1000)")]
    [InlineData("mean(order.price - visit.pages)", "x:1:6: error LT0210: 'mean' reads events that are not about one another; got 'order.price - visit.pages'; expected such as mean(payment.amount) by card over 7d")]
    [InlineData("mean(order.city)", "x:1:6: error LT0206: 'mean' does not take a text; got 'order.city', a text; expected a number, a condition (1 or 0) or a duration")]
    [InlineData("count(order) by usr", "x:1:17: error LT0205: event 'order' has no key 'usr'; did you mean 'user'?")]
    [InlineData("count(order) where count(order) > 3", "x:1:20: error LT0211: an aggregate cannot stand inside another; got 'count(order)'; make it a feature and use its name")]
    [InlineData("count(order) where user in blocklist", "x:1:20: error LT0211: an aggregate cannot ask a named list; got 'blocklist'; ask the list in the policy: lists change beside the design")]
    [InlineData("user in blocklist", "x:1:1: error LT0211: a feature cannot ask a named list; got 'blocklist'; ask the list in the policy: lists change beside the design")]
    [InlineData("count(order) where recent > 3", "x:1:20: error LT0205: unknown name 'recent' in event 'order'; known: city, due, gift, known, price, shop, state, time, user")]
    [InlineData("price >= threshold(precision 90%)", "x:1:1: error LT0211: a feature cannot use a threshold; thresholds are solved for rules of the policy")]
    [InlineData("`odd name` + 1", "x:1:1: error LT0211: a name in backquotes is a source's column; got 'odd name'; expected a name of the design; give the column a name under 'fields:' with 'from'")]
    public void Faults_of_meaning_are_told_once(string text, string expected) => Expressions.Fault(text).ShouldBe(expected);

    [Theory]
    [InlineData("price >= threshold(precision 90%)", "x:1:1: error LT0206: only a model's score is compared with a threshold; got 'price'; expected the name of a model; known: m")]
    [InlineData("price in blocklist", "x:1:1: error LT0206: 'in blocklist' does not take a number; got 'price', a number; expected a key or a text")]
    [InlineData("threshold(precision 90%) <= m", "x:1:1: error LT0121: a threshold is a lower bound of a score; got 'threshold(precision 90%) <= m'; expected score >= threshold(…)")]
    [InlineData("threshold(precision 90%)", "x:1:1: error LT0121: a threshold stands alone; expected score >= threshold(…); compare a model's score with it")]
    [InlineData("m >= threshold(precision 190%)", "x:1:26: error LT0201: the expression cannot go on like this; got '190%'; expected a percentage above 0% and up to 100%")]
    [InlineData("m >= threshold(best 3)", "x:1:21: error LT0201: the expression cannot go on like this; got '3'; expected precision 90%, recall 80% or top 100/day")]
    [InlineData("m >= threshold(top 20/dya)", "x:1:23: error LT0201: the expression cannot go on like this; got 'dya'; expected a period: second, minute, hour, day or week")]
    public void Faults_of_rules_are_told(string text, string expected) => Expressions.Fault(text, policy: true).ShouldBe(expected);

    [Theory]
    [InlineData("1 +", "x:1:4: error LT0201: the expression cannot go on like this; got the end; expected a value: a number, a name, a text in quotes, or '('")]
    [InlineData("(1 + 2", "x:1:7: error LT0201: the expression cannot go on like this; got the end; expected ')'")]
    [InlineData("1 2", "x:1:3: error LT0201: the expression cannot go on like this; got '2'; expected the end of the expression")]
    [InlineData("1 < price < 3", "x:1:11: error LT0201: the expression cannot go on like this; got '<'; expected one comparison; join two with 'and'")]
    [InlineData("price == 3", "x:1:7: error LT0201: '==' is not of this language; got '=='; expected '='; write '='")]
    [InlineData("gift && gift", "x:1:6: error LT0201: '&&' is not of this language; got '&&'; expected 'and'; write 'and'")]
    [InlineData("!gift", "x:1:1: error LT0201: '!' is not of this language; got '!'; expected 'not'; write 'not'")]
    [InlineData("if gift then 1", "x:1:15: error LT0201: the expression cannot go on like this; got the end; expected 'else'")]
    [InlineData("city = 'Rome", "x:1:8: error LT0202: a quote is opened and never closed; got ''Rome'; close the text with '")]
    [InlineData("7days", "x:1:1: error LT0203: unknown unit 'days'; got '7days'; expected a unit of time: us, ms, s, m (minutes), h, d, w; put a blank after a number")]
    [InlineData("2018-13-01", "x:1:1: error LT0201: this is no date of the calendar; got '2018-13-01'; expected a date such as 2018-07-25 or 2018-07-25T08:30:00")]
    [InlineData("1e999", "x:1:1: error LT0201: this is not a number; got '1e999'; expected a number such as 12, 0.5 or 1e6")]
    [InlineData("9999999999999d", "x:1:1: error LT0111: this duration is too long; got '9999999999999d'; expected at most 10,000 years")]
    [InlineData("price # 3", "x:1:7: error LT0201: this character has no meaning here; got '#'; expected an expression")]
    [InlineData("count(order) over 7", "x:1:19: error LT0201: the expression cannot go on like this; got '7'; expected a duration such as 7d")]
    [InlineData("count(order where gift) by user where gift", "x:1:33: error LT0201: the expression cannot go on like this; got 'where'; expected one 'where'; join two conditions with 'and'")]
    [InlineData("price in (1, 2)", "x:1:10: error LT0201: the expression cannot go on like this; got '('; expected a list such as [1, 2], or the name of a list such as blocklist")]
    [InlineData("gift = not gift", "x:1:8: error LT0201: the expression cannot go on like this; got 'not'; expected parentheses around 'not …'")]
    public void Faults_of_writing_are_told_once(string text, string expected) => Expressions.Fault(text).ShouldBe(expected);

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("-", 100_000)]
    [InlineData("not ", 100_000)]
    [InlineData("if ", 100_000)]
    [InlineData("abs(", 100_000)]
    [InlineData("1 + ", 100_000)]
    [InlineData("1 ?? ", 100_000)]
    [InlineData("(price in [", 100_000)]
    [InlineData("if gift then 1 else ", 100_000)]
    public void Deep_expressions_are_a_diagnostic(string piece, int times) =>
        Expressions.Fault(string.Concat(Enumerable.Repeat(piece, times)) + "1").ShouldContain("error LT0204: the expression is nested too deeply");

    [Fact]
    public void A_long_list_is_a_diagnostic() =>
        Expressions.Fault($"price in [{string.Join(", ", Enumerable.Range(0, 1000))}]").ShouldContain("error LT0119: the list after 'in' is too long");
}
