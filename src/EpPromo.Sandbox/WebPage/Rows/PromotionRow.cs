namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>A promotion as the page shows it.</summary>
/// <param name="Id">The promotion's id.</param>
/// <param name="Name">The name, shortened.</param>
/// <param name="Standard">Whether it is one of Promotions Standard.</param>
/// <param name="Enabled">Whether shoppers can use it.</param>
/// <param name="Automatic">Whether it applies without a code.</param>
/// <param name="Codes">How many codes it has.</param>
/// <param name="Limit">How many codes it can have.</param>
/// <param name="UsedCodes">How many codes were ever used.</param>
/// <param name="Uses">How often codes were used.</param>
/// <param name="Jobs">How many jobs it has.</param>
/// <param name="LastJob">Its latest job, if it has one.</param>
internal sealed record PromotionRow(
    string Id, string Name, bool Standard, bool Enabled, bool Automatic, int Codes, int Limit, int UsedCodes, long Uses, int Jobs, JobRow? LastJob);

/// <summary>The promotions that the page shows.</summary>
/// <param name="Found">How many promotions there are.</param>
/// <param name="Rows">Those with the latest jobs, by name.</param>
internal sealed record PromotionRows(int Found, IReadOnlyList<PromotionRow> Rows);
