// ConfigurationTests: to be written.
