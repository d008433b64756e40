"""The project: settings, addresses, the server entry points and the `trellis` command."""
