// Configuration: to be written.
