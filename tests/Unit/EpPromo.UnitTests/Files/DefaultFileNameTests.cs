using System.Text;
using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>How files in a folder are named after the promotion and the run or job.</summary>
public class DefaultFileNameTests
{
    private const string Id = "1d3811c0-9afc-4842-9c41-12bf584e96b1";
    private const string OtherId = "f8a294c0-8849-4698-9d9d-d7e4f5603308";
    private const string JobId = "77aa11bb-0000-4000-8000-000000000001";
    private static readonly OutputTarget s_summer = new(Id) { PromotionName = "Summer Sale", IsNameUnique = true };

    [Fact]
    public void A_whole_promotion_has_its_name() => Assert.Equal("Summer Sale_codes.csv", DefaultFileName.Of(s_summer));

    [Fact]
    public void A_run_has_its_name() => Assert.Equal("Summer Sale_bf26.csv", DefaultFileName.Of(s_summer with { Run = "bf26" }));

    [Fact]
    public void A_generated_name_of_a_job_is_unique() => Assert.Equal(
        "Summer Sale_ep-20261122-200453-k3j9x2ab.csv",
        DefaultFileName.Of(s_summer with { JobId = JobId, JobName = "ep-20261122-200453-k3j9x2ab" }));

    [Theory]
    [InlineData("mailing")]
    [InlineData("ep-20261122-200453-k3j9x2ab copy")]
    [InlineData("ep-2026-1")]
    [InlineData("ep-20261122-200453-k3j9x2ab\n")]
    public void Jobs_of_a_name_that_a_user_chose_are_distinguished_by_their_ids(string name)
    {
        OutputTarget job = s_summer with { JobId = JobId, JobName = name };

        Assert.Equal($"Summer Sale_{name.Trim()}_77aa11bb.csv", DefaultFileName.Of(job));
        Assert.NotEqual(DefaultFileName.Of(job), DefaultFileName.Of(job with { JobId = OtherId }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_job_without_a_known_name_has_its_id(string? name) =>
        Assert.Equal($"Summer Sale_{JobId}.csv", DefaultFileName.Of(s_summer with { JobId = JobId, JobName = name, Run = "bf26" }));

    [Fact]
    public void A_promotion_without_a_known_name_has_its_id() => Assert.Equal($"{Id}_bf26.csv", DefaultFileName.Of(new OutputTarget(Id) { Run = "bf26" }));

    [Fact]
    public void Promotions_of_one_name_are_distinguished_by_their_ids()
    {
        OutputTarget one = s_summer with { IsNameUnique = false };

        Assert.Equal("Summer Sale_1d3811c0_codes.csv", DefaultFileName.Of(one));
        Assert.Equal("Summer Sale_f8a294c0_codes.csv", DefaultFileName.Of(one with { PromotionId = OtherId }));
    }

    /// <summary>Promotions of two kinds can have the same name, and nobody looks for that in both lists.</summary>
    [Theory]
    [InlineData("Summer Sale", PromotionKind.Standard, "x_y", "Summer Sale (Standard)_x_y.csv")]
    [InlineData("Summer Sale", PromotionKind.Rule, "x_y", "Summer Sale_x_y.csv")]
    [InlineData("Summer Sale (standard)", PromotionKind.Rule, "x_y", "Summer Sale (standard)_1d3811c0_x_y.csv")]
    [InlineData("Summer Sale (Standard)_x", PromotionKind.Rule, "y", "Summer Sale (Standard)_x_1d3811c0_y.csv")]
    [InlineData("Summer Sale (Standard)", PromotionKind.Standard, "x_y", "Summer Sale (Standard) (Standard)_x_y.csv")]
    [InlineData("Summer Sale (Standardized)", PromotionKind.Rule, "y", "Summer Sale (Standardized)_y.csv")]
    public void Promotions_of_two_kinds_never_share_a_file(string name, PromotionKind kind, string run, string expected) =>
        Assert.Equal(expected, DefaultFileName.Of(s_summer with { PromotionName = name, Kind = kind, Run = run }));

    /// <summary>The store knows the whole names only, which differ.</summary>
    [Fact]
    public void Names_that_are_equal_once_shortened_are_distinguished_by_their_ids()
    {
        OutputTarget one = s_summer with { PromotionName = new string('x', 150) + "1" };
        OutputTarget two = s_summer with { PromotionId = OtherId, PromotionName = new string('x', 150) + "2" };

        Assert.NotEqual(DefaultFileName.Of(one), DefaultFileName.Of(two));
        Assert.NotEqual(
            DefaultFileName.Of(s_summer with { Run = new string('r', 150) + "1" }), DefaultFileName.Of(s_summer with { Run = new string('r', 150) + "2" }));
    }

    [Theory]
    [InlineData("a/b", "a:b")]
    [InlineData("spring.", "spring")]
    [InlineData("[a]", "(a)")]
    public void Runs_whose_names_had_to_be_changed_do_not_share_a_file(string one, string two) =>
        Assert.NotEqual(DefaultFileName.Of(s_summer with { Run = one }), DefaultFileName.Of(s_summer with { Run = two }), StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("codes")]
    [InlineData("CODES")]
    public void A_run_does_not_replace_the_file_of_the_whole_promotion(string run) =>
        Assert.NotEqual(DefaultFileName.Of(s_summer), DefaultFileName.Of(s_summer with { Run = run }), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void The_same_codes_have_the_same_file_next_time()
    {
        OutputTarget composed = s_summer with { PromotionName = "\u00e9t\u00e9", Run = "r/\u00e9" };

        Assert.Equal(DefaultFileName.Of(composed), DefaultFileName.Of(composed with { PromotionName = "e\u0301te\u0301", Run = "r/e\u0301" }));
    }

    [Theory]
    [InlineData("../../etc/passwd", "../../x")]
    [InlineData("C:\\Windows\\x", "CON")]
    [InlineData("NUL", "a\u001b[31mb")]
    [InlineData("[VIP] 20%", "*?`")]
    [InlineData(" .hidden. ", ". .")]
    [InlineData("a\u202Eb", "\uD83C")]
    public void A_file_name_is_safe_on_every_system_and_in_every_path(string promotion, string name)
    {
        OutputTarget target = s_summer with { PromotionName = promotion };

        Assert.All(
            (OutputTarget[])[target, target with { IsNameUnique = false }, target with { Run = name }, target with { JobId = name, JobName = name }],
            one =>
            {
                string file = DefaultFileName.Of(one);
                Assert.Equal(-1, file.IndexOfAny([.. "<>:\"/\\|?*`[]\uFFFD", .. Enumerable.Range(0, 32).Select(c => (char)c)]));
                Assert.EndsWith(".csv", file, StringComparison.Ordinal);
                Assert.DoesNotContain(file[0], " .");
            });
    }

    [Theory]
    [InlineData("x")]
    [InlineData("夏")]
    [InlineData("🌞")]
    public void A_file_name_fits_into_every_file_system(string piece)
    {
        string name = string.Concat(Enumerable.Repeat(piece, 255));

        string file = DefaultFileName.Of(new OutputTarget(Id) { PromotionName = name, JobId = JobId, JobName = name });

        Assert.InRange(Encoding.UTF8.GetByteCount(file), 1, FileNames.MaxLength - 20);
    }
}
