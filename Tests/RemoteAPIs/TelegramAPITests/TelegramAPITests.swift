// TelegramAPITests: to be written.
