extension StorageError {
    /// The exit code of a process that cannot start or go on because of this error.
    ///
    /// The numbers are those of `sysexits.h`, one for each thing an operator does about it.
    public var exitCode: Int32 {
        switch code {
        case .corrupt: 65  // EX_DATAERR: restore a backup
        case .cannotOpen: 66  // EX_NOINPUT: correct the path
        case .syntax, .misuse, .mismatch, .constraint, .closed: 70  // EX_SOFTWARE: report a fault
        case .full: 73  // EX_CANTCREAT: make room
        case .io: 74  // EX_IOERR: look at the disk
        case .locked: 75  // EX_TEMPFAIL: stop the other process, try again
        case .newerSchema: 76  // EX_PROTOCOL: run the newer program
        case .readOnly: 77  // EX_NOPERM: correct the permissions
        case .divergedHistory: 78  // EX_CONFIG: run the program that the database belongs to
        }
    }
}
