namespace EpPromo.Sandbox.CommandLine;

/// <summary>What the sandbox prints when it has started: its URLs, how to connect, and its promotions.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, SandboxServer server)
    {
        output.WriteLine($"EpPromo sandbox: {server.BaseUri.ToString().TrimEnd('/')}");
        output.WriteLine($"Exported files:  {server.FilesUri.ToString().TrimEnd('/')}");
        output.WriteLine();
        output.WriteLine("To connect from PowerShell:");
        foreach ((string name, string value) in server.EnvironmentVariables)
        {
            output.WriteLine($"  $env:{name} = {Quote(value)}");
        }

        output.WriteLine();
        SandboxPromotion[] promotions = [.. server.Store.Promotions, .. server.Store.StandardPromotions];
        output.WriteLine(promotions.Length == 0 ? "No promotions." : "Promotions:");
        foreach (SandboxPromotion promotion in promotions)
        {
            output.WriteLine($"  {promotion.Id}  {promotion.Name} ({Details(promotion, server)})");
        }

        output.WriteLine();
        output.WriteLine("Ctrl+C stops the sandbox. Nothing is saved.");
        output.Flush();
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string Details(SandboxPromotion promotion, SandboxServer server)
    {
        string codes = promotion.Automatic
            ? "automatic, cannot have codes"
            : $"{server.Store.Codes(promotion.Id).Count} of {promotion.CodesLimit ?? server.Options.CodesPerPromotion} codes";
        return (promotion.IsStandard ? "Standard, " : "") + codes + (promotion.Enabled ? "" : ", disabled");
    }
}
