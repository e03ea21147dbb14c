"""Digests to messages, and the senders that deliver them."""
