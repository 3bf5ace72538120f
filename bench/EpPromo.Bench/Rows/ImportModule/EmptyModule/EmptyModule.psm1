# Does nothing: what the engine itself takes to import a module.
