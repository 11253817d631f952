// SQLiteStorage: to be written.
