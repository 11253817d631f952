// TelegramSimulatorTests: to be written.
