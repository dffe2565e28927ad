"""Points to counts per area: a grid over the map answers by lookup, and on a border by exact arithmetic."""
