using System.Text;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Codes;

/// <summary>Generates codes in groups of four characters (contract section 5), always the same ones for the same seed.</summary>
internal sealed class CodeGenerator(SeededRandom random, string? prefix, int length, PrefixDash dash)
{
    // Without characters that look alike: 0 and o; 1, l and i.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly string _start = Start(prefix, dash);

    public Guid NextId() => random.NextGuid();

    public string Next()
    {
        var code = new StringBuilder(_start, _start.Length + length + (length / 4));
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

    private static string Start(string? prefix, PrefixDash dash)
    {
        if (string.IsNullOrEmpty(prefix))
        {
            return "";
        }

        return dash == PrefixDash.WhenMissing && prefix.EndsWith('-') ? prefix : prefix + "-";
    }
}
