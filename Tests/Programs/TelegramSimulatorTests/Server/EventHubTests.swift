import Support
import Testing

@testable import TelegramSimulator

@Suite struct EventHubTests {
    @Test func `nothing is kept before somebody asks`() {
        let hub = EventHub(clock: ManualTime())
        let start = hub.last
        hub.publish("message", [], user: nil)
        #expect(!hub.isEnabled)
        #expect(hub.last == start)
        hub.enable()
        hub.publish("message", [1], user: nil)
        #expect(hub.events(after: start)?.map(\.data) == [[1]])
    }

    @Test func `a while after the last listener events are no longer made, and who comes back is told`() {
        let clock = ManualTime()
        let hub = EventHub(clock: clock)
        let (_, stop) = hub.listen()
        hub.publish("message", [], user: nil)
        clock.advance(by: .seconds(3600))
        #expect(hub.isEnabled)
        stop()
        clock.advance(by: EventHub.patience)
        #expect(hub.isEnabled)
        let last = hub.last
        #expect(hub.events(after: last) != nil)
        clock.advance(by: .seconds(1))
        #expect(!hub.isEnabled)
        #expect(hub.events(after: last) == nil)
        #expect(hub.enable() == last + 1)
        #expect(hub.events(after: last + 1) != nil)
    }

    @Test func `the last events can be read again, older ones are gone`() {
        let hub = EventHub(clock: ManualTime())
        hub.enable()
        let extra = 10
        let start = hub.last
        for _ in 0..<EventHub.capacity + extra { hub.publish("message", [], user: nil) }
        #expect(hub.events(after: start + Int64(extra))?.count == EventHub.capacity)
        #expect(hub.events(after: start + Int64(extra) - 1) == nil)
        #expect(hub.events(after: hub.last)?.isEmpty == true)
        #expect(hub.events(after: hub.last + 1) == nil)
    }
}
