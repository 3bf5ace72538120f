namespace EpPromo.Sandbox.CommandLine;

/// <summary>What a started sandbox prints: where it is, how to connect, what is in it.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, SandboxServer server)
    {
        output.WriteLine($"EpPromo sandbox: {server.BaseUri.ToString().TrimEnd('/')}");
        output.WriteLine($"Exported files:  {server.FilesUri.ToString().TrimEnd('/')}");
        output.WriteLine();
        output.WriteLine("To connect, in PowerShell:");
        foreach ((string name, string value) in server.EnvironmentVariables)
        {
            output.WriteLine($"  $env:{name} = {Quoted(value)}");
        }

        output.WriteLine();
        IReadOnlyList<SandboxPromotion> promotions = server.Store.Promotions;
        output.WriteLine(promotions.Count == 0 ? "No promotions yet." : "Promotions:");
        foreach (SandboxPromotion promotion in promotions)
        {
            output.WriteLine($"  {promotion.Id}  {promotion.Name}{Remarks(promotion, server)}");
        }

        output.WriteLine();
        output.WriteLine("Ctrl+C stops it. Nothing is kept.");
        output.Flush();
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string Remarks(SandboxPromotion promotion, SandboxServer server)
    {
        string codes = promotion.Automatic
            ? "automatic, takes no codes"
            : $"{server.Store.Codes(promotion.Id).Count} of {promotion.CodesLimit ?? server.Options.CodesPerPromotion} codes";
        return $" ({codes}{(promotion.Enabled ? "" : ", disabled")})";
    }
}
