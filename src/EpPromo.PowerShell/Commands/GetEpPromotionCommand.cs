using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotion: returns promotions by id, by name, or all.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotion", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Promotion))]
public sealed class GetEpPromotionCommand : PromotionKindCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string InputSet = "Promotion";

    private readonly HashSet<string> _written = [];

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
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(PromotionIdCompleter))]
    [IdsTransformation(Default = "", DefaultItem = "", Property = nameof(PromotionId))]
    [AllowEmptyString]
    public string[] PromotionId { get; set; } = [];

    /// <summary>
    /// Promotions from the pipeline: names (with wildcards), ids, or objects that belong to a promotion, such as jobs, runs, and rows with a
    /// column Promotion or PromotionId.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    [PromotionTransformation]
    public PromotionReference[] Promotion { get; set; } = [];

    private protected override int MaxConcurrency => 1;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "promotions");
    }

    private protected override void ProcessInput()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                StoreContext store = DefaultContext();
                ForEachInput(PromotionId, id => StartGet(store, id));
                break;
            case InputSet:
                ForEachInput(Promotion, reference => StartFind(ContextFor(reference.Origin), reference));
                break;
            default:
                foreach (string name in Name ?? ["*"])
                {
                    StartFind(DefaultContext(), name);
                }

                break;
        }
    }

    private void StartFind(StoreContext context, PromotionReference reference)
    {
        if (reference.CanBeId)
        {
            StartGet(context, reference.Text);
        }
        else
        {
            StartFind(context, CheckedText(reference));
        }
    }

    private void StartFind(StoreContext context, string name) => Start(name, cancellationToken => FindAsync(context, name, cancellationToken));

    private void StartGet(StoreContext context, string id)
    {
        Identifier.Check(id);
        Start(id, async cancellationToken => await WriteObjectAsync(await context.Api.Promotions.GetPromotionAsync(id, cancellationToken)));
    }

    private async Task FindAsync(StoreContext context, string name, CancellationToken cancellationToken)
    {
        NameSearchPattern pattern = new(name);
        bool found = false;
        await new PromotionFinder(context.Api.Promotions).FindAsync(
            pattern.ServerPattern,
            async promotion =>
            {
                if (pattern.Matches(promotion.Name))
                {
                    found = true;
                    if (_written.Add(promotion.PromotionId))
                    {
                        await WriteObjectAsync(promotion);
                    }
                }
            },
            cancellationToken);
        if (!found && !pattern.IsPattern)
        {
            await WriteErrorAsync(await context.NotFoundAsync(name, cancellationToken), name);
        }
    }
}
