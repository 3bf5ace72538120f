using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using EpPromo.Codes;
using EpPromo.Http.Csv;
using EpPromo.Stores;
using EpPromo.Tests;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>
/// Mutated responses of every endpoint: a call ends in a correct result or in an error with an id, without hanging and in bounded memory.
/// A failure prints the seed that repeats it (<c>CsCheck_Seed</c>).
/// </summary>
public sealed class FuzzTests
{
    /// <summary>The number of cases in all; <c>./build.ps1 -Task Fuzz</c> sets 1,000,000.</summary>
    private const string CasesVariable = "EPPROMO_FUZZ_CASES";
    private const int DefaultCases = 20_000;

    /// <summary>One in this many cases reads an export file; the others are calls.</summary>
    private const int FileShare = 5;

    private static int Cases => TestSetting.Read(CasesVariable, DefaultCases);

    [Fact]
    public void Mutated_responses_of_every_endpoint()
    {
        ConcurrentDictionary<string, int> ends = new();
        FuzzGenerators.Case.Sample(
            each => { ends.AddOrUpdate(each.Run() ?? "(a result)", 1, (_, count) => count + 1); },
            iter: Cases - (Cases / FileShare),
            print: each => each.ToString());

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", ends.OrderByDescending(end => end.Value).Select(end => $"{end.Value} {end.Key}")));

        // Mutations that all ended the same way would prove little.
        Assert.Contains("(a result)", ends.Keys);
        Assert.True(ends.Count > 10, string.Join(", ", ends.Keys));
    }

    /// <summary>Endpoints whose responses are read into memory.</summary>
    public static TheoryData<string> InMemory => [.. FuzzEndpoint.All.Select(endpoint => endpoint.Name).Where(name => name != "file")];

    [Theory]
    [MemberData(nameof(InMemory))]
    public async Task An_endless_response_is_read_no_further_than_the_default_limit(string name)
    {
        FuzzEndpoint endpoint = FuzzEndpoint.All.Single(each => each.Name == name);
        int limit = DefaultOptions.MaxResponseBytes;
        using FuzzHandler handler = new(endpoint, [FuzzResponse.Valid with { End = ResponseEnd.Endless }], limit);
        StoreApi api = handler.Connect(new FuzzCase(endpoint, []), out IStoreConnection connection);
        using (connection)
        {
            EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => endpoint.CallAsync(api));
            Assert.Contains(error.ErrorId, (string[])["ResponseTooLarge", "WriteUncertain"]);
        }

        Assert.InRange(handler.MostRead, limit - FuzzHandler.BufferBytes, limit + FuzzHandler.BufferBytes);
        Assert.InRange(handler.Requests, 1, 3);
    }

    [Fact]
    public async Task A_malformed_page_of_the_maximum_size_is_read_twice_at_most()
    {
        FuzzEndpoint endpoint = FuzzEndpoint.All.Single(each => each.Name == "job list");
        byte[] page = Encoding.UTF8.GetBytes($$"""{"data":[{{string.Concat(Enumerable.Repeat("[],", DefaultOptions.MaxResponseBytes / 4))}}1]}""");
        using FuzzHandler handler = new(
            endpoint, [FuzzResponse.Valid with { Mutations = [new Mutation(MutationKind.Replace, 0, 0, page)] }], DefaultOptions.MaxResponseBytes);
        StoreApi api = handler.Connect(new FuzzCase(endpoint, []), out IStoreConnection connection);
        using (connection)
        {
            EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => endpoint.CallAsync(api));
            Assert.Equal("UnexpectedResponse", error.ErrorId);
        }

        Assert.Equal(page.Length, handler.MostRead);
        Assert.Equal(3, handler.Requests);
    }

    [Fact]
    public void Mutated_export_files()
    {
        int files = 0;
        int rows = 0;
        FuzzGenerators.FileMutations.Sample(
            mutations =>
            {
                byte[] file = mutations.Aggregate(Encoding.UTF8.GetBytes(FuzzEndpoint.Csv), (changed, mutation) => mutation.Apply(changed));
                int read = ReadFile(new MemoryStream(file));
                Interlocked.Add(ref rows, Math.Max(0, read));
                Interlocked.Add(ref files, read < 0 ? 0 : 1);
            },
            iter: Cases / FileShare,
            print: mutations => string.Join("\n", mutations.Select(mutation => mutation.ToString())));

        TestContext.Current.SendDiagnosticMessage($"{files} files were read, with {rows} rows");
        Assert.NotInRange(rows, 0, files / 2);
    }

    [Theory]
    [InlineData("code\n", "summer")]
    [InlineData("code\n\"summer", "\n")]
    [InlineData("code\n", ",")]
    [InlineData("", "code")]
    [InlineData("", ",")]
    public void A_row_without_end_is_an_error(string start, string endlessPart)
    {
        int read = 0;
        using Stream first = new MemoryStream(Encoding.UTF8.GetBytes(start));
        using Stream endless = new FuzzStream(Encoding.UTF8.GetBytes(endlessPart), ResponseEnd.Endless, count => read += count);

        Assert.Equal(-1, ReadFile(new JoinedStream(first, endless)));
        Assert.InRange(read, 0, 4 * 1024 * 1024);
    }

    private static StoreOptions DefaultOptions { get; } = new()
    {
        BaseUri = new Uri("https://store.example/"),
        Credential = StoreCredential.FromAccessToken(EpPromo.UnitTests.Http.TestStore.Secret("any")),
    };

    /// <summary>Reads the file to its end.</summary>
    /// <returns>The number of rows, or -1 when the file is not valid CSV.</returns>
    private static int ReadFile(Stream file)
    {
        int count = 0;
        try
        {
            IReadOnlyList<string>? columns = null;
            foreach (ExportRow row in ExportCsvReader.Read(file, new PromotionJob { JobId = "job" }))
            {
                columns ??= row.Columns.Names;
                Assert.Same(columns, row.Columns.Names);
                Assert.Equal(columns.Count, columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                Assert.All(Enumerable.Range(0, columns.Count), column => Assert.DoesNotContain(row.Value(column), char.IsControl));
                Assert.DoesNotContain(new PromotionCode(row).Code, char.IsControl);
                Assert.InRange(row.FurtherColumns.Count, 0, columns.Count);
                count++;
            }

            return count;
        }
        catch (EpPromoException e)
        {
            Assert.Equal(("BadCsv", ErrorKind.InvalidResponse), (e.ErrorId, e.Kind));
            return -1;
        }
    }

    /// <summary>Reads one stream, then another.</summary>
    private sealed class JoinedStream(Stream first, Stream second) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            first.Read(buffer, offset, count) is > 0 and int read ? read : second.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer)
        {
            byte[] bytes = new byte[buffer.Length];
            int read = Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
    }
}
