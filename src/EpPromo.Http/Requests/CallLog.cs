using System.Globalization;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http;

/// <summary>
/// Tells the observer of a call: a line a try for <c>-Verbose</c>, the bodies for <c>-Debug</c>. What it is given holds no secret:
/// bodies with one are not shown, and headers never are.
/// </summary>
internal sealed class CallLog
{
    private const int MaxBodyLength = 4000;
    private readonly IRequestObserver _observer;

    public CallLog(IRequestObserver observer) => _observer = observer;

    public void Sending(ApiRequest request, bool hasBody)
    {
        if (hasBody)
        {
            _observer.Debug(request.Body is { } json
                ? $"{request.Name} sends {DisplayText.Short(json, MaxBodyLength)}"
                : $"{request.Name} sends credentials (not shown)");
        }
    }

    public void Status(ApiRequest request, int status, TimeSpan elapsed) =>
        Verbose($"{request.Name} -> {status} ({elapsed.TotalMilliseconds:0} ms)");

    public void Answered(ApiRequest request, ApiAnswer answer)
    {
        if (answer.Body.Length > 0)
        {
            // Whatever the status: a gateway may put one of its own on an answer that holds the secret. The words of an error are in
            // its message.
            _observer.Debug(request.SecretAnswer
                ? $"{request.Name} is answered with what may be a secret (not shown)"
                : $"{request.Name} is answered {DisplayText.Short(SecretMask.HideUserInfo(answer.Body), MaxBodyLength)}");
        }
    }

    public void Failed(ApiRequest request, string reason, TimeSpan elapsed) =>
        Verbose($"{request.Name} -> failed: {reason} ({elapsed.TotalMilliseconds:0} ms)");

    public void Retrying(ApiRequest request, int retry, TimeSpan delay, string reason) =>
        Verbose($"{request.Name}: retry {retry} in {delay.TotalMilliseconds:0} ms because of: {reason}");

    public void Verbose(FormattableString line) => _observer.Verbose(DisplayText.Clean(line.ToString(CultureInfo.InvariantCulture)));
}
