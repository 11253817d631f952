// EndToEndTests: to be written.
