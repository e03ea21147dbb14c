"""The pages that a person reads in a browser."""
