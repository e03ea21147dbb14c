"""Texts to vectors: the encoder's Protocol, the sentence-transformers encoder, and the cache around it."""
