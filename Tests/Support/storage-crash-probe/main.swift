import Glibc
import SQLiteStorage
import Storage

// Another process for the storage tests. Modes:
//   commit FILE   commits numbered rows for ever and prints each number once its commit has returned
//   hold FILE     takes the write lock, prints "held", and keeps it until standard input ends
//   claim FILE    takes the database for this process, prints "claimed", and keeps it until standard input ends
//   fill FILE N   commits rows under a limit of N bytes per file until that fails; prints the error's
//                 code, then whether what was committed can still be read

func fail(_ error: any Error) -> Never {
    if let error = error as? StorageError {
        say("error \(error.label) \(error.exitCode): \(error.message)")
        exit(error.exitCode)
    }
    say("error: \(error)")
    exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { exit(64) }

do {
    switch arguments[1] {
    case "commit": try await commit(path: arguments[2])
    case "hold": try await hold(path: arguments[2])
    case "claim": try await claim(path: arguments[2])
    case "fill": try await fill(path: arguments[2], limit: arguments.count > 3 ? UInt(arguments[3]) ?? 0 : 0)
    default: exit(64)
    }
} catch {
    fail(error)
}
