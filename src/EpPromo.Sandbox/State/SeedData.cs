namespace EpPromo.Sandbox.State;

/// <summary>The promotions that a store starts with, and their history, so that there is something to see at once.</summary>
internal static class SeedData
{
    private const int Roomy = 100_000;

    public static void Fill(SandboxStore store, DateTimeOffset now)
    {
        SandboxPromotion summer = store.AddPromotion("Summer Sale", codesLimit: Roomy);
        SandboxPromotion clearance = store.AddPromotion("Summer Clearance", codesLimit: Roomy);
        SandboxPromotion friday = store.AddPromotion("Black Friday", enabled: false, codesLimit: Roomy);
        SandboxPromotion welcome = store.AddPromotion("Welcome Back", codesLimit: 150);
        store.AddPromotion("Free Shipping", automatic: true);

        Generated(store, summer, "Newsletter June", "summer", 100, JobStatus.Completed, now.AddDays(-60));
        Ended(store, summer, new JobSpec { JobType = JobSpec.Export, Name = "June for print" }, JobStatus.Completed, now.AddDays(-59));
        Generated(store, summer, "Partner batch", "partner", 250, JobStatus.Completed, now.AddDays(-20));
        Generated(store, summer, "Wrong prefix", "sumer", 50, JobStatus.Cancelled, now.AddDays(-20).AddHours(1));
        Generated(store, clearance, "Clearance", "clear", 40, JobStatus.Completed, now.AddDays(-10));
        Generated(store, friday, "Rehearsal", "bf", 30, JobStatus.Completed, now.AddDays(-5));

        // This one shows what the quota looks like: 120 of 150 are taken, so a hundred more do not fit.
        Generated(store, welcome, "Welcome", "hello", 120, JobStatus.Completed, now.AddDays(-3));
        Generated(store, welcome, "Welcome, more", "hello", 100, JobStatus.Failed, now.AddDays(-2));

        string used = store.Codes(summer.Id)[0].Code;
        store.AddUsage(summer.Id, used, "ada@example.com", usage => usage with { UsedOn = now.AddDays(-30) });
        store.AddUsage(summer.Id, used, "ben@example.com", usage => usage with { UsedOn = now.AddDays(-29) });
    }

    private static void Generated(
        SandboxStore store, SandboxPromotion promotion, string name, string prefix, int count, string status, DateTimeOffset at)
    {
        var spec = new JobSpec
        {
            JobType = JobSpec.Generate,
            Name = name,
            NumberOfCodes = count,
            MaxUsesPerCode = 1,
            ConsumeUnit = CodeTerms.DefaultConsumeUnit,
            CodePrefix = prefix,
            CodeLength = JobSpec.DefaultCodeLength,
        };
        Ended(store, promotion, spec, status, at);
    }

    private static void Ended(SandboxStore store, SandboxPromotion promotion, JobSpec spec, string status, DateTimeOffset at)
    {
        TimeSpan took = TimeSpan.FromSeconds(2) + (TimeSpan.FromMilliseconds(5) * (spec.NumberOfCodes ?? 0));
        store.AddEndedJob(promotion.Id, spec, status, at, took);
    }
}
