import Support
import Testing

@testable import HTTPClient

@Suite struct RetryAfterTests {
    @Test(arguments: [
        ("5", Duration.seconds(5)), ("0", .zero), ("Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)),
        ("Sun, 06 Nov 1994 08:49:00 GMT", .zero), ("99999999999999999999", .seconds(1 << 40)),
    ])
    func `seconds and dates are understood`(value: String, pause: Duration) {
        #expect(RetryAfter.parse(value, now: Timestamp(microseconds: 784_111_777_000_000)) == pause)
    }

    @Test(arguments: ["", "-1", "soon", "1.5"])
    func `anything else is no pause`(value: String) {
        #expect(RetryAfter.parse(value, now: Timestamp(microseconds: 0)) == nil)
    }
}
