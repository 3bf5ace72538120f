using EpPromo.Codes;
using EpPromo.PowerShell.Sessions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Codes;

/// <summary>Which codes of a promotion are wanted. Codes and prefixes are looked up; the rest is decided here.</summary>
internal sealed class CodeSelection
{
    /// <summary>How many codes a page of the list has: looking up more of them than the list has pages takes longer than reading the list.</summary>
    private const int PageLength = 100;

    private readonly string[]? _codes;
    private readonly string[]? _prefixes;
    private readonly HashSet<string> _wanted;

    /// <param name="codes">The texts of the codes; null for all.</param>
    /// <param name="prefixes">How they start; null for any.</param>
    public CodeSelection(string[]? codes, string[]? prefixes)
    {
        _codes = codes;
        _prefixes = prefixes?.Select(NormalizedText.Of).ToArray();
        _wanted = new HashSet<string>(codes ?? [], CodeComparer.Instance);
    }

    /// <summary>Whether a code is wanted.</summary>
    public bool Matches(PromotionCode code) =>
        (_codes is null || _wanted.Contains(code.Text))
        && (_prefixes is null || _prefixes.Any(prefix => JobCodeFinder.HasPrefix(code, prefix)));

    /// <summary>Reads the codes that can be wanted, in the order of the store, in as few requests as possible.</summary>
    /// <param name="context">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="process">Callback: processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task ListAsync(
        StoreContext context, string promotionId, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        CodeFinder finder = new(context.Api.Codes, promotionId);
        if (_codes is { Length: <= PageLength })
        {
            foreach (string text in _codes.Distinct(CodeComparer.Instance))
            {
                if (await finder.FindAsync(text, cancellationToken) is { } code && !await process(code))
                {
                    return;
                }
            }
        }
        else if (_codes is null && _prefixes is not null)
        {
            bool isContinued = true;
            foreach (string prefix in _prefixes.Where(prefix => !_prefixes.Any(other => IsShorter(other, prefix))).Distinct(CodeComparer.Instance))
            {
                await finder.FindByPrefixAsync(prefix, async code => isContinued = await process(code), cancellationToken);
                if (!isContinued)
                {
                    return;
                }
            }
        }
        else
        {
            await new ParallelCodeLister(context.Api.Codes, promotionId, context.Clock, () => context.Store.RequestsPerSecond)
                .ListAsync(process, cancellationToken);
        }
    }

    /// <summary>Whether all codes that start with <paramref name="prefix"/> start with <paramref name="other"/>, too.</summary>
    private static bool IsShorter(string other, string prefix) =>
        other.Length < prefix.Length && prefix.StartsWith(other, StringComparison.OrdinalIgnoreCase);
}
