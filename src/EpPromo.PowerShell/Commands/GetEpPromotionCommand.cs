using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Stores;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotion: returns promotions by id, by name, by a code that they have, or all.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotion", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Promotion))]
public sealed class GetEpPromotionCommand : PromotionKindCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string InputSet = "Promotion";
    private const string CodeSet = "Code";

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

    /// <summary>Codes: the promotions that have one of them are returned. A code that no promotion has is an error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    [OptionalTransformation(Default = "", DefaultItem = "")]
    [AllowEmptyString]
    public string[] Code { get; set; } = [];

    /// <summary>Return only promotions that are enabled; with -Enabled:$false, only those that are not.</summary>
    [Parameter]
    public SwitchParameter Enabled { get; set; }

    /// <summary>
    /// Return only promotions that run now: they are enabled, have started and have not ended. With -Active:$false, only the others.
    /// </summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <summary>Return only automatic promotions, which have no codes; with -Automatic:$false, only those that take codes.</summary>
    [Parameter]
    public SwitchParameter Automatic { get; set; }

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
            case CodeSet:
                StoreContext context = DefaultContext();
                ForEachInput(Code, code => StartFindCode(context, code.Trim()));
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
            reference.Check();
            StartFind(context, reference.Text);
        }
    }

    private void StartFind(StoreContext context, string name) => Start(name, cancellationToken => FindAsync(context, name, cancellationToken));

    private void StartGet(StoreContext context, string id)
    {
        Identifier.Check(id);
        Start(id, async cancellationToken => await WriteIfWantedAsync(context, await context.Api.Promotions.GetPromotionAsync(id, cancellationToken)));
    }

    private void StartFindCode(StoreContext context, string code)
    {
        if (code.Length == 0)
        {
            throw new EpPromoException(ErrorKind.NotFound, nameof(SR.NoPromotionHasCode), code);
        }

        Start(code, async cancellationToken =>
        {
            bool found = false;
            await new CodePromotionFinder(context.Api).FindAsync(
                code,
                promotion =>
                {
                    found = true;
                    return WriteOnceAsync(context, promotion);
                },
                cancellationToken);
            if (!found)
            {
                throw new EpPromoException(ErrorKind.NotFound, nameof(SR.NoPromotionHasCode), code);
            }
        });
    }

    private async Task WriteOnceAsync(StoreContext context, Promotion promotion)
    {
        if (_written.Add(promotion.PromotionId))
        {
            await WriteIfWantedAsync(context, promotion);
        }
    }

    private Task WriteIfWantedAsync(StoreContext context, Promotion promotion) =>
        IsWanted(nameof(Enabled), Enabled, promotion.Enabled)
        && IsWanted(nameof(Active), Active, promotion.IsActiveAt(context.Clock.UtcNow))
        && IsWanted(nameof(Automatic), Automatic, promotion.Automatic)
            ? WriteObjectAsync(promotion)
            : Task.CompletedTask;

    private bool IsWanted(string parameter, SwitchParameter wanted, bool actual) =>
        !MyInvocation.BoundParameters.ContainsKey(parameter) || wanted.IsPresent == actual;

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
                    await WriteOnceAsync(context, promotion);
                }
            },
            cancellationToken);
        if (!found && !pattern.IsPattern)
        {
            await WriteErrorAsync(await context.NotFoundAsync(name, cancellationToken), name);
        }
    }
}
