using System.Text;

namespace EpPromo.Sandbox.State;

/// <summary>Makes codes in groups of four (contract section 5); a seed always makes the same ones.</summary>
internal sealed class CodeGenerator(SeededRandom random, string? prefix, int length, PrefixDash dash)
{
    // Without the characters that people confuse: 0 and o, 1 and l, i.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly string _lead = Lead(prefix, dash);

    public Guid NextId() => random.NextGuid();

    public string Next()
    {
        var code = new StringBuilder(_lead, _lead.Length + length + (length / 4));
        for (int i = 0; i < length; i++)
        {
            if (i > 0 && i % 4 == 0)
            {
                code.Append('-');
            }

            code.Append(Alphabet[random.Next(Alphabet.Length)]);
        }

        return code.ToString();
    }

    private static string Lead(string? prefix, PrefixDash dash)
    {
        if (string.IsNullOrEmpty(prefix))
        {
            return "";
        }

        return dash == PrefixDash.WhenMissing && prefix.EndsWith('-') ? prefix : prefix + "-";
    }
}
