using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo;

/// <summary>
/// One promotion code (api-contract.md section 6), from the list of codes or from an export file. Its properties are in the order in which
/// tables and files show them.
/// </summary>
public class PromotionCode
{
    private readonly ICodeRecord _record;

    /// <summary>A code with what the store reports of it.</summary>
    internal PromotionCode(ICodeRecord record) => _record = record;

    /// <summary>A code of an export file, in a type that has properties for the file's further columns.</summary>
    /// <param name="row">The row; an <see cref="ExportRow"/>.</param>
    protected PromotionCode(object row) => _record = (ExportRow)row;

    /// <summary>The text that a shopper types.</summary>
    public string Code => _record.Code;

    /// <summary>
    /// The code as the store returned it, even if <see cref="Code"/> had to be made safe to show: it is compared with files, and sent.
    /// </summary>
    internal string Text => _record.Text;

    /// <summary>How often it can be used, or null for no limit.</summary>
    public int? MaxUses => _record.MaxUses;

    /// <summary>How often it can still be used, or null for no limit.</summary>
    public int? Uses => _record.Uses;

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit => _record.ConsumeUnit;

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt => _record.CreatedAt;

    /// <summary>The name of the promotion it belongs to, empty if it is not known.</summary>
    public string PromotionName => _record.PromotionName;

    /// <summary>The id of that promotion; binds to every <c>-Promotion</c>.</summary>
    public string PromotionId => _record.PromotionId;

    /// <summary>The id of the job that generated it, or of the export job whose file it is in; null if it is not known.</summary>
    public string? JobId => _record.JobId;

    /// <summary>The name of the run that generated it, or null if it is not known.</summary>
    public string? Run => _record.Run;

    /// <summary>The code's own id, or null if the store does not report it.</summary>
    public string? CodeId => _record.CodeId;

    /// <summary>The only shopper who can use it, or null for all.</summary>
    public string? User => _record.User;

    /// <summary>How often one shopper can use it, or null for no limit.</summary>
    public int? MaxUsesPerShopper => _record.MaxUsesPerShopper;

    /// <summary>Whether <see cref="MaxUsesPerShopper"/> counts for guests, too; null if there is no such limit.</summary>
    public bool? IncludesGuests => _record.IncludesGuests;

    /// <summary>Whether only shoppers who have ordered nothing yet can use it; null if the store does not report it.</summary>
    public bool? IsForNewShopper => _record.IsForNewShopper;

    /// <summary>The kind of the promotion it belongs to.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The store that the code is in, which commands use that get the code as input; null if it is not known.</summary>
    internal IStoreReference? Origin => _record.Origin;

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, PromotionName, Code, Text, CodeId, Uses, MaxUses, ConsumeUnit, User, MaxUsesPerShopper, IncludesGuests, IsForNewShopper,
        CreatedAt, JobId, Run,
    ];

    /// <summary>The code's text.</summary>
    public override string ToString() => Code;

    /// <summary>The value of a column of the export file, as text.</summary>
    /// <param name="column">The column, from 0.</param>
    protected string Column(int column) => ((ExportRow)_record).Value(column);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionCode other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode();
}
