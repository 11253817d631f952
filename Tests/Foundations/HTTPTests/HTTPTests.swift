// HTTPTests: to be written.
