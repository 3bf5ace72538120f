namespace EpPromo.UnitTests;

/// <summary>
/// The exceptions of tasks that nobody has looked at. Hosts report them, some by ending the process.
/// </summary>
internal static class UnobservedExceptions
{
    /// <summary>Runs <paramref name="test"/>, and finds what it has left behind.</summary>
    /// <param name="marker">A text in the messages of the test's exceptions: other tests run at the same time.</param>
    /// <param name="test">What to run.</param>
    /// <returns>The exceptions that nobody has looked at.</returns>
    public static async Task<IReadOnlyList<Exception>> FindAsync(string marker, Func<Task> test)
    {
        List<Exception> unobserved = [];
        TaskScheduler.UnobservedTaskException += Add;
        try
        {
            await test();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Add;
        }

        return unobserved;

        void Add(object? sender, UnobservedTaskExceptionEventArgs e) =>
            unobserved.AddRange(e.Exception.InnerExceptions.Where(inner => inner.Message.Contains(marker, StringComparison.Ordinal)));
    }
}
