import BotKit
import Configuration
import Glibc
import HTTPServer
import PhotoLibraries
import Storage
import Support

/// How a run ended, in the numbers of `sysexits.h`; those of databases are in `StorageError.exitCode`.
struct ExitCode: Equatable, Sendable {
    let number: Int32

    /// Everything went as asked.
    static let success = ExitCode(number: 0)
    /// The work was done and the answer is no: a check or an expectation failed.
    static let failure = ExitCode(number: 1)
    /// The command line is wrong.
    static let usage = ExitCode(number: 64)
    /// A file is not what it should be.
    static let badData = ExitCode(number: 65)
    /// A file that is needed is not there.
    static let noInput = ExitCode(number: 66)
    /// Something that is needed is not there: a port, a server.
    static let unavailable = ExitCode(number: 69)
    /// A fault of the program.
    static let fault = ExitCode(number: 70)
    /// A file cannot be written.
    static let cannotCreate = ExitCode(number: 73)
    /// Another process is in the way; try again.
    static let temporary = ExitCode(number: 75)
    /// Telegram refuses the token.
    static let refused = ExitCode(number: 77)
    /// The configuration is wrong.
    static let configuration = ExitCode(number: 78)

    /// The table as help shows it.
    static let summary = "0 done, 1 a check failed, 64 usage, 65–77 database and system, 78 configuration"

    private init(number: Int32) { self.number = number }

    /// The code for an error that ended the run.
    init(_ error: any Error) {
        switch error {
        case is UsageError: self = .usage
        case is ConfigurationError: self = .configuration
        case is ServerStartError: self = .unavailable
        case is LogError: self = .cannotCreate
        case let error as StorageError: self.init(number: error.exitCode)
        case BotError.unauthorized: self = .refused
        case is BotError: self = .configuration
        case let error as FolderError: self.init(number: error.exitCode)
        case is FolderLock.InUse: self = .temporary
        // What was cut off is done after the next start.
        case ServiceGroupError.drainLimitReached: self = .temporary
        case is StashPictures.NoPictures, is UnreadableRecording: self = .noInput
        case is RecordingError: self = .badData
        case is PhotoLibraryError: self = .unavailable
        default: self = .fault
        }
    }

    /// The lines for the terminal; secrets are scrubbed.
    static func explanation(of error: any Error) -> String {
        if let error = error as? ConfigurationError {
            let lines = error.problems.map { "  \($0)" }.joined(separator: "\n")
            return Redactor.shared.redact("the configuration has mistakes:\n\(lines)")
        }
        if let error = error as? ServerStartError, error.code == EADDRINUSE {
            return "\(error); end the other program, or choose another port"
        }
        return Redactor.shared.redact("\(error)")
    }

    /// Ends the process.
    static func leave(_ code: ExitCode) -> Never { exit(code.number) }
}
