using System.Text.Json;

namespace EpPromo.Sandbox.Store;

/// <summary>The promotions, jobs, codes and usages that a store starts with.</summary>
internal static class SeedData
{
    private const int LargeCodesLimit = 100_000;

    private static readonly JsonElement s_summerRules = JsonElement.Parse(
        """
        {"catalog_ids":["all"],"currencies":["all"],
         "rules":{"strategy":"and","children":[{"strategy":"cart_total","operator":"gte","args":[5000]}]},
         "actions":[{"strategy":"cart_percent","args":[10]}]}
        """);

    public static void AddTo(SandboxStore store, DateTimeOffset now)
    {
        SandboxPromotion summer = store.AddPromotion("Summer Sale", codesLimit: LargeCodesLimit);
        store.UpdatePromotion(summer.Id, promotion => promotion with { RuleSet = s_summerRules });
        SandboxPromotion clearance = store.AddPromotion("Summer Clearance", codesLimit: LargeCodesLimit);
        SandboxPromotion friday = store.AddPromotion("Black Friday", enabled: false, codesLimit: LargeCodesLimit);
        SandboxPromotion welcome = store.AddPromotion("Welcome Back", codesLimit: 150);
        store.AddPromotion("Free Shipping", automatic: true);

        AddGenerateJob(store, summer, "Newsletter June", "summer", 100, JobStatus.Completed, now.AddDays(-60));
        AddFinishedJob(store, summer, new JobSpec { JobType = JobSpec.Export, Name = "June for print" }, JobStatus.Completed, now.AddDays(-59));
        AddGenerateJob(store, summer, "Partner batch", "partner", 250, JobStatus.Completed, now.AddDays(-20));
        AddGenerateJob(store, summer, "Wrong prefix", "sumer", 50, JobStatus.Cancelled, now.AddDays(-20).AddHours(1));
        AddGenerateJob(store, clearance, "Clearance", "clear", 40, JobStatus.Completed, now.AddDays(-10));
        AddGenerateJob(store, friday, "Rehearsal", "bf", 30, JobStatus.Completed, now.AddDays(-5));

        // Shows a job that fails at the codes limit: with 120 of 150 codes taken, 100 more exceed it.
        AddGenerateJob(store, welcome, "Welcome", "hello", 120, JobStatus.Completed, now.AddDays(-3));
        AddGenerateJob(store, welcome, "Welcome, more", "hello", 100, JobStatus.Failed, now.AddDays(-2));

        SandboxPromotion loyalty = store.AddStandardPromotion("Loyalty Discount", codesLimit: LargeCodesLimit);
        store.AddStandardPromotion("Summer Sale", codesLimit: LargeCodesLimit, promotionType: "fixed_discount");
        AddGenerateJob(store, loyalty, "Members 2026", "member", 60, JobStatus.Completed, now.AddDays(-15));

        string usedCode = store.Codes(summer.Id)[0].Code;
        store.AddUsage(summer.Id, usedCode, "ada@example.com", usage => usage with { UsedOn = now.AddDays(-30) });
        store.AddUsage(summer.Id, usedCode, "ben@example.com", usage => usage with { UsedOn = now.AddDays(-29) });
        store.UseCodes(summer.Id, 24, "summer", days: 14);
        store.UseCodes(summer.Id, 9, "partner", days: 7);
    }

    private static void AddGenerateJob(
        SandboxStore store, SandboxPromotion promotion, string name, string prefix, int count, string status, DateTimeOffset at)
    {
        var spec = new JobSpec
        {
            JobType = JobSpec.Generate,
            Name = name,
            NumberOfCodes = count,
            MaxUsesPerCode = 1,
            ConsumeUnit = promotion.IsStandard ? CodeTerms.DefaultStandardConsumeUnit : CodeTerms.DefaultConsumeUnit,
            CodePrefix = prefix,
            CodeLength = JobSpec.DefaultCodeLength,
        };
        AddFinishedJob(store, promotion, spec, status, at);
    }

    private static void AddFinishedJob(SandboxStore store, SandboxPromotion promotion, JobSpec spec, string status, DateTimeOffset at)
    {
        TimeSpan took = TimeSpan.FromSeconds(2) + (TimeSpan.FromMilliseconds(5) * (spec.NumberOfCodes ?? 0));
        store.AddFinishedJob(promotion.Id, spec, status, at, took);
    }
}
