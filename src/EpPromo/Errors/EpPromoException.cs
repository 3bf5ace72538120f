using System.Globalization;
using EpPromo.Text;

namespace EpPromo;

/// <summary>
/// An error of EpPromo's own. Its id is the name of its message in the resource; the resource <c>&lt;id&gt;_Action</c> says what
/// to do about it.
/// </summary>
#pragma warning disable CA1032 // Made from a resource only, so that every error has an id and an action.
public class EpPromoException : Exception
{
    private readonly object?[] _arguments;

    /// <summary>The error <paramref name="errorId"/>, its message filled with <paramref name="arguments"/>.</summary>
    internal EpPromoException(ErrorKind kind, string errorId, params object?[] arguments)
        : this(null, kind, errorId, arguments)
    {
    }

    /// <summary>The error <paramref name="errorId"/>, caused by <paramref name="inner"/>.</summary>
    internal EpPromoException(Exception? inner, ErrorKind kind, string errorId, params object?[] arguments)
        : base(Text(errorId, arguments), inner)
    {
        Kind = kind;
        ErrorId = errorId;
        _arguments = arguments;
    }

    /// <summary>What sort of error it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The stable id, for scripts to branch on.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it. Names stand in it between quotes, in commands to copy.</summary>
    public string RecommendedAction =>
        Text(ErrorId + "_Action", [.. _arguments.Select(argument => argument is string text ? QuotedText.Of(text) : argument)]);

    private static string Text(string resource, object?[] arguments)
    {
        string format = SR.ResourceManager.GetString(resource, CultureInfo.InvariantCulture)
            ?? throw new InvalidOperationException($"There is no message '{resource}'.");

        // Paths, names and the words of other errors come from anywhere.
        return DisplayText.Clean(MessageText.Of(format, arguments));
    }
}
