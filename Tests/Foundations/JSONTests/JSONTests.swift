// JSONTests: to be written.
