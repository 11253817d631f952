/// Photos that nobody asked for, when the schedule says so.
struct ScheduleScene: TourScene {
    static let title = "Девять утра: фото по расписанию"

    func play(on stage: TourStage) async throws {
        stage.transcript.note("Расписание «0 9 * * *». Часы идут к девяти.")
        stage.clock.skip(toHour: 9)
        try await stage.boris.hear(photo: true)
        stage.transcript.note("Своё фото получает и Alice:")
        try await stage.alice.hear(photo: true)
    }
}
