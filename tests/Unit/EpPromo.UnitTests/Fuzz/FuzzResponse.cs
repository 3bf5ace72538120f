using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>A response that the fuzzed endpoint sends in place of a valid one.</summary>
/// <param name="Status">The status code; 0 for that of a valid response.</param>
/// <param name="Mutations">The changes to the valid body.</param>
/// <param name="Headers">Headers that are sent unchecked.</param>
/// <param name="HasLength">Whether the response has a Content-Length.</param>
/// <param name="End">How the response ends.</param>
internal sealed record FuzzResponse(int Status, Mutation[] Mutations, (string Name, string Value)[] Headers, bool HasLength, ResponseEnd End)
{
    /// <summary>A response without any change.</summary>
    public static readonly FuzzResponse Valid = new(0, [], [], true, ResponseEnd.Whole);

    public bool IsValid => Status == 0 && Mutations.Length == 0 && Headers.Length == 0 && End == ResponseEnd.Whole;

    public byte[] Mutate(byte[] body) => Mutations.Aggregate(body, (changed, mutation) => mutation.Apply(changed));

    /// <summary>Builds the response, or throws what a handler throws when there is none.</summary>
    public HttpResponseMessage ToResponse(int validStatus, byte[] body, Action<int> onRead)
    {
        switch (End)
        {
            case ResponseEnd.Refused:
                throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
            case ResponseEnd.Reset:
                throw new HttpRequestException("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));
        }

        StreamContent content = new(new FuzzStream(body, End, onRead));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = End == ResponseEnd.Short || (HasLength && End != ResponseEnd.Endless) ? body.Length : null;
        HttpResponseMessage response = new((HttpStatusCode)(Status == 0 ? validStatus : Status)) { Content = content };
        foreach ((string name, string value) in Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    public override string ToString()
    {
        StringBuilder text = new($"{Status} {End}{(HasLength ? "" : ", no length")}");
        text.Append(string.Concat(Headers.Select(header => $"\n    {header.Name}: {header.Value}")));
        return text.Append(string.Concat(Mutations.Select(mutation => $"\n    {mutation}"))).ToString();
    }
}
