// SupportTests: to be written.
