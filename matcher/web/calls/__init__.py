"""What holds for every call: who asks, how much, in which form answers and errors travel, what is kept and counted."""
