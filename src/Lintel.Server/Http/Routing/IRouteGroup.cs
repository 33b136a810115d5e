namespace Lintel.Server.Http.Routing;

/// <summary>Routes that belong together, mapped by hand: one file each, listed in <see cref="Routes"/>. Thread-safe.</summary>
internal interface IRouteGroup
{
    /// <summary>Every route of the group, as faults and metrics name it.</summary>
    IReadOnlyList<RouteName> Names { get; }

    /// <summary>The route of a request; <see langword="default"/>: none of this group. HEAD comes as GET.</summary>
    /// <param name="path">Decoded but for <c>%2F</c>.</param>
    RouteMatch Find(string method, string path);
}

/// <param name="Name">Under which its requests are counted, e.g. <c>decide</c>.</param>
/// <param name="Usage">Method and path, e.g. <c>POST /v1/decide</c>.</param>
internal readonly record struct RouteName(string Name, string Usage);

/// <summary>The route that a request takes.</summary>
/// <param name="Name">Under which it is counted; null: no route.</param>
/// <param name="Argument">What its path holds, e.g. an id; empty without one.</param>
/// <param name="Answer">Writes the answer into the exchange and returns its content type.</param>
internal readonly record struct RouteMatch(string? Name, string Argument, Func<Exchange, ValueTask<string>> Answer);
