using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Turns every refusal below it into an answer of the published shape (contract section 4).</summary>
internal sealed class ErrorAnswers(SandboxOptions options)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ApiError? error = await RunAsync(context, next);
        if (error is not null && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await JsonAnswer.WriteErrorAsync(context, error, options.NumericErrorStatus);
        }
    }

    private static async Task<ApiError?> RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            return null;
        }
        catch (ApiError refusal)
        {
            return refusal;
        }
        catch (BadHttpRequestException refusal)
        {
            return ApiError.Of(refusal.StatusCode, "Bad Request", refusal.Message);
        }
        catch (ConnectionResetException)
        {
            // The client went away while it was sending, and RequestAborted may not know it yet.
            return null;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception bug) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A fault of the sandbox itself must not pass for one that was asked for.
            await Console.Error.WriteLineAsync($"EpPromo.Sandbox: {context.Request.Method} {context.Request.Path}: {bug}");
            return ApiError.Of(500, "Internal Server Error", $"The sandbox itself has failed: {bug.Message}");
        }
    }
}
