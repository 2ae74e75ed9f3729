"""Elections by lists: open, closed and flexible ones, with or without a bonus."""
