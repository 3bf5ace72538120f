namespace EpPromo.UnitTests.Fuzz;

/// <summary>The ways to change a response body.</summary>
internal enum MutationKind
{
    /// <summary>Replaces a JSON value by another one.</summary>
    Value,

    /// <summary>Replaces the name of a JSON field by an unknown one.</summary>
    Field,

    /// <summary>Inserts bytes.</summary>
    Insert,

    /// <summary>Deletes bytes.</summary>
    Delete,

    /// <summary>Flips one or more bits of one byte.</summary>
    Flip,

    /// <summary>Repeats a range of bytes many times.</summary>
    Repeat,

    /// <summary>Cuts the end off.</summary>
    Cut,

    /// <summary>Replaces the whole body.</summary>
    Replace,
}
