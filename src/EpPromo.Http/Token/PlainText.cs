using System.Runtime.InteropServices;
using System.Security;

namespace EpPromo.Http;

/// <summary>The way from and to a <see cref="SecureString"/>: taken only at the moment of sending.</summary>
internal static class PlainText
{
    public static string Of(SecureString secret)
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(copy)!;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }

    public static SecureString Hide(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
