"""The scheduled doors: a process of its own that ticks and asks the database what is due."""
