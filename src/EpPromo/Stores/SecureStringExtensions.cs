using System.Runtime.InteropServices;
using System.Security;

namespace EpPromo.Stores;

/// <summary>Conversions from and to <see cref="SecureString"/>. A secret is plain text only while it is sent.</summary>
internal static class SecureStringExtensions
{
    /// <summary>The secret as plain text.</summary>
    public static string ToPlainText(this SecureString secret)
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

    /// <summary>A read-only <see cref="SecureString"/> of the text.</summary>
    public static SecureString ToSecureString(this string text)
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
