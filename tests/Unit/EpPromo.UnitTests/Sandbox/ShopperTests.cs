using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>A running sandbox can be told that shoppers use codes.</summary>
public sealed class ShopperTests
{
    private const string Path = "_sandbox/usages";

    [Fact]
    public async Task Shoppers_use_codes_as_long_as_they_have_uses_left()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        var spec = new JobSpec { JobType = JobSpec.Generate, NumberOfCodes = 5, MaxUsesPerCode = 2, CodePrefix = "a" };
        DateTimeOffset created = sandbox.Time.GetUtcNow().AddDays(-3);
        sandbox.Store.AddFinishedJob(id, spec, JobStatus.Completed, created, TimeSpan.FromSeconds(1));
        sandbox.Store.AddCodes(id, ["OTHER"]);

        Assert.Equal(4, (int?)(await sandbox.PostAsync(Path, """{"promotion":"Summer","prefix":"A","count":4,"days":30}"""))["data", "used"]);
        Assert.Equal(1, (int?)(await sandbox.PostAsync(Path, $$"""{"promotion":"{{id}}","prefix":"a"}"""))["data", "used"]);
        Assert.Equal(5, (int?)(await sandbox.PostAsync(Path, """{"promotion":"Summer","prefix":"a","count":100}"""))["data", "used"]);

        IReadOnlyList<SandboxUsage> usages = sandbox.Store.Usages(id);
        Assert.Equal([2, 2, 2, 2, 2], usages.GroupBy(usage => usage.Code).Select(code => code.Count()));
        Assert.All(usages, usage => Assert.InRange(usage.UsedOn!.Value, created, sandbox.Time.GetUtcNow()));
        Assert.All(usages, usage => Assert.EndsWith("@example.com", usage.CustomerEmail, StringComparison.Ordinal));
        Assert.Contains(usages, usage => usage.UsedOn < sandbox.Time.GetUtcNow().AddHours(-1));
    }

    [Theory]
    [InlineData("""{"promotion":"Nothing"}""", 404)]
    [InlineData("""{"prefix":"a"}""", 400)]
    [InlineData("""{"promotion":"Summer","count":0}""", 400)]
    [InlineData("""{"promotion":"Summer","cuont":1}""", 400)]
    [InlineData("""[]""", 400)]
    [InlineData("""{""", 400)]
    public async Task A_mistake_is_an_error(string body, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Store.AddPromotion("Summer");

        Assert.Equal(status, (int)(await sandbox.PostAsync(Path, body)).Status);
    }
}
