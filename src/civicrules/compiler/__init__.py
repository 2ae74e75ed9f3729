"""Tree to Program: names, types, tables, readings, methods."""
