using EpPromo.Runs;

namespace EpPromo.PowerShell.Runs;

/// <summary>The runs that a command executes: one a promotion, since each has one writer (api-contract.md section 3).</summary>
internal sealed class RequestedRuns
{
    private readonly Dictionary<string, (CodeRunRequest Request, string? File)> _runs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the promotion already has the same run, so that a second one is not needed.</summary>
    /// <param name="request">The run.</param>
    /// <param name="fileFor">The file for the codes of a promotion, or null.</param>
    /// <exception cref="EpPromoException">The promotion has a run that differs.</exception>
    public bool Contains(CodeRunRequest request, Func<string, string?> fileFor)
    {
        if (!_runs.TryGetValue(request.PromotionId, out (CodeRunRequest Request, string? File) before))
        {
            return false;
        }

        string id = before.Request.PromotionId;
        return (request with { PromotionId = id }, fileFor(id)) == before
            ? true
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.RequestedTwice), request.PromotionId);
    }

    /// <summary>Adds a run.</summary>
    /// <param name="request">The run, of a promotion that has none.</param>
    /// <param name="file">The file for its codes, or null.</param>
    public void Add(CodeRunRequest request, string? file) => _runs.Add(request.PromotionId, (request, file));
}
