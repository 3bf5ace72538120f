using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.Promotions;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotion: returns rule promotions by id, by name, or all.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotion", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Promotion))]
public sealed class GetEpPromotionCommand : StoreCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>
    /// Names of promotions. Wildcards are allowed, and upper and lower case are the same. A name without a wildcard that does not exist
    /// is an error.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(PromotionNameCompleter))]
    [SupportsWildcards]
    [OptionalTransformation]
    public string[]? Name { get; set; }

    /// <summary>Ids of promotions. An id that does not exist is an error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [PromotionIdsTransformation]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    private protected override int MaxConcurrency => 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "promotions");
    }

    private protected override void ProcessInput()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (string id in PromotionId)
            {
                Start(id, async cancellationToken => await WriteObjectAsync(await Api.Promotions.GetPromotionAsync(id, cancellationToken)));
            }
        }
        else
        {
            HashSet<string> written = [];
            foreach (string name in Name ?? ["*"])
            {
                Start(name, cancellationToken => FindAsync(name, written, cancellationToken));
            }
        }
    }

    private async Task FindAsync(string name, HashSet<string> written, CancellationToken cancellationToken)
    {
        NameSearchPattern pattern = new(name);
        bool found = false;
        await new PromotionFinder(Api.Promotions).FindAsync(
            pattern.ServerPattern,
            async promotion =>
            {
                if (pattern.Matches(promotion.Name))
                {
                    found = true;
                    if (written.Add(promotion.PromotionId))
                    {
                        await WriteObjectAsync(promotion);
                    }
                }
            },
            cancellationToken);
        if (!found && !pattern.IsPattern)
        {
            await WriteErrorAsync(new EpPromoException(ErrorKind.NotFound, nameof(SR.PromotionNameNotFound), name), name);
        }
    }
}
