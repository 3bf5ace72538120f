using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// A part of a promotion's list of codes that is read while other parts are. It ends where the next range begins: at the first code that the
/// next range has read. So no order of the codes is assumed (api-contract.md section 8), and codes that are added or removed meanwhile move
/// no code into another range.
/// </summary>
internal sealed class CodeRange
{
    private readonly object _lock = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Set when the first page is read: whether it could be read.</summary>
    private readonly TaskCompletionSource<bool> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CodeRange?> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to read. Only the first page is read before <see cref="SetNext"/> is called.</summary>
    /// <param name="start">Finds the start of the range; null if it is behind the end of the list.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public CodeRange(Task<CodeWalk?> start, CancellationToken cancellationToken) => Codes = ReadAsync(start, cancellationToken);

    /// <summary>The codes of the range, when all of them are read.</summary>
    public Task<IReadOnlyList<PromotionCode>> Codes { get; }

    /// <summary>Says which range follows; null if none does, so that this one ends with the list.</summary>
    public void SetNext(CodeRange? next) => _next.TrySetResult(next);

    /// <summary>Whether the range has read a code.</summary>
    public bool Contains(string text)
    {
        lock (_lock)
        {
            return _texts.Contains(text);
        }
    }

    private async Task<IReadOnlyList<PromotionCode>> ReadAsync(Task<CodeWalk?> start, CancellationToken cancellationToken)
    {
        List<PromotionCode> codes = [];
        try
        {
            if (await start is not { } walk)
            {
                _started.TrySetResult(true);
                return codes;
            }

            Page<PromotionCode>? page = await walk.NextAsync(cancellationToken);
            Add(codes, page?.Items ?? []);
            _started.TrySetResult(true);
            CodeRange? next = await _next.Task;
            if (next is not null && !await next._started.Task)
            {
                // Its error ends the list, so nothing after it is needed.
                return codes;
            }

            int end = FindEnd(codes, next);
            if (end >= 0)
            {
                codes.RemoveRange(end, codes.Count - end);
            }

            while (end < 0 && (page = await walk.NextAsync(cancellationToken)) is not null)
            {
                end = FindEnd(page.Items, next);
                Add(codes, end < 0 ? page.Items : page.Items.Take(end));
            }

            return codes;
        }
        finally
        {
            // Unless it is set already, the range could not be read.
            _started.TrySetResult(false);
        }
    }

    private void Add(List<PromotionCode> codes, IEnumerable<PromotionCode> items)
    {
        lock (_lock)
        {
            foreach (PromotionCode code in items)
            {
                codes.Add(code);
                _texts.Add(code.Text);
            }
        }
    }

    private static int FindEnd(IReadOnlyList<PromotionCode> codes, CodeRange? next)
    {
        for (int i = 0; next is not null && i < codes.Count; i++)
        {
            if (next.Contains(codes[i].Text))
            {
                return i;
            }
        }

        return -1;
    }
}
