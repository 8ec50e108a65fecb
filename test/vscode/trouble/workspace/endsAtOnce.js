// Does nothing and is gone.
