"""The command line: one module per command or group of commands, put together in `app`."""
