using System.Runtime.InteropServices;
using System.Security;
using EpPromo.Text;

namespace EpPromo.Stores;

/// <summary>
/// Finds what a secret gets on its way from a file or a variable: a line break, spaces, a byte order mark. The store would reject it without
/// an explanation.
/// </summary>
internal static class SecretCheck
{
    /// <summary>What is wrong with <paramref name="secret"/>, in words that reveal nothing of it; null if nothing is.</summary>
    public static string? FindFault(SecureString secret)
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            char At(int i) => (char)Marshal.ReadInt16(copy, i * sizeof(char));
            char last = At(secret.Length - 1);
            if (last is '\r' or '\n')
            {
                return SR.DetailTrailingLineBreak;
            }

            return char.IsWhiteSpace(last) || char.IsWhiteSpace(At(0)) ? SR.DetailSurroundingWhiteSpace
                : Enumerable.Range(0, secret.Length).Any(i => InvisibleCharacter.Is(At(i))) ? SR.DetailInvisibleCharacter
                : null;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }
}
