"""A report as a page to print and sign: what stands on it, what is drawn, and how it is put together."""
