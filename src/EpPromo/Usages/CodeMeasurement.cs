using EpPromo.Api;

namespace EpPromo;

/// <summary>
/// How the codes of a promotion, of a job, of a run, or with a common beginning, are used. Only codes that exist count, and their uses.
/// </summary>
public sealed class CodeMeasurement
{
    internal CodeMeasurement()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal CodeMeasurement(CodeMeasurement measurement)
    {
        PromotionName = measurement.PromotionName;
        PromotionId = measurement.PromotionId;
        Run = measurement.Run;
        JobName = measurement.JobName;
        JobId = measurement.JobId;
        StartsWith = measurement.StartsWith;
        Codes = measurement.Codes;
        Used = measurement.Used;
        TimesUsed = measurement.TimesUsed;
        UsesLeft = measurement.UsesLeft;
        FirstUsed = measurement.FirstUsed;
        LastUsed = measurement.LastUsed;
        UsesByDay = measurement.UsesByDay;
        CodesOnPromotion = measurement.CodesOnPromotion;
        MinRoom = measurement.MinRoom;
        MaxRoom = measurement.MaxRoom;
        Origin = measurement.Origin;
    }

    /// <summary>The name of the promotion, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>The id of the promotion; binds to every <c>-PromotionId</c>.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The run that has generated the codes; null if the codes are not only those of a run.</summary>
    public string? Run { get; internal init; }

    /// <summary>The name of the job that has generated the codes; null if the codes are not only those of a job, or it has no name.</summary>
    public string? JobName { get; internal init; }

    /// <summary>The id of that job, or null.</summary>
    public string? JobId { get; internal init; }

    /// <summary>What all the codes start with; null if they were not selected by that.</summary>
    public string? StartsWith { get; internal init; }

    /// <summary>How many codes there are.</summary>
    public long Codes { get; internal init; }

    /// <summary>How many of them have been used at least once.</summary>
    public long Used { get; internal init; }

    /// <summary>How many of them have never been used.</summary>
    public long Unused => Codes - Used;

    /// <summary>How often they have been used together.</summary>
    public long TimesUsed { get; internal init; }

    /// <summary>How often they can still be used together; null if the uses of some have no limit.</summary>
    public long? UsesLeft { get; internal init; }

    /// <summary>The part of the codes that have been used, in percent; null if there are no codes.</summary>
    public double? RedeemedPercent => Codes == 0 ? null : Math.Round(100.0 * Used / Codes, 2);

    /// <summary>When one of them was first used, by the server's clock, or null.</summary>
    public DateTimeOffset? FirstUsed { get; internal init; }

    /// <summary>When one of them was last used, by the server's clock, or null.</summary>
    public DateTimeOffset? LastUsed { get; internal init; }

    /// <summary>How often they were used on each day with a use, the first day first.</summary>
    public IReadOnlyList<DailyUses> UsesByDay { get; internal init; } = [];

    /// <summary>How many codes the promotion has altogether; null if the store does not report it.</summary>
    public long? CodesOnPromotion { get; internal init; }

    /// <summary>For how many more codes the promotion has room with certainty: its limit is 1000 unless Elastic Path has raised it.</summary>
    public long MinRoom { get; internal init; }

    /// <summary>For how many more codes the promotion can have room at most, as a job shows that failed at its limit; null if none does.</summary>
    public long? MaxRoom { get; internal init; }

    /// <summary>The kind of the promotion.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The name of the store that the promotion is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the promotion is in, which commands use that get the measurement as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, PromotionName, Run, JobId, JobName, StartsWith, Codes, Used, TimesUsed, UsesLeft, FirstUsed, LastUsed, CodesOnPromotion,
        MinRoom, MaxRoom,
    ];

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is CodeMeasurement other && Values.SequenceEqual(other.Values) && UsesByDay.SequenceEqual(other.UsesByDay);

    /// <inheritdoc/>
    public override int GetHashCode() => PromotionId.GetHashCode();
}
