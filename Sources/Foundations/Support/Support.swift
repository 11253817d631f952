// Support: to be written.
