import BotKit
import Configuration
import HTTPServer
import Storage
import Support
import Testing

@testable import quartet

@Suite struct ExitCodeTests {
    @Test(
        arguments: [
            (UsageError.missingValue("--port") as any Error, 64), (ConfigurationError(problems: []), 78),
            (LogError(path: "x", code: 2), 73), (StorageError(.newerSchema, "x"), 76), (StorageError(.locked, "x"), 75),
            (BotError.unauthorized, 77), (BotError.malformedToken, 78), (FolderError(path: "x", code: 13), 77),
            (FolderLock.InUse(folder: "x"), 75), (CancellationError(), 70),
        ] as [(any Error, Int32)])
    func `each kind of failure has its number`(_ error: any Error, _ number: Int32) {
        #expect(ExitCode(error).number == number)
    }

    @Test func `an explanation hides secrets`() {
        let text = ExitCode.explanation(of: StorageError(.cannotOpen, "cannot open postgres://u:pass@h/d"))
        #expect(!text.contains("pass"))
    }
}
