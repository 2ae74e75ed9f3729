"""Seats in proportion to weights: divisors, quotas, thresholds, bounds."""
