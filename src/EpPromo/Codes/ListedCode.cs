using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>A code of the list of codes.</summary>
internal sealed class ListedCode : ICodeRecord
{
    private readonly string? _text;

    public ListedCode()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    public ListedCode(PromotionCode code)
    {
        _text = code.Text;
        Code = code.Code;
        MaxUses = code.MaxUses;
        Uses = code.Uses;
        ConsumeUnit = code.ConsumeUnit;
        CreatedAt = code.CreatedAt;
        PromotionName = code.PromotionName;
        PromotionId = code.PromotionId;
        JobId = code.JobId;
        Run = code.Run;
        CodeId = code.CodeId;
        User = code.User;
        MaxUsesPerShopper = code.MaxUsesPerShopper;
        IncludesGuests = code.IncludesGuests;
        IsForNewShopper = code.IsForNewShopper;
        Origin = code.Origin;
    }

    public string Text
    {
        get => _text ?? Code;
        init => _text = value;
    }

    public string Code { get; init; } = "";

    public int? MaxUses { get; init; }

    public int? Uses { get; init; }

    public string? ConsumeUnit { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string PromotionName { get; init; } = "";

    public string PromotionId { get; init; } = "";

    public string? JobId { get; init; }

    public string? Run { get; init; }

    public string? CodeId { get; init; }

    public string? User { get; init; }

    public int? MaxUsesPerShopper { get; init; }

    public bool? IncludesGuests { get; init; }

    public bool? IsForNewShopper { get; init; }

    public IStoreReference? Origin { get; init; }
}
