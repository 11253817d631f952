internal import BotKit

/// Everything that people say and press about schedules and a chat's settings.
struct ScheduleDeskRoutes: Sendable {
    let desk: ScheduleDesk

    func declare(in bot: inout Routes) {
        let schedules = ScheduleRoutes(desk: desk)
        let settings = SettingsRoutes(desk: desk)
        EveryRoutes(desk: desk, schedules: schedules).declare(in: &bot)
        schedules.declare(in: &bot)
        PauseCommands(desk: desk).declare(in: &bot)
        ZoneRoutes(desk: desk, settings: settings).declare(in: &bot)
        settings.declare(in: &bot)
    }
}
