using EpPromo.Jobs;
using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>Reads from a document how the promotions of a store should be, and rejects what could not be made so.</summary>
internal static class DesiredStateReader
{
    private static readonly string[] s_promotionKeys =
    [
        "name", "description", "enabled", "automatic", "priority", "stackable", "override_stacking", "start", "end", "rule_set", "runs",
    ];

    private static readonly string[] s_runKeys =
        ["name", "count", "code_prefix", "code_length", "max_uses_per_code", "consume_unit", "batch_size"];

    /// <summary>The promotions of a document: an object with a list <c>promotions</c>, or the list itself.</summary>
    /// <exception cref="FormatException">The document is invalid; the message says what is wrong, and where.</exception>
    public static IReadOnlyList<DesiredPromotion> Read(object? document)
    {
        DocumentMistakes mistakes = new();
        DocumentFields root = new(
            document is object?[] list ? new System.Collections.Specialized.OrderedDictionary { ["promotions"] = list } : document, "", mistakes);
        List<DesiredPromotion> promotions = [];
        foreach (DocumentFields fields in root.List("promotions"))
        {
            DesiredPromotion promotion = ReadPromotion(fields);
            RejectIfRepeated(fields, "name", promotions.Any(other => IsSame(other.Name, promotion.Name)));
            RejectIfRepeated(
                fields, "priority", promotion.Fields.Priority is { } priority && promotions.Any(other => other.Fields.Priority == priority));
            promotions.Add(promotion);
        }

        root.RejectUnknown("promotions");
        mistakes.ThrowIfAny();

        // With -Prune, a file that is not filled in yet would delete all promotions.
        return promotions.Count > 0 ? promotions : throw new FormatException(SR.DetailSyncNoPromotions);
    }

    private static DesiredPromotion ReadPromotion(DocumentFields fields)
    {
        PromotionFields wanted = new()
        {
            Name = NormalizedText.Of((fields.Text("name") ?? "").Trim()),
            Description = fields.Text("description").NullIfEmpty(),
            Enabled = fields.Flag("enabled"),
            Automatic = fields.Flag("automatic"),
            Priority = fields.Number("priority"),
            Stackable = fields.Flag("stackable"),
            OverrideStacking = fields.Flag("override_stacking"),
            Start = fields.Time("start"),
            End = fields.Time("end"),
            RuleSet = fields.Object("rule_set") is { } rules ? new PromotionRuleSet(rules) : null,
        };
        List<CodeRunRequest> runs = [];
        foreach (DocumentFields run in fields.List("runs"))
        {
            CodeRunRequest request = ReadRun(run);
            RejectIfRepeated(run, "name", runs.Any(other => IsSame(other.Name, request.Name)));
            Check(run, request.Validate);
            runs.Add(request);
        }

        fields.RejectUnknown(s_promotionKeys);
        Check(fields, () => wanted.Validate());
        if (wanted.Automatic == true && runs.Count > 0)
        {
            fields.Reject(MessageText.Of(SR.DetailSyncAutomatic, fields.Describe("runs")));
        }

        return new DesiredPromotion(wanted, runs);
    }

    private static CodeRunRequest ReadRun(DocumentFields fields)
    {
        CodeRunRequest request = new()
        {
            PromotionId = "",
            Name = NormalizedText.Of((fields.Text("name") ?? "").Trim()),
            Count = fields.Number("count") ?? 0,
            CodePrefix = fields.Text("code_prefix")?.Trim().NullIfEmpty(),
            CodeLength = fields.Number("code_length"),
            MaxUsesPerCode = fields.Number("max_uses_per_code"),
            ConsumeUnit = fields.Text("consume_unit").NullIfEmpty(),
            BatchSize = fields.Number("batch_size") ?? NewJob.MaxNumberOfCodes,
        };
        fields.RejectUnknown(s_runKeys);
        return request;
    }

    private static void Check(DocumentFields fields, Action validate)
    {
        // Otherwise, what is missing because it has the wrong type would be a second mistake.
        if (fields.IsValid)
        {
            try
            {
                validate();
            }
            catch (EpPromoException e)
            {
                fields.Reject($"{fields.Describe("")}: {e.Message.TrimEnd('.')}");
            }
        }
    }

    private static void RejectIfRepeated(DocumentFields fields, string name, bool isRepeated)
    {
        if (isRepeated)
        {
            fields.Reject(MessageText.Of(SR.DetailSyncRepeated, fields.Describe(name)));
        }
    }

    private static bool IsSame(string one, string other) => one.Length > 0 && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
