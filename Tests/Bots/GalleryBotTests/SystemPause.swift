import Support

/// A pause between two looks at something that gives no sign when it changes; always bounded by the test's time.
enum SystemPause {
    static func brief() async throws { try await SystemTime().sleep(for: .milliseconds(5)) }
}
