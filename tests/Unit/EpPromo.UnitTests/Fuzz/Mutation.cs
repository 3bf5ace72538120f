using System.Text;
using System.Text.Json;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>Ways in which an answer is changed.</summary>
internal enum MutationKind
{
    /// <summary>A value of the JSON becomes another one.</summary>
    Value,

    /// <summary>A field of the JSON is not there any more, and one that nobody knows is.</summary>
    Field,

    /// <summary>Something stands where nothing should.</summary>
    Insert,

    /// <summary>A piece is missing.</summary>
    Delete,

    /// <summary>A bit or more of one byte is different.</summary>
    Flip,

    /// <summary>A piece comes many times.</summary>
    Repeat,

    /// <summary>The end is missing.</summary>
    Cut,

    /// <summary>It is another answer altogether.</summary>
    Replace,
}

/// <summary>One change of an answer.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where, from 0 to 1.</param>
/// <param name="Size">How much, from 0 to 255.</param>
/// <param name="Payload">What with.</param>
internal sealed record Mutation(MutationKind Kind, double At, int Size, byte[] Payload)
{
    private const int MostRepeats = 50;

    public byte[] Apply(byte[] body) => Kind switch
    {
        MutationKind.Value => ReplaceToken(body, names: false, Payload),
        MutationKind.Field => ReplaceToken(body, names: true, "\"unknown\""u8.ToArray()),
        MutationKind.Insert => [.. body[..Place(body)], .. Payload, .. body[Place(body)..]],
        MutationKind.Delete => [.. body[..Place(body)], .. body[EndOfPiece(body)..]],
        MutationKind.Flip => [.. body.Select((one, index) => index == Place(body) ? (byte)(one ^ Size) : one)],
        MutationKind.Repeat => Repeat(body),
        MutationKind.Cut => body[..Place(body)],
        _ => Payload,
    };

    public override string ToString() =>
        FormattableString.Invariant($"{Kind} at {At:0.000}, {Size}, {Encoding.Latin1.GetString(Payload.AsSpan(0, Math.Min(Payload.Length, 200)))}");

    private int Place(byte[] body) => (int)(At * body.Length);

    private int EndOfPiece(byte[] body) => Math.Min(body.Length, Place(body) + Size);

    private byte[] Repeat(byte[] body)
    {
        byte[] piece = body[Place(body)..EndOfPiece(body)];
        return [.. body[..Place(body)], .. Enumerable.Repeat(piece, MostRepeats).SelectMany(bytes => bytes), .. body[Place(body)..]];
    }

    /// <summary>Puts something in the place of a value or of a field's name; what is no JSON any more stays as it is.</summary>
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
