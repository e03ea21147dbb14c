"""Documents that were built to do harm, and what must come of each; nothing of them is kept in the repository."""
