namespace EpPromo.Http.Formats;

/// <summary>Writes a file of codes row by row.</summary>
internal interface ICodeWriter : IDisposable
{
    /// <summary>Writes a row.</summary>
    /// <param name="values">A value for each column: a text, a whole number, a time, or null.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="IOException">The format cannot hold a value.</exception>
    Task WriteAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken);

    /// <summary>Completes the file.</summary>
    Task FinishAsync(CancellationToken cancellationToken);
}
