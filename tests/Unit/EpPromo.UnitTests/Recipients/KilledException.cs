namespace EpPromo.UnitTests.Recipients;

/// <summary>The process was killed.</summary>
internal sealed class KilledException : Exception;
