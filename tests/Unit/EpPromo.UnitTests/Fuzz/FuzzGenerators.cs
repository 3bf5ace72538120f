using System.Text;
using CsCheck;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>Generates mutated responses.</summary>
internal static class FuzzGenerators
{
    /// <summary>Values that a reader may fail on, some of them not JSON.</summary>
    private static readonly string[] s_unexpectedValues =
    [
        "null", "true", "0", "-1", "1.5", "-0", "1e400", "-1.5e300", "1e-400", "99999999999999999999999999", new('9', 400), new('9', 5000),
        "2147483648", "9223372036854775808", "79228162514264337593543950336", "NaN", "-Infinity", "0x1F", "017", "undefined", "'single'",
        "new Date(1)", "/* none */ 1", "\"\"", "\" \"", "\"text\"", "\"17\"", "\"true\"", "\"\\u001b[2J\\u009b1m\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202egnp\"", "\"../../x\"", "\"CON\"", "\"{0}{1}{9}\"", "\"2024-13-45T99:99:99Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.999999999-14:00\"", "\"2024-12-03T23:31:40.\"", "\"/Date(1)/\"",
        "[]", "{}", "[null]", "[{}]", "[[1],2]", "{\"$type\":\"System.IO.FileInfo\",\"$ref\":\"1\"}", "{\"id\":\"x\"}", "[1,", "}", "]", "\"",
        "{\"errors\":[{\"status\":429,\"title\":{}}]}", "{\"errors\":[null,1,{\"title\":\"Too many jobs\"}]}", "{\"error\":\"invalid_client\"}",
        "\"https://user:word@files.example/x\"", "\"http://files.example/x\"", "\"file:///etc/passwd\"", "\"https://\"", "\"//files.example\"",
        "\"bearer token with spaces\"", "\"token\\r\\nX-Injected: 1\"", "<html><body>Welcome</body></html>", "", "\uFEFF{}", "\"\u001b]0;x\u0007\"",
        $"\"{new string('x', 6000)}\"", new('[', 200), $"{new string('[', 200)}{new string(']', 200)}", new('{', 3000),
    ];

    private static readonly (string Name, string[] Values)[] s_unexpectedHeaders =
    [
        ("Retry-After", ["0", "1", "-5", "99999999999999999999", "Tue, 01 Jan 2019 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "soon"]),
        ("Date", ["Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "today", ""]),
        ("Location", ["https://evil.example/", "::", "", "/\u001b[2J", "http://[::1", "//"]),
        ("Content-Length", ["0", "1", "99999999999999", "-1", "many"]),
        ("Content-Type", ["text/html; charset=utf-16", "x", ""]),
        ("Content-Encoding", ["gzip", "br", "identity", ""]),
        ("Content-Range", ["bytes 0-10/20", "bytes 40-80/85", "bytes */85", "bytes 5-1/2", "x 0-1/2", "bytes 0-84/*"]),
        ("Accept-Ranges", ["bytes", "none", ""]),
        ("ETag", ["\"v1\"", "W/\"v1\"", "v1"]),
        ("Last-Modified", ["Tue, 01 Jan 2019 00:00:00 GMT", "never"]),
    ];

    private static readonly Gen<byte[]> s_payload = Gen.Frequency(
        (8, Gen.OneOf(s_unexpectedValues).Select(Encoding.UTF8.GetBytes)),
        (1, Gen.String[0, 20].Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Array[0, 40]));

    private static readonly Gen<Mutation> s_anyMutation = Gen.Select(
        Gen.Frequency(
            (10, Gen.Const(MutationKind.Value)),
            (3, Gen.Const(MutationKind.Field)),
            (2, Gen.Const(MutationKind.Insert)),
            (2, Gen.Const(MutationKind.Delete)),
            (2, Gen.Const(MutationKind.Flip)),
            (1, Gen.Const(MutationKind.Repeat)),
            (1, Gen.Const(MutationKind.Cut)),
            (2, Gen.Const(MutationKind.Replace))),
        Gen.Double[0, 1],
        Gen.Int[0, 255],
        s_payload,
        (kind, at, size, payload) => new Mutation(kind, at, size, payload));

    private static readonly Gen<(string Name, string Value)> s_header =
        Gen.OneOf([.. s_unexpectedHeaders.SelectMany(header => header.Values.Select(value => (header.Name, value)))]);

    private static readonly Gen<int> s_status = Gen.Frequency(
        (10, Gen.Const(0)),
        (4, Gen.OneOf(200, 201, 202, 204, 206, 302, 304, 400, 401, 403, 404, 408, 409, 410, 416, 422, 429, 500, 501, 502, 503, 504)),
        (1, Gen.Int[200, 999]));

    private static readonly Gen<ResponseEnd> s_end = Gen.Frequency(
        (40, Gen.Const(ResponseEnd.Whole)),
        (2, Gen.Const(ResponseEnd.Broken)),
        (2, Gen.Const(ResponseEnd.Short)),
        (1, Gen.Const(ResponseEnd.Endless)),
        (2, Gen.Const(ResponseEnd.Reset)),
        (1, Gen.Const(ResponseEnd.Refused)));

    private static readonly Gen<FuzzResponse> s_response = Gen.Select(
        s_status, s_anyMutation.Array[0, 4], s_header.Array[0, 2], Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))), s_end,
        (status, mutations, headers, hasLength, end) => new FuzzResponse(status, mutations, headers, hasLength, end));

    /// <summary>A call of an endpoint and the responses that it receives.</summary>
    public static Gen<FuzzCase> Case { get; } = Gen.Select(
        Gen.OneOf([.. FuzzEndpoint.All]), s_response.Array[1, 3], Gen.Bool,
        (endpoint, responses, endsValid) => new FuzzCase(endpoint, endsValid ? [.. responses, FuzzResponse.Valid] : responses));

    /// <summary>Mutations of an export file.</summary>
    public static Gen<Mutation[]> FileMutations { get; } = Gen.Select(
        s_anyMutation.Where(mutation => mutation.Kind is not (MutationKind.Value or MutationKind.Field)),
        Gen.Frequency((3, s_payload), (2, Gen.OneOf("\"", ",", "\n", "\r", "\0", "\"\"", "\"\n\"", ",,,,").Select(Encoding.UTF8.GetBytes))),
        (mutation, payload) => mutation with { Payload = payload }).Array[0, 5];
}
