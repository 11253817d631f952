// JobsTests: to be written.
