using EpPromo.Codes;
using EpPromo.Codes.Exports;
using EpPromo.PowerShell.Sessions;
using EpPromo.Usages;

namespace EpPromo.PowerShell.Codes;

/// <summary>Counts how codes of a store are used.</summary>
internal sealed class CodeMeasurer
{
    private readonly StoreContext _context;
    private readonly Func<string, Task> _warn;

    /// <param name="context">The store.</param>
    /// <param name="warn">Callback: receives what the user should know.</param>
    public CodeMeasurer(StoreContext context, Func<string, Task> warn)
    {
        _context = context;
        _warn = warn;
    }

    /// <summary>Counts all codes of a promotion, or some of them.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="own">Only these codes, or null.</param>
    /// <param name="prefix">Only codes that start with this text, or null.</param>
    /// <param name="meter">Counts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">Codes or usages cannot be read.</exception>
    public Task MeasureAsync(string promotionId, OwnCodes? own, string? prefix, CodeMeter meter, CancellationToken cancellationToken) =>
        own is null && prefix is null
            ? MeasureAllAsync(promotionId, meter, cancellationToken)
            : MeasureSomeAsync(promotionId, own, prefix, meter, cancellationToken);

    /// <summary>The usages are read first: they are fewer, and the codes need not be kept then.</summary>
    private async Task MeasureAllAsync(string promotionId, CodeMeter meter, CancellationToken cancellationToken)
    {
        if (_context.Kind == PromotionKind.Rule)
        {
            await _context.Usages.ListAsync(
                promotionId, UsageSelection.All, usage => Added(() => meter.Add(usage)), cancellationToken);
        }

        await new ParallelCodeLister(_context.Api.Codes, promotionId, _context.Clock, () => _context.Store.RequestsPerSecond).ListAsync(
            async code =>
            {
                await Added(() => meter.Add(code));
                return true;
            },
            cancellationToken);
    }

    /// <summary>Only the usages of the codes are read.</summary>
    private async Task MeasureSomeAsync(string promotionId, OwnCodes? own, string? prefix, CodeMeter meter, CancellationToken cancellationToken)
    {
        List<PromotionCode> codes = [];
        CodeSet set = new();
        if (own is not null)
        {
            await new OwnCodeLister(_context.Api.Jobs, _context.Api.Codes, _context.Clock, _context.Store.ConsistencyWindow)
                .ListAsync(own, AddAsync, _warn, cancellationToken);
        }
        else
        {
            await new CodeFinder(_context.Api.Codes, promotionId).FindByPrefixAsync(
                prefix!,
                async code =>
                {
                    await AddAsync(code);
                    return true;
                },
                cancellationToken);
        }

        if (_context.Kind == PromotionKind.Rule)
        {
            await new CodeUsageFinder(_context.Api.Usages, _context.Usages).FindAsync(
                promotionId, set, UsageSelection.All, usage => Added(() => meter.Add(usage)), cancellationToken);
        }

        foreach (PromotionCode code in codes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            meter.Add(code);
        }

        Task AddAsync(PromotionCode code)
        {
            codes.Add(code);
            set.Add(code.Code, code.CodeId);
            return Task.CompletedTask;
        }
    }

    private static Task Added(Action add)
    {
        add();
        return Task.CompletedTask;
    }
}
