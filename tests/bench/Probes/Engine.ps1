# The engine's own start.
[Console]::Out.WriteLine('Running')
