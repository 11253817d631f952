import Support
import Testing

@testable import BotKit

struct FloodMeterTests {
    @Test func `no stretch of a period holds more than the budget`() {
        var meter = FloodMeter(.init(20, per: .seconds(60)))
        for second in 0..<20 { meter.take(1, at: .seconds(second)) }
        #expect(meter.delay(of: 1, at: .seconds(20)) == .seconds(40))
        #expect(meter.delay(of: 3, at: .seconds(20)) == .seconds(42), "an album needs room for all its files")
        #expect(meter.delay(of: 1, at: .seconds(60)) == .zero)
        #expect(meter.used(at: .seconds(60)) == 19)
    }

    @Test func `an album larger than the window goes when that is empty, and fills it`() {
        var meter = FloodMeter(.init(3, per: .seconds(3)))
        meter.take(1, at: .zero)
        #expect(meter.delay(of: 10, at: .seconds(1)) == .seconds(2))
        meter.take(10, at: .seconds(3))
        #expect(meter.delay(of: 1, at: .seconds(3)) == .seconds(3))
    }

    @Test func `a part can be kept for others`() {
        var meter = FloodMeter(.init(20, per: .seconds(60)))
        meter.take(15, at: .zero)
        #expect(meter.delay(of: 1, at: .seconds(1), reserve: 0.25) == .seconds(59))
        #expect(meter.delay(of: 5, at: .seconds(1)) == .zero)
    }

    @Test(arguments: [(30, 1.0), (1000, 1), (20, 60), (1, 2)] as [(Int, Double)])
    func `spread evenly, the whole rate is used, also when timers are late`(count: Int, period: Double) {
        var random = SeededRandom(seed: 1)
        for lateness in [0, 5] {
            var meter = FloodMeter(.init(count, per: .seconds(period)))
            var now = Duration.zero
            var times: [Duration] = []
            for _ in 0..<(count * 10) {
                let delay = meter.pacedDelay(of: 1, at: now)
                if delay > .zero { now += delay + .milliseconds(Int.random(in: 0...lateness, using: &random)) }
                meter.take(1, at: now, isPaced: true)
                times.append(now)
            }
            for (first, next) in zip(times, times.dropFirst(count)) {
                #expect(next - first >= .seconds(period) - .microseconds(1))
            }
            // The last window may still be open.
            #expect(now / .seconds(period) < (lateness == 0 ? 10.01 : 10.5))
        }
    }

    /// Seconds after sending goes on, and the part of the budget.
    @Test(arguments: [(-30, 0.7), (0, 0.7), (30, 0.9625), (60, 1), (90, 1)] as [(Int, Double)])
    func `a refusal cuts the budget, which comes back along a curve`(seconds: Int, part: Double) {
        var meter = FloodMeter(.init(30, per: .seconds(1)))
        meter.cutDown(at: .seconds(100), until: .seconds(130))
        #expect(abs(meter.factor(at: .seconds(130 + seconds)) - part) < 1e-9)
        #expect(abs(meter.perSecond(at: .seconds(130 + seconds)) - 30 * part) < 1e-6)
    }

    @Test func `refused again and again, it stays usable and recovers in minutes`() {
        var meter = FloodMeter(.init(20, per: .seconds(60)))
        var now = Duration.zero
        for _ in 0..<50 {
            meter.cutDown(at: now, until: now + .seconds(5))
            now += .seconds(5)
        }
        #expect(meter.factor(at: now) > 0.03)
        meter.take(1, at: now)
        #expect(meter.delay(of: 1, at: now) < .seconds(120))
        #expect(meter.factor(at: now + .seconds(900)) == 1)
        #expect(meter.isAtRest(at: now + .seconds(900)))
    }

    @Test(arguments: [10, 20, 25])
    func `against a server with a lower limit, most of that limit is used`(limit: Int) {
        var meter = FloodMeter(.init(30, per: .seconds(1)))
        var server = FloodMeter(.init(limit, per: .seconds(1)))
        var now = Duration.zero
        var (sent, refused) = (0, 0)
        while now < .seconds(1800) {
            now += meter.pacedDelay(of: 1, at: now)
            meter.take(1, at: now, isPaced: true)
            if server.delay(of: 1, at: now) <= .zero {
                server.take(1, at: now)
                sent += 1
            } else {
                refused += 1
                meter.cutDown(at: now, until: now + .seconds(3))
                now += .seconds(3)
            }
        }
        #expect(Double(sent) > 0.8 * Double(limit) * 1800)
        #expect(refused < 1800 / 20)
    }
}
