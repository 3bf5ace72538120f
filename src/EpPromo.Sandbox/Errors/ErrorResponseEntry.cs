using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Errors;

/// <summary>One error of an error response (contract section 4).</summary>
/// <param name="Title">The kind of error.</param>
/// <param name="Detail">What exactly is wrong; may be missing.</param>
/// <param name="Pointer">The JSON pointer of the invalid field, if there is one.</param>
/// <param name="Meta">The content of "meta", if there is any.</param>
internal sealed record ErrorResponseEntry(string Title, string? Detail, string? Pointer = null, JsonObject? Meta = null);
