// Jobs: to be written.
