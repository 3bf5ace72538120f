using System.Globalization;
using EpPromo.Text;

namespace EpPromo;

/// <summary>
/// An error of EpPromo. Its id is the name of its message in the resources; the resource <c>&lt;id&gt;_Action</c> says what to do
/// about it.
/// </summary>
#pragma warning disable CA1032 // Created from a resource only, so that every error has an id and an action.
public class EpPromoException : Exception
{
    private readonly object?[] _arguments;

    /// <summary>The error <paramref name="errorId"/>, whose message contains <paramref name="arguments"/>.</summary>
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

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The stable id, which scripts can rely on.</summary>
    public string ErrorId { get; }

    /// <inheritdoc/>
    public override string Message => Note is null ? base.Message : $"{base.Message} {DisplayText.Clean(Note)}";

    /// <summary>A sentence to add to the message, or null.</summary>
    internal string? Note { get; init; }

    /// <summary>What to do about it. In commands to copy, names are between quotes.</summary>
    public string RecommendedAction =>
        Text(ErrorId + "_Action", [.. _arguments.Select(argument => argument is string text ? QuotedText.Of(text) : argument)]);

    private static string Text(string resource, object?[] arguments)
    {
        string format = SR.ResourceManager.GetString(resource, CultureInfo.InvariantCulture)
            ?? throw new InvalidOperationException($"There is no message '{resource}'.");

        // Paths, names and the texts of other errors can contain anything.
        return DisplayText.Clean(MessageText.Of(format, arguments));
    }
}
