using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>One entry of an error answer (contract section 4).</summary>
/// <param name="Title">What kind of error.</param>
/// <param name="Detail">What exactly; may be missing.</param>
/// <param name="Pointer">The JSON pointer of the field at fault, if there is one.</param>
/// <param name="Meta">What "meta" holds, if there is any.</param>
internal sealed record ErrorEntry(string Title, string? Detail, string? Pointer = null, JsonObject? Meta = null);
