using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.WebPage;

/// <summary>A file of the page, embedded in the assembly.</summary>
internal sealed class PageFile
{
    // The page uses its own files and nothing from other hosts, and no other site can embed it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ResourcePrefix = "WebPage/";

    private static readonly Dictionary<string, PageFile> s_files = ReadAll().ToDictionary(file => file._name, StringComparer.Ordinal);

    private readonly string _name;
    private readonly string _contentType;
    private readonly byte[] _bytes;

    private PageFile(string name, byte[] bytes)
    {
        _name = name;
        _bytes = bytes;
        _contentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
    }

    public static PageFile Index => s_files["index.html"];

    public static PageFile? Find(string name) => s_files.GetValueOrDefault(name);

    public async Task WriteAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _bytes.Length;
        await context.Response.Body.WriteAsync(_bytes, context.RequestAborted);
    }

    private static IEnumerable<PageFile> ReadAll()
    {
        Assembly assembly = typeof(PageFile).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return new PageFile(resource[ResourcePrefix.Length..], bytes.ToArray());
        }
    }
}
