"""The REST interface under `/v1/`: routes, what they take, what they answer, and how that is described."""
