// HTTPClientTests: to be written.
