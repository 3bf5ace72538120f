namespace EpPromo.UnitTests.Http.Transport;

/// <summary>What every response goes through: its body, decompression, and the Date header that sets the clock of the store.</summary>
public sealed class ApiTransportTests
{
    [Fact]
    public async Task An_implausible_Date_header_is_ignored()
    {
        string ok = $"HTTP/1.1 200 OK\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: {Samples.OneJobPage.Length}\r\n\r\n{Samples.OneJobPage}";
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => new Reply(System.Text.Encoding.UTF8.GetBytes(ok), ReplyEnd.KeepOpen)));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);

        await store.ListJobsAsync();
        clock.Advance(TimeSpan.FromHours(1));
        await store.ListJobsAsync();

        Assert.InRange(store.Api.Jobs.ServerTime.Year, 2020, 9000);
    }

    [Fact]
    public async Task A_response_of_several_megabytes_is_read_to_its_end()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(new string(' ', 3_000_000) + Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);

        Assert.Single((await store.ListJobsAsync()).Items);
    }

    [Fact]
    public async Task A_compressed_response_is_read_and_its_Date_header_gives_the_time_of_the_store()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.GZip(Samples.OneJobPage)));
        FakeClock clock = new(DateTimeOffset.UtcNow.AddHours(-5));
        using TestStore store = new(origin.BaseUri, clock: clock);

        Assert.Single((await store.ListJobsAsync()).Items);
        Assert.InRange(store.Api.Jobs.ServerTime, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains("gzip", origin.Calls[0].Headers["Accept-Encoding"], StringComparison.Ordinal);
    }
}
