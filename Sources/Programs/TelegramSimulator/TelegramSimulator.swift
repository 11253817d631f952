// TelegramSimulator: to be written.
