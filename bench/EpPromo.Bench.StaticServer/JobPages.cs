using System.Collections.Concurrent;
using System.Text;

namespace EpPromo.Bench.StaticServer;

/// <summary>The pages of a list of jobs. Each is built when it is first requested, and kept.</summary>
internal sealed class JobPages(int jobs)
{
    private readonly ConcurrentDictionary<(int Offset, int Limit), byte[]> _pages = [];

    /// <summary>The page that starts at job <paramref name="offset"/>.</summary>
    public byte[] Page(int offset, int limit) => _pages.GetOrAdd((offset, limit), page => Build(page.Offset, page.Limit));

    private byte[] Build(int offset, int limit)
    {
        int count = Math.Clamp(jobs - offset, 0, limit);
        return Encoding.UTF8.GetBytes(ListJson.Page(Enumerable.Range(offset, count).Select(JobJson.Generated), offset, limit, jobs));
    }
}
