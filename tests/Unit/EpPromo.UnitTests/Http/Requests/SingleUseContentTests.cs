using System.Net;
using EpPromo.Http;
using EpPromo.Http.Requests;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Requests;

/// <summary>A body is sent once, even by a handler that repeats requests, as some do for a stale connection or a proxy.</summary>
public sealed class SingleUseContentTests
{
    [Fact]
    public async Task A_body_is_written_once()
    {
        using SingleUseContent body = SingleUseContent.Json("""{"a":1}""");
        using MemoryStream first = new();
        using MemoryStream second = new();

        await body.CopyToAsync(first, TestStore.Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(second, TestStore.Cancel));

        Assert.Equal(7, first.Length);
        Assert.Equal(0, second.Length);
        Assert.False(body.Revoke());
    }

    [Theory]
    [InlineData("create")]
    [InlineData("cancel")]
    public async Task A_write_that_a_handler_repeats_is_sent_once_and_uncertain(string what)
    {
        await using ScriptedOrigin origin = new(_ => Reply.Error(503, "Busy"));
        StoreOptions options = new()
        {
            BaseUri = origin.BaseUri,
            Credential = StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer)),
        };
        using TestStore lines = new(options.BaseUri);
        using StoreConnection connection = new(options, new SystemClock(), new SystemRandom(), new RepeatingClients());
        StoreApi api = connection.Open(lines);

        await Assert.ThrowsAsync<UncertainResultException>(() => what == "create"
            ? api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel)
            : api.Jobs.CancelJobAsync(Samples.Promotion, Samples.JobId, TestStore.Cancel));

        Assert.Single(origin.Calls);
    }

    /// <summary>Clients whose handlers send each request twice.</summary>
    private sealed class RepeatingClients : HttpClients
    {
        protected override HttpMessageHandler NewHandler(DecompressionMethods decompression) => new Repeater(base.NewHandler(decompression));

        private sealed class Repeater(HttpMessageHandler inner) : DelegatingHandler(inner)
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                using HttpResponseMessage first = await base.SendAsync(request, cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
