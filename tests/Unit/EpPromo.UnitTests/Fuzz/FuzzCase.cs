using System.Collections;
using System.Reflection;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>A call, the answers it gets, and what must be true of the end.</summary>
internal sealed record FuzzCase(FuzzEndpoint Endpoint, FuzzAnswer[] Answers) : IRequestObserver
{
    /// <summary>Far longer than any case takes, and shorter than a person waits to see that one hangs.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private static readonly string[] Secrets = [TestStore.Bearer, TestStore.ClientSecret, FuzzEndpoint.SignedSecret];

    /// <summary>Runs it; the id of the error that came of it, or null for a result.</summary>
    public string? Run()
    {
        using FuzzHandler handler = new(Endpoint, Answers);
        IPromotionApi api = handler.Connect(this, out IStoreConnection connection);
        using (connection)
        {
            string? errorId = null;
            try
            {
                object? result = Endpoint.CallAsync(api).WaitAsync(Hang).GetAwaiter().GetResult();
                CheckResult(result, handler);
            }
            catch (EpPromoException e)
            {
                Assert.False(Array.TrueForAll(Answers, answer => answer.IsGood), "Good answers ended in an error.");
                CheckError(e);
                errorId = e.ErrorId;
            }
            catch (IOException e) when (e.Message == FuzzEndpoint.DiskIsFull)
            {
                // An error of the destination is not the store's, and goes to those who gave the destination.
                errorId = "(disk full)";
            }

            Assert.InRange(handler.MostRead, 0, FuzzHandler.MaxAnswerBytes + FuzzHandler.PieceBytes);
            return errorId;
        }
    }

    public override string ToString() => $"{Endpoint.Name}\n{string.Join("\n", Answers.Select(answer => "  " + answer))}";

    void IRequestObserver.Verbose(string line) => CheckText(line);

    void IRequestObserver.Debug(string text) => CheckText(text);

    private void CheckResult(object? result, FuzzHandler handler)
    {
        if (result is byte[] file)
        {
            // Put together from parts, or unpacked, it need not be any of those offered.
            bool asItCame = Array.TrueForAll(Answers, answer => answer.Status != 206 && answer.Headers.Length == 0);
            Assert.True(!asItCame || handler.Files.Any(offered => offered.AsSpan().SequenceEqual(file)), "The file is not the one offered.");
            return;
        }

        CheckModel(result);
    }

    /// <summary>Whatever an answer held, what is shown of it is fit to be shown, and what it is found by is there.</summary>
    private static void CheckModel(object? model)
    {
        foreach (PropertyInfo property in model?.GetType().GetProperties() ?? [])
        {
            object? value = property.GetValue(model);
            switch (value)
            {
                case string text:
                    CheckText(text);
                    Assert.False(text.Length == 0 && property.Name is "PromotionId" or "JobId" or "Code", property.Name + " is empty.");
                    break;
                case int number when property.Name is "Generated" or "Deleted" or "Total" or "Limit":
                    Assert.True(number >= 0, property.Name + " is negative.");
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
        Assert.DoesNotContain(Secrets, secret => error.ToString().Contains(secret, StringComparison.Ordinal));
    }

    private static void CheckText(string text)
    {
        Assert.True(DisplayText.IsClean(text), text);
        Assert.DoesNotContain(Secrets, secret => text.Contains(secret, StringComparison.Ordinal));
    }
}
