// StorageTests: to be written.
