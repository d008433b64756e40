"""Practice holds the tools with which leaders do the work for real; its kit and tools come with a later release."""
