using System.Text;
using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Csv;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A simulated store with export files that have the codes and, if <see cref="TimeInFile"/> is set, their times.</summary>
internal sealed class ExportingApi : IFakeApi, IExportFiles
{
    private readonly SimulatedApi _store;

    public ExportingApi(SimulatedApi store) => _store = store;

    /// <summary>The name of the column.</summary>
    public string Column { get; init; } = "code";

    /// <summary>Selects the codes of the n-th file from those of the promotion; all by default.</summary>
    public Func<int, IEnumerable<string>, IEnumerable<string>> InFile { get; init; } = (_, codes) => codes;

    /// <summary>The time of a code as the file shows it; null if the file has no column for it.</summary>
    public Func<PromotionCode, string>? TimeInFile { get; init; }

    /// <summary>Returns a code as the list shows it, or null for one that it does not show yet.</summary>
    public Func<PromotionCode, PromotionCode?>? InList { get; init; }

    /// <summary>How many pages of the list of codes were read.</summary>
    public int CodePages { get; private set; }

    /// <summary>A code that only the first list shows, like one that has just been deleted.</summary>
    public PromotionCode? Deleted { get; set; }

    /// <summary>Called with the number of each row that is read, counted over all files.</summary>
    public Action<int> OnRow { get; init; } = _ => { };

    public int RowsRead { get; private set; }

    public int Files { get; private set; }

    public DateTimeOffset ServerTime => _store.ServerTime;

    public async Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken)
    {
        CodePages++;
        Page<PromotionCode> page = await _store.ListCodesAsync(promotionId, after, offset, cancellationToken);
        if (InList is not null)
        {
            IEnumerable<PromotionCode> all = await ReadAllAsync(promotionId, cancellationToken);
            PromotionCode[] shown = [.. all.Select(InList).OfType<PromotionCode>().Where(
                code => after is null || StringComparer.OrdinalIgnoreCase.Compare(code.Code, after) > 0)];
            return new Page<PromotionCode>([.. shown.Skip(offset).Take(page.Limit!.Value)], offset, page.Limit, page.Total is null ? null : shown.Length);
        }

        PromotionCode[] items = Deleted is null ? [.. page.Items] : [.. page.Items, Deleted];
        Deleted = null;
        return new Page<PromotionCode>(items, page.Offset, page.Limit, page.Total);
    }

    public async Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken)
    {
        Dictionary<string, PromotionCode> codes = (await ReadAllAsync(promotionId, cancellationToken)).ToDictionary(code => code.Code);
        IEnumerable<string> lines = InFile(++Files, codes.Keys).Select(
            code => TimeInFile is null ? code : $"{code},{(codes.TryGetValue(code, out PromotionCode? known) ? TimeInFile(known) : "")}");
        string header = TimeInFile is null ? Column : Column + ",created_at";
        destination.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(header).Select(line => line + "\n"))));
    }

    public IEnumerable<ExportRow> ReadRows(Stream file, PromotionJob export) => ExportCsvReader.Read(file, export);

    public int CountRows(Stream file, string jobId, CancellationToken cancellationToken) =>
        ExportCsvReader.Count(file, jobId, cancellationToken);

    public void CopyRows(Stream file, string jobId, Stream destination, Func<string, bool> isWanted, CancellationToken cancellationToken) =>
        ExportCsvFilter.Copy(
            file,
            jobId,
            destination,
            code =>
            {
                RowsRead++;
                OnRow(RowsRead);
                return isWanted(code);
            },
            cancellationToken);

    public Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        _store.ListJobsAsync(promotionId, jobType, offset, cancellationToken);

    public Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        _store.CreateJobAsync(promotionId, job, cancellationToken);

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        _store.CancelJobAsync(promotionId, jobId, cancellationToken);

    public Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        _store.FindCodeAsync(promotionId, code, cancellationToken);

    public Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken) =>
        _store.AddCodesAsync(promotionId, codes, cancellationToken);

    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        _store.DeleteCodesAsync(promotionId, codes, cancellationToken);

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyCollection<PromotionCode>> ReadAllAsync(string promotionId, CancellationToken cancellationToken)
    {
        SortedDictionary<string, PromotionCode> codes = new(StringComparer.OrdinalIgnoreCase);
        await Paging.ForEachPageAsync(
            0,
            (offset, stop) => _store.ListCodesAsync(promotionId, null, offset, stop),
            code => code.Code,
            page =>
            {
                page.Items.ToList().ForEach(code => codes[code.Code] = code);
                return Task.FromResult(true);
            },
            PageConcurrency.One,
            cancellationToken);
        return codes.Values;
    }

    /// <summary>Reads the codes of a file.</summary>
    public static string[] Codes(Stream file)
    {
        file.Position = 0;
        using StreamReader reader = new(file, leaveOpen: true);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];
    }
}
