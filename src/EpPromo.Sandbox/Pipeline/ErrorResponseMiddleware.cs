using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Turns every exception of the inner pipeline into an error response of the published shape (contract section 4).</summary>
internal sealed class ErrorResponseMiddleware(SandboxOptions options)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ErrorResponseException? error = await RunAsync(context, next);
        if (error is not null && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await JsonResponse.WriteErrorAsync(context, error, options.NumericErrorStatus);
        }
    }

    private static async Task<ErrorResponseException?> RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            return null;
        }
        catch (ErrorResponseException error)
        {
            return error;
        }
        catch (BadHttpRequestException exception)
        {
            return ErrorResponses.Create(exception.StatusCode, "Bad Request", exception.Message);
        }
        catch (ConnectionResetException)
        {
            // The client disconnected while it was sending; RequestAborted may not be signalled yet.
            return null;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception bug) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A bug in the sandbox must not be mistaken for an injected fault.
            await Console.Error.WriteLineAsync($"EpPromo.Sandbox: {context.Request.Method} {context.Request.Path}: {bug}");
            return ErrorResponses.Create(500, "Internal Server Error", $"The sandbox itself failed: {bug.Message}");
        }
    }
}
