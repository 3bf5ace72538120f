using System.Text;

namespace EpPromo.Bench.StaticServer;

/// <summary>The file of an export, with the columns of the sandbox's (contract section 8).</summary>
internal static class ExportFile
{
    public static byte[] Create(int codes)
    {
        StringBuilder text = new("code,max_uses,consume_unit,created_by,created_at\n");
        for (int number = 0; number < codes; number++)
        {
            // Multiplied, so that the codes neither repeat nor look alike.
            string digits = ((uint)number * 2654435761).ToString("x8", null);
            text.Append("summer-").Append(digits, 0, 4).Append('-').Append(digits, 4, 4);
            text.Append(",1,per_checkout,sandbox@example.com,2026-06-03T23:31:40.962680423Z\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
