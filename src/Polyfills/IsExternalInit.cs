namespace System.Runtime.CompilerServices;

/// <summary>Marks properties that can be set while an object is initialized only.</summary>
internal static class IsExternalInit;
