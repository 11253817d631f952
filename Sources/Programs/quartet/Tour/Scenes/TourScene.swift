/// A part of the tour that shows one thing.
protocol TourScene: Sendable {
    /// What is shown, in the language of those who act.
    static var title: String { get }

    init()

    /// Plays the scene on a running stage.
    func play(on stage: TourStage) async throws
}
