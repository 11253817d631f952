import Support

/// A pause between two looks at something that gives no sign when it changes; always inside a `deadline`.
enum SystemPause {
    static func brief() async throws { try await SystemTime().sleep(for: .milliseconds(20)) }
}
