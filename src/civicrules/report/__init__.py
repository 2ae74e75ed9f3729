"""What was found out, as text or JSON. Computes nothing: every number shown was recorded where it was computed."""
