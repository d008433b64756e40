"""Assessment asks: instruments, rounds, responses and ratings."""
