"""The open API: the published figures for other programs, without signing in, through the same gate as every page."""
