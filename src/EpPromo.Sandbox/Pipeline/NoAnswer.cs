namespace EpPromo.Sandbox.Pipeline;

/// <summary>Marks a request that gets no answer, although the server believes to have given one.</summary>
internal sealed record NoAnswer;
