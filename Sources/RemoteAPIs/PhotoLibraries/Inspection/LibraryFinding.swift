/// One thing that an inspection of a library looked at, and what it found.
package struct LibraryFinding: Sendable, Equatable {
    /// What was looked at, such as `address`, `key`, `version`, `rights`, `photos`.
    package var name: String
    package var verdict: Verdict

    package enum Verdict: Sendable, Equatable {
        /// All is well, in these words.
        case good(String)
        /// Something is wrong, and what to do about it.
        case bad(String, advice: String)
    }

    package init(name: String, verdict: Verdict) {
        self.name = name
        self.verdict = verdict
    }

    package var isGood: Bool {
        if case .good = verdict { true } else { false }
    }

    static func good(_ name: String, _ detail: String) -> LibraryFinding {
        LibraryFinding(name: name, verdict: .good(detail))
    }

    static func bad(_ name: String, _ reason: String, _ advice: String) -> LibraryFinding {
        LibraryFinding(name: name, verdict: .bad(reason, advice: advice))
    }
}

/// What an inspection should know beyond the library itself.
package struct LibraryExpectations: Sendable {
    /// What the owner calls the address, such as `gallery.stash.api_url`.
    package var addressName: String
    /// What the owner calls the key; nil for a library without one.
    package var keyName: String?
    /// Whether ratings are written into the library.
    package var isWritten: Bool

    package init(addressName: String, keyName: String? = nil, isWritten: Bool = false) {
        self.addressName = addressName
        self.keyName = keyName
        self.isWritten = isWritten
    }
}

/// A library that can be looked at step by step: is it there, does it let us in, does it have what is needed.
package protocol InspectableLibrary: PhotoLibrary {
    /// The findings in order; what cannot be known after a bad one is left out. Nothing is changed.
    func inspect(_ expectations: LibraryExpectations) async -> [LibraryFinding]
}

extension LibraryFinding {
    /// The finding for a step that could not be taken.
    static func bad(
        _ name: String, _ error: PhotoLibraryError, _ expectations: LibraryExpectations
    ) -> LibraryFinding {
        let advice: String
        switch error {
        case .unavailable: advice = "look into the server's log, and try again"
        case .unauthorized: advice = "set \(expectations.keyName ?? "the key") to a key of this server"
        case .unexpectedAnswer: advice = "is \(expectations.addressName) the address of the server itself?"
        case .needsOwner: advice = "open the server in a browser and do what it asks for"
        case .refused, .notFound, .tooLarge, .notAPicture, .cancelled:
            advice = "this is a fault of Quartet or a version it does not know; please report it with this line"
        }
        return .bad(name, error.reason, advice)
    }
}

extension PhotoLibraryError {
    /// What happened, without the words about the library that stand in `description`.
    fileprivate var reason: String {
        switch self {
        case .unavailable(let reason), .unexpectedAnswer(let reason), .needsOwner(let reason), .refused(let reason):
            reason
        case .unauthorized: "the key is refused"
        case .notFound, .tooLarge, .notAPicture, .cancelled: description
        }
    }
}
