import Testing

/// The chat page as a person meets it, in headless Chromium.
///
/// Bots are played with plain calls of the Bot API. Stories run one after the other: a browser is a heavy thing.
@Suite(.serialized, .timeLimit(.minutes(10))) struct PageTests {}
