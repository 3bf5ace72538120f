using EpPromo.Sandbox.CommandLine;

return await SandboxCommand.RunAsync(args);
