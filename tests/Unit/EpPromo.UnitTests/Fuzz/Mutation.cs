using System.Text;
using System.Text.Json;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>One change of a response body.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="At">The position in the body, from 0 (start) to 1 (end).</param>
/// <param name="Size">The number of bytes, or the bits to flip: 0 to 255.</param>
/// <param name="Payload">The bytes to insert.</param>
internal sealed record Mutation(MutationKind Kind, double At, int Size, byte[] Payload)
{
    private const int Repeats = 50;

    public byte[] Apply(byte[] body) => Kind switch
    {
        MutationKind.Value => ReplaceToken(body, names: false, Payload),
        MutationKind.Field => ReplaceToken(body, names: true, "\"unknown\""u8.ToArray()),
        MutationKind.Insert => [.. body[..Position(body)], .. Payload, .. body[Position(body)..]],
        MutationKind.Delete => [.. body[..Position(body)], .. body[EndOfRange(body)..]],
        MutationKind.Flip => [.. body.Select((one, index) => index == Position(body) ? (byte)(one ^ Size) : one)],
        MutationKind.Repeat => Repeat(body),
        MutationKind.Cut => body[..Position(body)],
        _ => Payload,
    };

    public override string ToString() =>
        FormattableString.Invariant($"{Kind} at {At:0.000}, {Size}, {Encoding.Latin1.GetString(Payload.AsSpan(0, Math.Min(Payload.Length, 200)))}");

    private int Position(byte[] body) => (int)(At * body.Length);

    private int EndOfRange(byte[] body) => Math.Min(body.Length, Position(body) + Size);

    private byte[] Repeat(byte[] body)
    {
        byte[] range = body[Position(body)..EndOfRange(body)];
        return [.. body[..Position(body)], .. Enumerable.Repeat(range, Repeats).SelectMany(bytes => bytes), .. body[Position(body)..]];
    }

    /// <summary>Replaces a value or a field name; a body that is no longer JSON stays as it is.</summary>
    private byte[] ReplaceToken(byte[] body, bool names, byte[] with)
    {
        List<Range> tokens = [];
        Stack<int> open = new();
        Utf8JsonReader reader = new(body);
        try
        {
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when names:
                        tokens.Add(start..(start + reader.ValueSpan.Length + 2));
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(start);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray when !names:
                        tokens.Add(open.Pop()..(int)reader.BytesConsumed);
                        break;
                    case not JsonTokenType.PropertyName when !names:
                        tokens.Add(start..(int)reader.BytesConsumed);
                        break;
                }
            }
        }
        catch (JsonException)
        {
            return body;
        }

        if (tokens.Count == 0)
        {
            return body;
        }

        Range token = tokens[Math.Min(tokens.Count - 1, (int)(At * tokens.Count))];
        return [.. body[..token.Start], .. with, .. body[token.End..]];
    }
}
