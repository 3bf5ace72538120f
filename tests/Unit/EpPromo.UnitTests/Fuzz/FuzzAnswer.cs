using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>How an answer comes to its end, if it begins at all.</summary>
internal enum AnswerEnd
{
    Whole,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Broken,

    /// <summary>The body ends before the length that was announced.</summary>
    Short,

    /// <summary>The body never ends.</summary>
    Endless,

    /// <summary>The connection breaks before the answer.</summary>
    Reset,

    /// <summary>No connection is made.</summary>
    Refused,
}

/// <summary>An answer to be given in place of a good one.</summary>
/// <param name="Status">Its status; 0 for the one that a good answer has.</param>
/// <param name="Mutations">What is done to the good body.</param>
/// <param name="Headers">Headers, as they stand.</param>
/// <param name="HasLength">Whether the length is announced.</param>
/// <param name="End">How it ends.</param>
internal sealed record FuzzAnswer(int Status, Mutation[] Mutations, (string Name, string Value)[] Headers, bool HasLength, AnswerEnd End)
{
    /// <summary>A good answer.</summary>
    public static readonly FuzzAnswer Good = new(0, [], [], true, AnswerEnd.Whole);

    public bool IsGood => Status == 0 && Mutations.Length == 0 && Headers.Length == 0 && End == AnswerEnd.Whole;

    public byte[] Mutate(byte[] body) => Mutations.Aggregate(body, (changed, mutation) => mutation.Apply(changed));

    /// <summary>The answer as a handler gives it.</summary>
    public HttpResponseMessage ToResponse(int goodStatus, byte[] body, Action<int> onRead)
    {
        switch (End)
        {
            case AnswerEnd.Refused:
                throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
            case AnswerEnd.Reset:
                throw new HttpRequestException("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));
        }

        StreamContent content = new(new FuzzStream(body, End, onRead));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = End == AnswerEnd.Short || (HasLength && End != AnswerEnd.Endless) ? body.Length : null;
        HttpResponseMessage response = new((HttpStatusCode)(Status == 0 ? goodStatus : Status)) { Content = content };
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
