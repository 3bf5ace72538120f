using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Converts what means a run to the run on each of its promotions: a run from Get-EpPromotionRun or Request-EpPromotionCode, such an object
/// from a file or another process, a row with a column Run, or the name of a run. Of a name, and of a row without a promotion, only
/// <see cref="CodeRun.Name"/> is known: <see cref="CodeRun.PromotionId"/> is empty. If a row has only the name of a promotion, that is in
/// <see cref="CodeRun.PromotionName"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RunsTransformationAttribute : ArgumentTransformationAttribute
{
    private const string RunColumn = "Run";

    /// <summary>A row with a job means that job, even if the job belongs to a run.</summary>
    private const string JobColumn = "JobId";

    /// <summary>
    /// Whether the command has other parameters that take what is no run from the pipeline. It is then left as it is, which is no valid
    /// argument. An exception would end the binding, so that the other parameters would not be tried.
    /// </summary>
    public bool ExceptOthers { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Is(inputData))
        {
            return null;
        }

        IEnumerable items = EmptyValue.Unwrapped(inputData) is not string && LanguagePrimitives.GetEnumerable(inputData) is { } list
            ? list
            : new[] { inputData };
        object?[] all = [.. items.Cast<object?>()];
        return ExceptOthers && all.Any(item => EmptyValue.Unwrapped(item) is not string && !IsRun(item))
            ? inputData
            : all.SelectMany(PartsOf).ToArray();
    }

    /// <summary>Whether an object is a run, or a row that describes one. A text is none by itself: it may be the name of something else.</summary>
    public static bool IsRun(object? item) => !EmptyValue.Is(item) && EmptyValue.Unwrapped(item) is not string
        && NameIn(PSObject.AsPSObject(item)).Length > 0;

    /// <summary>The run that <paramref name="item"/> means, on each of its promotions.</summary>
    public static CodeRun[] PartsOf(object? item) => EmptyValue.Unwrapped(item) switch
    {
        PromotionRun run => [.. run.Parts],
        CodeRun part => [part],
        string name when !EmptyValue.Is(name) => [new CodeRun { Name = name.Trim() }],
        _ when item is not null && NameIn(PSObject.AsPSObject(item)) is { Length: > 0 } name => PartsOfRow(PSObject.AsPSObject(item), name),
        _ => throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotRun, item)),
    };

    /// <summary>The name of the run that a row describes; empty if it describes none. Promotions, jobs and files have names, too.</summary>
    private static string NameIn(PSObject row)
    {
        if (IsOwn(row, nameof(PromotionRun)) || IsOwn(row, nameof(CodeRun)))
        {
            return Text(row, nameof(CodeRun.Name));
        }

        // The properties of an exported file, which has a name of ours for its table only, and of a measurement say which run's codes it is about.
        bool isOther = (IsOwn(row, "") && !IsOwn(row, "CodeFile") && !IsOwn(row, nameof(CodeMeasurement))) || row.Properties[nameof(PromotionCode.Code)] is not null || Text(row, JobColumn).Length > 0;
        return isOther ? ""
            : Text(row, RunColumn) is { Length: > 0 } name ? name
            : row.Properties[nameof(CodeRun.Requested)] is not null ? Text(row, nameof(CodeRun.Name))
            : "";
    }

    private static CodeRun[] PartsOfRow(PSObject row, string name)
    {
        CodeRun run = new() { Name = name, Origin = new NamedStore(Text(row, nameof(CodeRun.Store)).NullIfEmpty(), Text(row, nameof(CodeRun.Kind)).NullIfEmpty()) };
        string[] ids = Texts(row, nameof(PromotionRun.PromotionIds));
        string[] names = Texts(row, nameof(PromotionRun.PromotionNames));
        if (ids.Length == 0)
        {
            string promotion = Text(row, nameof(CodeRun.PromotionName));
            return [Part(Text(row, nameof(CodeRun.PromotionId)), promotion.Length > 0 ? promotion : Text(row, nameof(Promotion)))];
        }

        return [.. ids.Select((id, i) => Part(id, names.Length == ids.Length ? names[i] : ""))];

        CodeRun Part(string promotionId, string promotionName) =>
            new(run) { PromotionId = IdsTransformationAttribute.Text(promotionId), PromotionName = promotionName };
    }

    /// <summary>Whether it is an object of ours, of a type whose name starts with <paramref name="type"/>, as it is or deserialized.</summary>
    private static bool IsOwn(PSObject row, string type) => row.TypeNames.Any(name =>
        name.StartsWith("EpPromo." + type, StringComparison.Ordinal) || name.StartsWith("Deserialized.EpPromo." + type, StringComparison.Ordinal));

    private static string Text(PSObject row, string column) =>
        row.Properties[column]?.Value is { } value && !EmptyValue.Is(value) ? LanguagePrimitives.ConvertTo<string>(value).Trim() : "";

    private static string[] Texts(PSObject row, string column) =>
        row.Properties[column]?.Value is { } value && LanguagePrimitives.GetEnumerable(value) is { } items
            ? [.. items.Cast<object?>().Select(LanguagePrimitives.ConvertTo<string>)]
            : [];
}
