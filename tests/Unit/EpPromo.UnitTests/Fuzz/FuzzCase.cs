using System.Collections;
using System.Collections.Specialized;
using System.Reflection;
using EpPromo.Api;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>A call, the responses that it receives, and what must hold when it ends.</summary>
internal sealed record FuzzCase(FuzzEndpoint Endpoint, FuzzResponse[] Responses) : IRequestObserver
{
    /// <summary>A call that takes longer than this hangs: every case takes far less.</summary>
    private static readonly TimeSpan s_hangTimeout = TimeSpan.FromMinutes(1);

    private static readonly string[] s_secrets = [TestStore.Bearer, TestStore.ClientSecret, FuzzEndpoint.SignedSecret];

    /// <summary>Makes the call and checks how it ends.</summary>
    /// <returns>The id of the error, or null when the call returned a result.</returns>
    public string? Run()
    {
        using FuzzHandler handler = new(Endpoint, Responses);
        StoreApi api = handler.Connect(this, out IStoreConnection connection);
        using (connection)
        {
            string? errorId = null;
            try
            {
                object? result = Endpoint.CallAsync(api).WaitAsync(s_hangTimeout).GetAwaiter().GetResult();
                CheckResult(result, handler);
            }
            catch (EpPromoException e)
            {
                Assert.False(Array.TrueForAll(Responses, response => response.IsValid), "Valid responses ended in an error.");
                CheckError(e);
                errorId = e.ErrorId;
            }
            catch (IOException e) when (e.Message == FuzzEndpoint.DiskIsFull)
            {
                // An error of the destination stream is the caller's own, so it is passed on as it is.
                errorId = "(disk full)";
            }

            Assert.InRange(handler.MostRead, 0, FuzzHandler.MaxResponseBytes + FuzzHandler.BufferBytes);
            return errorId;
        }
    }

    public override string ToString() => $"{Endpoint.Name}\n{string.Join("\n", Responses.Select(response => "  " + response))}";

    bool IRequestObserver.ShowsLines => true;

    bool IRequestObserver.ShowsBodies => true;

    void IRequestObserver.Verbose(string line) => CheckText(line);

    void IRequestObserver.Debug(string text) => CheckText(text);

    void IRequestObserver.Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay) => CheckText(reason);

    void IRequestObserver.Succeeded()
    {
    }

    private void CheckResult(object? result, FuzzHandler handler)
    {
        if (result is byte[] file)
        {
            // A file that was resumed (206) or decompressed need not equal any single one that was sent.
            bool isUnchanged = Array.TrueForAll(Responses, response => response.Status != 206 && response.Headers.Length == 0);
            Assert.True(!isUnchanged || handler.Files.Any(sent => sent.AsSpan().SequenceEqual(file)), "The file is not the one that was sent.");
            return;
        }

        CheckModel(result);
    }

    /// <summary>Checks that texts are safe to display, that ids are not empty and that counts are not negative.</summary>
    private static void CheckModel(object? model)
    {
        switch (model)
        {
            case string text:
                CheckText(text);
                return;
            case OrderedDictionary fields:
                CheckModel(fields.Keys.Cast<object?>().Concat(fields.Values.Cast<object?>()).ToArray());
                return;
            case object?[] items:
                Array.ForEach(items, CheckModel);
                return;
        }

        // A usage may lack its code, and the response to anonymizing does not name the promotion (api-contract.md section 6).
        string[] ids = model is PromotionUsage ? ["UsageId"] : ["PromotionId", "JobId", "Code"];
        foreach (PropertyInfo property in model?.GetType().GetProperties() ?? [])
        {
            object? value = property.GetValue(model);
            switch (value)
            {
                case string text:
                    CheckText(text);
                    Assert.False(text.Length == 0 && ids.Contains(property.Name), property.Name + " is empty.");
                    break;
                case int number when property.Name is "Generated" or "Deleted" or "Total" or "Limit":
                    Assert.True(number >= 0, property.Name + " is negative.");
                    break;
                case OrderedDictionary or object?[]:
                    CheckModel(value);
                    break;
                case IEnumerable list:
                    foreach (object item in list)
                    {
                        CheckModel(item);
                    }

                    break;
            }
        }
    }

    private static void CheckError(EpPromoException error)
    {
        CheckText(error.Message);
        CheckText(error.RecommendedAction);
        Assert.DoesNotContain(s_secrets, secret => error.ToString().Contains(secret, StringComparison.Ordinal));
    }

    private static void CheckText(string text)
    {
        Assert.True(DisplayText.IsClean(text), text);
        Assert.DoesNotContain(s_secrets, secret => text.Contains(secret, StringComparison.Ordinal));
    }
}
