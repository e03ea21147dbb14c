"""The native formats of funding notices: one small parser each."""
